"""The timeline: both sides and every change in one order, whatever the pages are cut at."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from app.db import db
from app.domain.actions import deciding, timeline
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.actions.timeline import CHANGES, Cursor, Entry, Side, Wanted
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.stage_move import StageMove
from app.domain.journey import touchpoint_kind
from app.domain.journey.application import ApplicationMove
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.people import make_people

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MINE, OTHER = "Aïsha", "Els"
FAR = datetime(2099, 1, 5, 8, tzinfo=UTC)


@pytest.fixture
def sanne(session: None) -> Person:
    touchpoint_kind.install_preset()
    return make_people().sanne


@pytest.fixture
def aisha(sanne: Person) -> int:
    """Four hours in which everything happens at once, and somebody else who does the same."""
    ids = [make.candidate(name, owner=sanne).id for name in (MINE, OTHER)]
    for candidate_id in ids:
        for hour in range(4):
            happened(candidate_id, sanne, make.START + hour * HOUR, f"{candidate_id}-{hour}")
    return ids[0]


def happened(candidate_id: int, sanne: Person, at: datetime, name: str) -> None:
    """Two touchpoints, two actions, a move, a consent, a step of an application and a promise at one moment."""
    kind_id = db.session.scalars(select(ActionKind.id).where(ActionKind.code == "message")).one()
    day = at.date()
    db.session.add_all(
        Touchpoint(candidate_id=candidate_id, kind=kind, occurred_at=at, received_at=at, local_date=day,
                   source="test", external_id=f"{name}-{kind}")
        for kind in ("job_view", "site_visit")
    )  # fmt: skip
    db.session.add_all(
        EngagementAction(person_id=sanne.id, candidate_id=candidate_id, kind_id=kind_id, outcome="spoke",
                         occurred_at=at, local_date=day, recorded_at=at, undone_at=undone)
        for undone in (None, None, at)
    )  # fmt: skip
    db.session.add(StageMove(candidate_id=candidate_id, to_stage="engage", moved_by_id=sanne.id, moved_at=at))
    db.session.add(Consent(candidate_id=candidate_id, purpose=ConsentPurpose.POOL, given=True, via="page", at=at))
    told = deciding.begin(db.session.get_one(Candidate, candidate_id), "", sanne, at - MINUTE).id
    db.session.execute(delete(ApplicationMove).where(ApplicationMove.moved_at == at - MINUTE))
    db.session.add_all(
        ApplicationMove(application_id=told, candidate_id=candidate_id, to_state="placed", moved_by_id=by, moved_at=at)
        for by in (sanne.id, None)
    )
    for due_at, withdrawn in ((at, None), (at, at), (FAR, None)):
        db.session.add(Promise(candidate_id=candidate_id, person_id=sanne.id, due_at=due_at, made_at=at,
                               withdrawn_at=withdrawn))  # fmt: skip
    db.session.flush()


def walked(candidate_id: int, wanted: Wanted, size: int) -> list[Entry]:
    """Page after page, until there is none."""
    found: list[Entry] = []
    before: Cursor | None = None
    while True:
        page = timeline.page_of(candidate_id, wanted, before, size)
        found += page.entries
        if page.older is None:
            return found
        assert len(page.entries) == size
        before = timeline.cursor(str(page.older))


def keys(entries: list[Entry]) -> list[tuple[datetime, Side, int]]:
    return [(entry.at, entry.side, entry.what.id) for entry in entries]


@pytest.mark.parametrize("size", [1, 3, 5, 8, 32, 33])
def test_pages_of_any_size_tell_everything_once_in_one_order(aisha: int, size: int) -> None:
    found = keys(walked(aisha, Wanted(), size))
    assert len(found) == 4 * 8
    assert found == sorted(set(found), reverse=True)


@pytest.mark.parametrize(
    ("wanted", "sides"),
    [
        (Wanted((Side.CANDIDATE,)), {Side.CANDIDATE: 8}),
        (Wanted((Side.US,)), {Side.US: 8}),
        (Wanted(CHANGES), {Side.STAGE: 4, Side.CONSENT: 4, Side.APPLICATION: 4, Side.PROMISE: 4}),
        (Wanted((Side.CANDIDATE,), "job_view"), {Side.CANDIDATE: 4}),
        (Wanted((Side.US,), "message"), {Side.US: 8}),
        (Wanted((Side.US,), "job_view"), {}),
    ],
)
def test_it_can_be_narrowed(aisha: int, wanted: Wanted, sides: dict[Side, int]) -> None:
    found = [entry.side for entry in walked(aisha, wanted, 3)]
    assert {side: found.count(side) for side in found} == sides


def test_each_moment_is_told_with_its_kind_and_by_whom(aisha: int, sanne: Person) -> None:
    told = {entry.side: (type(entry.what), getattr(entry.kind, "code", None), entry.by) for entry in
            timeline.page_of(aisha, Wanted(), size=8).entries}  # fmt: skip
    assert told == {
        Side.PROMISE: (Promise, None, sanne.name),
        Side.APPLICATION: (ApplicationMove, None, sanne.name),
        Side.CONSENT: (Consent, None, None),
        Side.STAGE: (StageMove, None, sanne.name),
        Side.US: (EngagementAction, "message", sanne.name),
        Side.CANDIDATE: (Touchpoint, "job_view", None),
    }


def test_nobody_has_done_anything_yet(sanne: Person) -> None:
    assert timeline.page_of(make.candidate().id, Wanted()) == ([], None)


@pytest.mark.parametrize(
    "text",
    ["", "gisteren", "20260105T080000.000000Z", "20260105T080000.000000Z-9-1", "20260105T080000.000000Z-1-0",
     "20260105T080000.000000Z-1-99999999999", "20260105T080000.000000Z-1-x", "-1-1"],
)  # fmt: skip
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert timeline.cursor(text) is None


def test_a_cursor_reads_as_it_is_written() -> None:
    cursor = Cursor(make.START + timedelta(microseconds=7), Side.US, 12)
    assert timeline.cursor(str(cursor)) == cursor


def test_kinds_on_offer_are_those_of_candidates_and_then_ours(sanne: Person) -> None:
    kinds = timeline.kinds()
    assert [kind.side for kind in kinds] == sorted(kind.side for kind in kinds)
    assert {(Side.CANDIDATE, "job_view"), (Side.US, "message")} <= {(kind.side, kind.code) for kind in kinds}
