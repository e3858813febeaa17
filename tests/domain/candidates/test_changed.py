"""Who changed since a moment: whatever is written down of candidates is found, from an index, and nothing else is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event, insert, text

from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import bulk, changed, consent, consenting, crm_id, identity, in_turn, label, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.in_turn import Which
from app.domain.candidates.label import LabelKind
from app.domain.candidates.preference import SaidBy, Wish
from tests import make
from tests.people import make_people

pytestmark = pytest.mark.usefixtures("session")
HOUR = timedelta(hours=1)
BEFORE = make.START + HOUR
NOW = BEFORE + HOUR
TAG = {"vast": None}


class Scene(NamedTuple):
    sanne: Person
    them: Candidate
    tagged: int
    closed: int

    @property
    def phone(self) -> Identity:
        return identity.identities_of(self.them.id)[0]

    def changed(self) -> list[int]:
        return [row.id for row in in_turn.after(self.sanne, Which(since=NOW), None, 10)]


@pytest.fixture
def scene() -> Scene:
    """Somebody of whom much is known already, beside somebody else."""
    sanne = make_people().sanne
    them = make.candidate(owner=sanne)
    make.candidate(owner=sanne)
    identity.add(them, Channel.PHONE, "0612345678", BEFORE)
    label.put(them.id, LabelKind.TAG, TAG, BEFORE)
    crm_id.give(them.id, Crm.HUBSPOT, "501", origin="page", now=BEFORE)
    closed = action.log(sanne, them, Outcome.DO_NOT_CONTACT, at=BEFORE, now=BEFORE)
    return Scene(sanne, them, bulk.tag(sanne, [them.id], "Top", BEFORE).id, closed.action_id)


def _told(scene: Scene, channel: Channel | None) -> object:
    contact, by_id = ConsentPurpose.CONTACT, scene.sanne.id
    return consenting.tell(scene.them.id, contact, channel, given=False, via=Via.RECRUITER, by_id=by_id, now=NOW)


def _tracked(scene: Scene) -> object:
    return consent.give(scene.them.id, ConsentPurpose.TRACKING, via=Via.FORM, by_id=None, now=NOW)


def _preferred(scene: Scene) -> object:
    wish = Wish((Channel.PHONE,))
    return preference.prefer(scene.them.id, wish, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)


CHANGES: dict[str, Callable[[Scene], object]] = {
    "a tag, to many": lambda scene: bulk.tag(scene.sanne, [scene.them.id], "Nachtdienst", NOW),
    "a tag of many, taken back": lambda scene: bulk.undo(scene.sanne, scene.tagged, NOW),
    "other labels": lambda scene: label.put(scene.them.id, LabelKind.SKILL, TAG, NOW),
    "no label": lambda scene: label.put(scene.them.id, LabelKind.TAG, {}, NOW),
    "an address": lambda scene: identity.add(scene.them, Channel.EMAIL, "aisha@voorbeeld.nl", NOW),
    "an address that fails": lambda scene: identity.mark(scene.phone, IdentityState.INVALID, origin="x", now=NOW),
    "one address less": lambda scene: identity.remove(scene.phone, NOW),
    "a channel that they closed": lambda scene: _told(scene, Channel.PHONE),
    "no contact": lambda scene: _told(scene, None),
    "another consent": _tracked,
    "a wish": _preferred,
    "a number elsewhere": lambda scene: crm_id.give(scene.them.id, Crm.HUBSPOT, "502", origin="x", now=NOW),
    "no number": lambda scene: crm_id.take_away(crm_id.ids_of(scene.them.id)[0], NOW),
    "an action that closes": lambda scene: action.log(
        scene.sanne, scene.them, Outcome.DO_NOT_CONTACT, at=BEFORE, now=NOW
    ),
    "one that was a slip": lambda scene: action.undo(scene.sanne, scene.closed, NOW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_written_down_is_a_change(scene: Scene, change: str) -> None:
    assert scene.changed() == []
    CHANGES[change](scene)
    assert scene.changed() == [scene.them.id]


def test_the_same_again_is_none(scene: Scene) -> None:
    label.put(scene.them.id, LabelKind.TAG, {"Top": None, **TAG}, NOW)
    bulk.tag(scene.sanne, [scene.them.id], "Top", NOW)
    identity.add(scene.them, Channel.PHONE, "06 1234 5678", NOW)
    crm_id.give(scene.them.id, Crm.HUBSPOT, "501", origin="x", now=NOW)
    action.log(scene.sanne, scene.them, Outcome.NO_ANSWER, at=NOW, now=NOW)
    assert scene.changed() == []


def test_a_moment_never_goes_back(scene: Scene) -> None:
    other = make.candidate()
    changed.note([scene.them.id], NOW)
    changed.note([scene.them.id, other.id], BEFORE)
    db.session.expire_all()
    assert (scene.them.updated_at, other.updated_at) == (NOW, BEFORE)


@pytest.mark.parametrize("after", [None, 1])
@pytest.mark.parametrize("visibility", ["agency", "branch"])
def test_it_is_read_from_its_index(scene: Scene, visibility: str, after: int | None) -> None:
    """A poll that finds nothing must not read the pool."""
    agency = the_agency()
    assert agency is not None
    agency.visibility = visibility
    old = {"name": "x", "sort_name": "x", "registered_at": make.START, "updated_at": make.START}
    db.session.execute(insert(Candidate), [old] * 3_000)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE candidate"))
    assert "ix_candidate_updated_at" in _plan(lambda: in_turn.after(scene.sanne, Which(since=NOW), after, 51))


def _plan(ask: Callable[[], object]) -> str:
    """How the database finds the candidates of a question."""
    heard: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401 - as the driver has it
        heard.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", listen)
    ask()
    event.remove(db.engine, "before_cursor_execute", listen)
    (asked,) = [each for each in heard if "FROM candidate" in each[0] and "ORDER BY candidate.id" in each[0]]
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    return str(db.session.connection().exec_driver_sql(explain + asked[0], asked[1]).all())
