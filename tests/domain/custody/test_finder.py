"""The nightly look for duplicates: what it finds, what it leaves, and what was decided."""

from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.custody import duplicate, finder, merge
from app.domain.custody.likeness import Alike, Reason
from tests import make
from tests.domain.actions.test_action import NOW
from tests.people import People, make_people

DAY = timedelta(days=1)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def found(since: datetime | None = None) -> list[Alike]:
    return finder.find(finder.read(since))


def two(mail: str = "jan@voorbeeld.nl") -> tuple[Candidate, Candidate]:
    """Two candidates with one mail address."""
    found = make.candidate("Jan de Vries"), make.candidate("J. Vries")
    for each in found:
        identity.add(each, Channel.EMAIL, mail, NOW)
    return found


def test_it_finds_who_shares_an_address(people: People) -> None:
    one, other = two()
    make.candidate("Els Bos")
    assert [each[:3] for each in found()] == [(one.id, other.id, Reason.EMAIL)]


def test_it_looks_for_whom_changed_since(people: People) -> None:
    one, other = two()
    assert found(NOW + DAY) == []
    other.updated_at = NOW + DAY
    db.session.flush()
    assert [each[:2] for each in found(NOW + DAY)] == [(one.id, other.id)]


def test_it_passes_by_who_was_merged_or_forgotten(people: People) -> None:
    one, other = two()
    merge.merge(one, other, {}, people.lead, NOW)
    gone, _left = two("els@voorbeeld.nl")
    gone.anonymised_at = NOW
    db.session.flush()
    assert found() == []


def test_a_decided_pair_never_comes_back(people: People) -> None:
    one, other = two()
    duplicate.add(found(), NOW)
    duplicate.apart(other, one, people.lead, NOW)
    assert found() == []
    assert duplicate.add([Alike(one.id, other.id, Reason.NAME, 90)], NOW) == 0
    assert duplicate.listed(people.lead).total == 0


def test_a_decision_holds_for_whom_they_are_one_with_since(people: People) -> None:
    one, other = two()
    duplicate.apart(one, other, people.lead, NOW)
    third = make.candidate("Jan de Vries")
    merge.merge(third, other, {}, people.lead, NOW)
    assert found() == []


def test_pairs_are_listed_to_whom_may_see_both(people: People) -> None:
    one, other = two()
    one.branch_id = make.branch("Oost").id
    assert duplicate.add(found(), NOW) == 1
    assert [each.second.id for each in duplicate.listed(people.ada).rows] == [other.id]
    assert duplicate.listed(people.otto).total == 0
    assert duplicate.proposed(people.otto, other.id) is None
    proposed = duplicate.proposed(people.ada, other.id)
    assert proposed
    assert proposed.first is one


def test_merging_closes_the_pair_and_undoing_opens_it(people: People) -> None:
    one, other = two()
    duplicate.add(found(), NOW)
    row = merge.merge(one, other, {}, people.lead, NOW)
    assert duplicate.listed(people.ada).total == 0
    merge.undo(row, NOW)
    assert duplicate.listed(people.ada).total == 1


def test_the_most_alike_come_first_and_a_page_outside_is_the_nearest(people: People) -> None:
    three = [make.candidate() for _ in range(3)]
    ids = [each.id for each in three]
    duplicate.add([Alike(ids[0], ids[1], Reason.NAME, 80), Alike(ids[0], ids[2], Reason.NAME, 90)], NOW)
    page = duplicate.listed(people.ada, 7)
    assert [each.pair.likeness for each in page.rows] == [90, 80]
    assert page.number == 1
