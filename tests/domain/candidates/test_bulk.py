"""Many at once, and back: only what was changed, only by whoever changed it, only for a day."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.db import db
from app.domain.candidates import bulk, candidate, label
from app.domain.candidates.bulk import UNDO
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.label import LabelKind, Told
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def ids(people: People) -> list[int]:
    rows = [make.candidate(owner=owner) for owner in (people.sanne, None, people.bram)]
    return [row.id for row in rows]


def owners(ids: list[int]) -> list[int | None]:
    db.session.expire_all()
    rows = [db.session.get_one(Candidate, each) for each in ids]
    assert [db.session.get_one(ContactState, row.id).owner_id for row in rows] == [row.owner_id for row in rows]
    return [row.owner_id for row in rows]


def test_handed_over_and_back(people: People, ids: list[int]) -> None:
    before = owners(ids)
    change = bulk.assign(people.lead, ids, people.bram.id, NOW)
    assert owners(ids) == [people.bram.id] * 3
    assert set(change.before) == {str(each) for each in ids[:2]}
    assert bulk.undo(people.lead, change.id, LATER) == 2
    assert owners(ids) == before
    assert all(db.session.get_one(Candidate, each).branch_id is None for each in ids)


def test_they_move_to_the_owners_branch(people: People, ids: list[int]) -> None:
    bulk.assign(people.lead, ids, people.otto.id, NOW)
    db.session.expire_all()
    assert {db.session.get_one(Candidate, each).branch_id for each in ids} == {candidate.branch_of(people.otto.id)}


def test_to_nobody(people: People, ids: list[int]) -> None:
    assert len(bulk.assign(people.lead, ids, None, NOW).before) == 2
    assert owners(ids) == [None] * 3


def test_what_changed_since_stays(people: People, ids: list[int]) -> None:
    change = bulk.assign(people.lead, ids, people.tess.id, NOW)
    candidate.assign(db.session.get_one(Candidate, ids[0]), people.otto.id, NOW)
    db.session.flush()
    assert bulk.undo(people.lead, change.id, LATER) == 2
    assert owners(ids) == [people.otto.id, None, people.bram.id]


def test_tagged_and_back(people: People, ids: list[int]) -> None:
    label.put(ids[0], LabelKind.TAG, {"beurs": None}, NOW)
    change = bulk.tag(people.sanne, ids, "Beurs", NOW)
    assert [told for each in ids for told in label.of(ids)[each]] == [Told(LabelKind.TAG, "beurs")] * 3
    assert bulk.undo(people.sanne, change.id, LATER) == 2
    assert list(label.of(ids)) == ids[:1]


def test_only_whom_one_may_see(people: People) -> None:
    far = make.candidate(owner=people.otto, branch_id=candidate.branch_of(people.otto.id))
    assert bulk.tag(people.sanne, [far.id], "Beurs", NOW).before == {}
    assert bulk.assign(people.lead, [far.id, 10**6], people.sanne.id, NOW).before == {}


@pytest.mark.parametrize(("who", "after"), [("bram", LATER - NOW), ("lead", UNDO + timedelta(seconds=1))])
def test_not_everybody_and_not_for_ever(people: People, ids: list[int], who: str, after: timedelta) -> None:
    change = bulk.assign(people.lead, ids, people.tess.id, NOW)
    assert bulk.undo(getattr(people, who), change.id, NOW + after) is None


def test_once(people: People, ids: list[int]) -> None:
    change = bulk.assign(people.lead, ids, people.tess.id, NOW)
    assert bulk.undo(people.lead, change.id, LATER) == 3
    assert bulk.undo(people.lead, change.id, LATER) is None
    assert bulk.undo(people.lead, 10**6, LATER) is None


def test_many_are_put_back_by_portions(people: People, ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    before = owners(ids)
    first = bulk.assign(people.lead, ids[:2], people.tess.id, NOW)
    change = bulk.assign(people.lead, ids[2:], people.tess.id, NOW, part_of=first.id)
    assert (change.id, len(change.before)) == (first.id, 3)
    monkeypatch.setattr(bulk, "PORTION", 2)
    assert [bulk.undo(people.lead, change.id, LATER) for _ in range(3)] == [2, 1, None]
    assert owners(ids) == before


def test_nobody_who_is_forgotten_comes_back(people: People, ids: list[int]) -> None:
    change = bulk.assign(people.lead, ids, None, NOW)
    db.session.execute(update(Candidate).where(Candidate.id == ids[0]).values(anonymised_at=NOW))
    assert bulk.undo(people.lead, change.id, LATER) == 1
