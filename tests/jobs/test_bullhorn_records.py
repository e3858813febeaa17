"""Records that Bullhorn does not show, changes or dates oddly hold up no other, and are looked at again."""

from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
import time_machine
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import action
from app.domain.actions.bullhorn import batch, notes, patience, record, unplaced
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.agency.person import Role
from app.domain.candidates.candidate import Candidate
from app.domain.journey.application import Application
from jobs import bullhorn_door
from tests import make
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import (
    NOTE,
    PERSON,
    desk,
    fault,
    logged,
    mail_of,
    millis,
    note,
    points,
    poll,
    reason,
    there,
)
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEW = 777
END_OF_TIME = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def later(by: timedelta) -> int:
    with time_machine.travel(TUESDAY + by, tick=False):
        return poll()


def numbers() -> list[str]:
    return sorted(str(number) for _, number, undone in logged() if not undone)


def row_of(number: int, entity: Entity = Entity.NOTE) -> BullhornRecord:
    mine = BullhornRecord.entity == entity, BullhornRecord.number == number
    return db.session.scalars(select(BullhornRecord).where(*mine).execution_options(populate_existing=True)).one()


def break_three(there: Bullhorn, by: str) -> None:
    """Three notes that Bullhorn always answers with a fault of its own."""
    for number in range(NOTE, NOTE + 3):
        note(there, number, by=by)
        there.hidden["Note", number] = 500


def test_three_that_are_never_shown_hold_up_no_new_one(there: Bullhorn, desk: Desk) -> None:
    break_three(there, mail_of(desk))
    for minutes in (1, 2):
        later(minutes * MINUTE)
    assert (batch.open_ones(), {row_of(NOTE + number).reason for number in range(3)}) == (0, {Reason.FAULT})
    for minutes in range(3, 9):
        note(there, NOTE + 10 + minutes, by=mail_of(desk))
        later(minutes * MINUTE)
        assert (str(NOTE + 10 + minutes) in numbers(), batch.open_ones()) == (True, 0)


def test_where_another_is_shown_they_are_set_aside_in_one_run(there: Bullhorn, desk: Desk) -> None:
    note(there, NOTE + 9, by=mail_of(desk))
    later(MINUTE)
    break_three(there, mail_of(desk))
    note(there, NOTE + 3, by=mail_of(desk))
    assert (later(2 * MINUTE), fault(), numbers()) == (4, "", [str(NOTE + 3), str(NOTE + 9)])


def test_where_none_is_shown_it_is_bullhorn_and_all_wait(there: Bullhorn, desk: Desk) -> None:
    note(there, NOTE + 9, by=mail_of(desk))
    later(MINUTE)
    break_three(there, mail_of(desk))
    there.hidden["Note", NOTE + 9] = 500
    assert (later(2 * MINUTE), fault(), batch.open_ones()) == (2, "broken", 1)
    there.hidden.clear()
    assert (later(HOUR), len(numbers())) == (3, 4)


def test_what_is_not_shown_is_asked_for_ever_less_often_and_not_for_ever(
    there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_TRIES", 4)
    note(there, by=mail_of(desk))
    there.hidden["Note", NOTE] = 500
    assert [later(minutes * MINUTE) for minutes in range(12)] == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    assert (row_of(NOTE).reason, row_of(NOTE).again_at) == (Reason.FAULT, None)
    there.hidden.clear()
    record.ask_again([Reason.FAULT], TUESDAY)
    assert (later(HOUR), numbers(), row_of(NOTE).tries) == (1, [str(NOTE)], 0)


def test_what_was_settled_and_could_not_be_read_since_is_no_more_to_be_decided(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    there.hidden["Note", NOTE] = 500
    there.tell("Note", NOTE, "UPDATED")
    poll()
    assert reason() == Reason.FAULT
    there.hidden.clear()
    later(2 * MINUTE)
    assert (reason(), numbers(), unplaced.listed(TUESDAY).rows) == ("", [str(NOTE)], [])


@pytest.mark.parametrize(("status", "why"), [(500, Reason.FAULT), (403, Reason.FORBIDDEN)])
def test_a_candidate_who_is_new_is_so_still_when_they_are_shown_at_last(
    there: Bullhorn, desk: Desk, status: int, why: Reason
) -> None:
    assert desk
    there.hidden["Candidate", NEW] = status
    there.put("Candidate", NEW, name="Noor Willems", email="noor@voorbeeld.nl")
    poll()
    there.tell("Candidate", NEW, "UPDATED")
    poll()
    assert (reason(Entity.CANDIDATE, NEW), row_of(NEW, Entity.CANDIDATE).new) == (why, True)
    there.hidden.clear()
    record.ask_again([why], TUESDAY)
    later(MINUTE)
    found = db.session.scalars(select(Candidate.name).where(Candidate.name == "Noor Willems")).all()
    assert (len(found), reason(Entity.CANDIDATE, NEW), row_of(NEW, Entity.CANDIDATE).new) == (1, "", False)


def test_what_came_before_its_candidate_waits_for_them(there: Bullhorn, desk: Desk) -> None:
    there.put("Candidate", NEW, name="Noor Willems", email="noor@voorbeeld.nl")
    there.event("GET", there.subscription, {"maxEvents": "100"})  # somebody was told of them, and died with it
    there.odd["1"] = (500, "")
    for number in (NEW, NEW + 1):
        note(there, number, by=mail_of(desk), personReference={"id": number, "_subtype": "Candidate"})
    poll()
    assert [(row_of(number).reason, row_of(number).about) for number in (NEW, NEW + 1)] == [
        (Reason.UNKNOWN_CANDIDATE, NEW),
        (Reason.UNKNOWN_CANDIDATE, NEW + 1),
    ]
    there.odd.clear()
    later(MINUTE)
    assert (numbers(), row_of(NEW).about, row_of(NEW + 1).about) == ([str(NEW)], NEW, NEW + 1)


def test_one_that_never_answers_holds_up_no_other(there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bullhorn_door, "SECONDS", 0.3)
    note(there, NOTE + 1, by=mail_of(desk))
    poll()
    there.answered = lambda path: sleep(0.6) if path.endswith(f"Note/{NOTE}") else None
    note(there, by=mail_of(desk))
    note(there, NOTE + 2, by=mail_of(desk))
    poll()
    assert (numbers(), reason(), batch.open_ones()) == ([str(NOTE + 1), str(NOTE + 2)], Reason.FAULT, 0)


def test_so_are_they_after_a_fault_of_ours(there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk
    there.put("Candidate", NEW, name="Noor Willems", email="noor@voorbeeld.nl")
    with monkeypatch.context() as patch:
        patch.setattr(record, "took_effect", lambda *_: 1 / 0)
        poll()
    assert (reason(Entity.CANDIDATE, NEW), row_of(NEW, Entity.CANDIDATE).again_at) == (Reason.FAULT, None)
    record.ask_again([Reason.FAULT], TUESDAY)
    later(2 * MINUTE)
    assert reason(Entity.CANDIDATE, NEW) == ""
    assert db.session.scalars(select(Candidate.name).where(Candidate.name == "Noor Willems")).all() != []


def place(there: Bullhorn, start: int, end: int | None) -> None:
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": "Approved"}
    there.put("Placement", 81, **job, dateBegin=start, dateEnd=end)


@pytest.mark.parametrize("end", [datetime(2099, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), END_OF_TIME])
def test_an_end_far_away_is_none(there: Bullhorn, desk: Desk, end: datetime) -> None:
    assert desk
    place(there, millis(TUESDAY + DAY), millis(end))
    poll()
    row = db.session.scalars(select(Application)).one()
    planned = db.session.scalar(select(func.count()).select_from(Promise)) or 0
    assert (row.ends_on, 0 < planned < 20, reason(Entity.PLACEMENT, 81)) == (None, True, "")


def test_an_end_within_ten_years_is_one(there: Bullhorn, desk: Desk) -> None:
    assert desk
    place(there, millis(TUESDAY + DAY), millis(TUESDAY + 365 * DAY))
    poll()
    row = db.session.scalars(select(Application)).one()
    assert row.ends_on == (TUESDAY + 365 * DAY).date()


@pytest.mark.parametrize("start", [millis(END_OF_TIME), 10**17, -(10**17), "tomorrow", True])
def test_a_first_day_that_no_calendar_has_holds_up_nothing(there: Bullhorn, desk: Desk, start: int) -> None:
    place(there, start, None)
    note(there, by=mail_of(desk))
    poll()
    assert (numbers(), fault(), batch.open_ones()) == ([str(NOTE)], "", 0)
    assert reason(Entity.PLACEMENT, 81) in {Reason.UNREADABLE, Reason.FAULT}


def test_what_is_no_record_at_all_holds_up_nothing(there: Bullhorn, desk: Desk) -> None:
    there.entities["Note", NOTE] = {"id": NOTE, "action": "Email", "dateAdded": 1, "personReference": []}
    there.tell("Note", NOTE, "INSERTED")
    note(there, NOTE + 1, by=mail_of(desk))
    poll()
    assert (numbers(), batch.open_ones()) == ([str(NOTE + 1)], 0)


@pytest.mark.parametrize("then", ["changed", "deleted", "deleted and restored"])
def test_what_was_taken_back_here_stays_so_whatever_happens_to_it_there(there: Bullhorn, desk: Desk, then: str) -> None:
    note(there, by=mail_of(desk))
    poll()
    row = db.session.scalars(select(EngagementAction)).one()
    assert action.undo(make.person("Ada Admin", role=Role.ADMIN), row.id, TUESDAY)
    if then == "changed":
        note(there, by=mail_of(desk), said="Inbound Call")
    else:
        note(there, by=mail_of(desk), isDeleted=True)
    poll()
    if then == "deleted and restored":
        note(there, by=mail_of(desk), isDeleted=False)
        poll()
    assert (logged(), points(), unplaced.listed(TUESDAY).rows) == ([("spoke", str(NOTE), True)], 0, [])


def test_what_bullhorn_took_back_counts_again_when_it_is_restored(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    note(there, by=mail_of(desk), isDeleted=True)
    poll()
    note(there, by=mail_of(desk), isDeleted=False)
    poll()
    assert logged() == [("spoke", str(NOTE), True), ("spoke", f"{NOTE}.1", False)]
    assert notes.SOURCE == "bullhorn"
