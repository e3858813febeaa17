"""That a record is not there is believed when Bullhorn told that it was deleted, and not because of one answer."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.bullhorn import account, batch, patience, record
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.reason import TO_DECIDE, WORTH_ANOTHER_TRY, Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.promise import Promise
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.journey.application import ApplicationState
from jobs.bullhorn_settling import concerned
from tests.fakes.bullhorn import USER, Bullhorn
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
    state,
    there,
)
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
MINUTE, NEW = timedelta(minutes=1), 777
COUNTS = [("spoke", str(NOTE), False)]
TAKEN_BACK = [("spoke", str(NOTE), True)]
pytestmark = pytest.mark.usefixtures("session")


def later(minutes: int) -> int:
    with time_machine.travel(TUESDAY + minutes * MINUTE, tick=False):
        return poll()


def row_of(number: int = NOTE, entity: Entity = Entity.NOTE) -> BullhornRecord:
    mine = BullhornRecord.entity == entity, BullhornRecord.number == number
    return db.session.scalars(select(BullhornRecord).where(*mine).execution_options(populate_existing=True)).one()


def counted(there: Bullhorn, desk: Desk) -> int:
    """A note that counts; answers what it earned."""
    note(there, by=mail_of(desk))
    poll()
    return points()


def test_a_note_that_cannot_be_found_for_a_minute_goes_on_counting(there: Bullhorn, desk: Desk) -> None:
    earned = counted(there, desk)
    there.hidden["Note", NOTE] = 404
    there.tell("Note", NOTE, "UPDATED")
    assert (later(1), logged(), points(), reason()) == (1, COUNTS, earned, Reason.MISSING)
    there.hidden.clear()
    assert (later(2), logged(), points(), reason()) == (1, COUNTS, earned, "")


def test_all_of_a_batch_that_cannot_be_found_counts_a_minute_later(there: Bullhorn, desk: Desk) -> None:
    for number in range(NOTE, NOTE + 5):
        note(there, number, by=mail_of(desk))
        there.hidden["Note", number] = 404
    assert (poll(), fault(), logged(), batch.open_ones()) == (5, "", [], 0)
    there.hidden.clear()
    assert (later(1), len(logged())) == (5, 5)


def test_whoever_is_new_and_cannot_be_found_comes_in_later(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.put("Candidate", NEW, name="Noor Willems", email="noor@voorbeeld.nl", dateAdded=millis(TUESDAY))
    there.hidden["Candidate", NEW] = 404
    poll()
    assert (reason(Entity.CANDIDATE, NEW), row_of(NEW, Entity.CANDIDATE).new) == (Reason.MISSING, True)
    there.hidden.clear()
    later(1)
    assert db.session.scalars(select(Candidate.name).where(Candidate.name == "Noor Willems")).all() == ["Noor Willems"]


def test_a_note_about_somebody_who_cannot_be_found_finds_them_later(there: Bullhorn, desk: Desk) -> None:
    crm_id.take_away(crm_id.ids_of(desk.aisha.id)[0], TUESDAY)
    identity.add(desk.aisha, Channel.EMAIL, "aisha@voorbeeld.nl", TUESDAY)
    there.hidden["Candidate", PERSON] = 404
    note(there, by=mail_of(desk))
    for minutes in (0, 1, 3):
        assert (later(minutes), reason(), logged()) == (1, Reason.UNKNOWN_CANDIDATE, [])
    there.hidden.clear()
    assert (later(7), reason(), logged()) == (1, "", COUNTS)


def test_whoever_is_nowhere_is_not_asked_for_for_ever(
    there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_TRIES", 3)
    note(there, by=mail_of(desk), personReference={"id": NEW, "_subtype": "Candidate"})
    assert [later(minutes) for minutes in (0, 1, 2, 3, 4, 60)] == [1, 1, 0, 1, 0, 0]
    assert (reason(), row_of().about) == (Reason.UNKNOWN_CANDIDATE, NEW)


def test_a_placement_that_cannot_be_found_keeps_its_check_ins(there: Bullhorn, desk: Desk) -> None:
    assert desk
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": "Approved"}
    there.put("Placement", 81, **job, dateBegin=millis(TUESDAY))
    poll()
    promised = db.session.scalar(select(func.count()).select_from(Promise))
    there.hidden["Placement", 81] = 404
    there.tell("Placement", 81, "UPDATED")
    later(1)
    assert (state(), reason(Entity.PLACEMENT, 81)) == (ApplicationState.PLACED, Reason.MISSING)
    assert db.session.scalar(select(func.count()).select_from(Promise)) == promised


def test_what_was_deleted_while_it_could_not_be_shown_is_taken_back(there: Bullhorn, desk: Desk) -> None:
    counted(there, desk)
    there.hidden["Note", NOTE] = 500
    there.remove("Note", NOTE)
    assert (later(1), logged(), reason()) == (1, COUNTS, Reason.FAULT)
    there.hidden.clear()
    assert (later(2), logged(), points(), reason()) == (1, TAKEN_BACK, 0, Reason.DELETED)


def test_what_is_shown_though_it_was_deleted_is_looked_at_once_more(there: Bullhorn, desk: Desk) -> None:
    earned = counted(there, desk)
    there.tell("Note", NOTE, "DELETED")
    assert (later(1), logged(), points()) == (1, COUNTS, earned)
    there.entities.pop(("Note", NOTE))
    assert (later(2), logged(), points(), reason()) == (1, TAKEN_BACK, 0, Reason.DELETED)


def test_what_is_shown_again_is_not_gone_any_more(there: Bullhorn, desk: Desk) -> None:
    counted(there, desk)
    there.tell("Note", NOTE, "DELETED")
    assert [later(1), row_of().gone, later(2), row_of().gone, later(4)] == [1, True, 1, False, 0]
    there.hidden["Note", NOTE] = 404
    there.tell("Note", NOTE, "UPDATED")
    assert (later(5), logged(), reason()) == (1, COUNTS, Reason.MISSING)


def test_what_says_itself_that_it_is_deleted_needs_no_second_look(there: Bullhorn, desk: Desk) -> None:
    counted(there, desk)
    there.entities["Note", NOTE]["isDeleted"] = True
    there.tell("Note", NOTE, "DELETED")
    assert (later(1), logged(), row_of().again_at) == (1, TAKEN_BACK, None)


def test_after_a_day_it_is_told_and_still_counts(there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_TRIES", 2)
    earned = counted(there, desk)
    there.hidden["Note", NOTE] = 404
    there.tell("Note", NOTE, "UPDATED")
    assert [later(minutes) for minutes in (1, 2, 3, 60)] == [1, 1, 0, 0]
    assert (row_of().again_at, reason(), logged(), points()) == (None, Reason.MISSING, COUNTS, earned)
    assert Reason.MISSING in {*TO_DECIDE} & {*WORTH_ANOTHER_TRY}
    there.remove("Note", NOTE)
    assert (later(61), logged(), points()) == (1, TAKEN_BACK, 0)


def test_what_waits_still_keeps_what_happened_to_it(there: Bullhorn, desk: Desk) -> None:
    assert desk
    batch.keep(account.of(USER), 1, [], TUESDAY)
    row_id = db.session.scalars(select(BullhornBatch.id)).one()
    left = {(Entity.NOTE, NOTE): {"DELETED", "INSERTED"}, (Entity.PLACEMENT, 81): {"UPDATED"}}
    batch.strike(row_id, left)
    assert concerned(db.session.get_one(BullhornBatch, row_id).payload) == left


def test_three_that_we_may_not_see_are_no_reason_to_wait(there: Bullhorn, desk: Desk) -> None:
    for number in range(NOTE, NOTE + 6):
        note(there, number, by=mail_of(desk))
        there.hidden["Note", number] = 403
    note(there, NOTE + 6, by=mail_of(desk))
    assert (poll(), fault(), batch.open_ones(), len(logged())) == (7, "", 0, 1)
    assert {row_of(NOTE + number).reason for number in range(6)} == {Reason.FORBIDDEN}


def test_faults_between_them_are_counted_by_themselves(there: Bullhorn, desk: Desk) -> None:
    for number, status in enumerate((500, 403, 403, 500, 403)):
        note(there, NOTE + number, by=mail_of(desk))
        there.hidden["Note", NOTE + number] = status
    assert (poll(), fault(), batch.open_ones()) == (5, "", 0)
    assert record.asked_again(TUESDAY + MINUTE) == [(Entity.NOTE, NOTE), (Entity.NOTE, NOTE + 3)]
