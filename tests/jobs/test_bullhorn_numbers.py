"""A number of Bullhorn's that was mistyped here: it brings nothing of a stranger, and what it brought goes with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from app.db import db
from app.domain.actions import action, deciding, promise
from app.domain.actions.bullhorn import bringing, record
from app.domain.actions.bullhorn.reason import WORTH_ANOTHER_TRY, Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Role
from app.domain.candidates import contact_state, crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.crm_id import Crm, CrmId
from app.domain.custody import merge
from app.domain.journey.application import Application, ApplicationState
from tests import make
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import NOTE, PERSON, desk, logged, mail_of, millis, note, points, poll, reason, there
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
OTHER, MONTH, MINUTE = 502, timedelta(days=30), timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("session")


def give(row: Candidate, number: int = OTHER) -> None:
    crm_id.give(row.id, Crm.BULLHORN, str(number), origin="page", now=TUESDAY)


def take_away(row: Candidate, number: int = OTHER) -> None:
    (mine,) = [each for each in crm_id.ids_of(row.id) if each.number == str(number)]
    crm_id.take_away(mine, TUESDAY)


def noor(desk: Desk, *, mail: str = "") -> Candidate:
    """Whose number it is."""
    row = make.candidate("Noor Willems", owner=desk.sanne, branch_id=desk.aisha.branch_id)
    if mail:
        identity.add(row, Channel.EMAIL, mail, TUESDAY)
    return row


def about(there: Bullhorn, desk: Desk, *, said: str = "Outbound Call", shown: bool = True) -> None:
    """A note about Noor; `shown`: Bullhorn also shows who she is."""
    if shown:
        there.entities["Candidate", OTHER] = {"id": OTHER, "name": "Noor Willems", "email": "noor@voorbeeld.nl"}
    whom = {"id": OTHER, "_subtype": "Candidate"}
    note(there, by=mail_of(desk), said=said, personReference=whom)


def whose() -> list[tuple[int, str | None]]:
    """Of whom the actions are that stand, and their numbers there."""
    standing = select(EngagementAction.candidate_id, EngagementAction.external_id)
    rows = db.session.execute(standing.where(EngagementAction.undone_at.is_(None)).order_by(EngagementAction.id))
    return [(candidate_id, number) for candidate_id, number in rows]


def last_contact(row: Candidate) -> object:
    return contact_state.hold(row.id).last_two_way_at


def later(by: timedelta) -> int:
    with time_machine.travel(TUESDAY + by, tick=False):
        return poll()


def believed(there: Bullhorn, desk: Desk) -> int:
    """A note of Noor's that counted for Aisha, because nobody showed who has the number; answers what it earned."""
    give(desk.aisha)
    about(there, desk, shown=False)
    poll()
    assert whose() == [(desk.aisha.id, str(NOTE))]
    return points()


def test_a_number_alone_brings_nothing_of_a_stranger(there: Bullhorn, desk: Desk) -> None:
    give(desk.aisha)
    about(there, desk)
    poll()
    assert (logged(), points(), last_contact(desk.aisha)) == ([], 0, None)
    assert (reason(), reason(Entity.CANDIDATE, OTHER)) == (Reason.SOMEBODY_ELSE, Reason.SOMEBODY_ELSE)


@pytest.mark.parametrize("sort", ["JobSubmission", "Placement"])
def test_nor_an_application(there: Bullhorn, desk: Desk, sort: str) -> None:
    give(desk.aisha)
    there.entities["Candidate", OTHER] = {"id": OTHER, "name": "Noor Willems"}
    tell_of_job(there, sort)
    poll()
    assert (db.session.scalars(select(Application)).all(), reason(Entity(sort), 61)) == ([], Reason.SOMEBODY_ELSE)


def test_nor_does_a_file(there: Bullhorn, desk: Desk) -> None:
    give(desk.aisha)
    about(there, desk)
    poll()
    log = bringing.begin(TUESDAY, lambda _holders, _after: {})
    assert log
    told = Note(NOTE + 1, "Outbound Call", OTHER, mail_of(desk), TUESDAY)
    assert bringing.decide([told], log).left_out == {NOTE + 1: Reason.SOMEBODY_ELSE}


def test_whoever_has_the_name_is_compared_once(there: Bullhorn, desk: Desk) -> None:
    for number in range(3):
        note(there, NOTE + number, by=mail_of(desk))
    poll()
    asked = [each for each in there.asked if each.endswith(f"Candidate/{PERSON}")]
    assert (len(logged()), len(asked)) == (3, 1)


def test_what_waited_counts_once_the_name_is_corrected(there: Bullhorn, desk: Desk) -> None:
    give(desk.aisha)
    about(there, desk)
    poll()
    desk.aisha.name = "Noor Willems"
    there.tell("Candidate", OTHER, "UPDATED")
    assert (poll(), whose(), reason(), poll()) == (2, [(desk.aisha.id, str(NOTE))], "", 0)


def test_a_correction_wakes_what_the_number_kept_out(there: Bullhorn, desk: Desk) -> None:
    """Noor is met by her address, as soon as nobody else has her number."""
    give(desk.aisha)
    about(there, desk)
    poll()
    found = noor(desk, mail="noor@voorbeeld.nl")
    take_away(desk.aisha)
    poll()
    assert crm_id.whose(Crm.BULLHORN, [str(OTHER)]) == {str(OTHER): found.id}
    poll()
    assert (whose(), reason(), reason(Entity.CANDIDATE, OTHER)) == ([(found.id, str(NOTE))], "", "")


@pytest.mark.parametrize("by", [MINUTE, MONTH])
def test_what_it_brought_comes_off_and_goes_to_whoever_has_the_number(
    there: Bullhorn, desk: Desk, by: timedelta
) -> None:
    earned = believed(there, desk)
    assert last_contact(desk.aisha) == TUESDAY
    take_away(desk.aisha)
    later(by)
    assert (whose(), points(), last_contact(desk.aisha), reason()) == ([], 0, None, Reason.UNKNOWN_CANDIDATE)
    found = noor(desk)
    give(found)
    for _ in range(3):
        later(by + MINUTE)
    assert (whose(), points(), last_contact(found)) == ([(found.id, f"{NOTE}.1")], earned, TUESDAY)
    assert [undone for _, _, undone in logged()] == [True, False]


def test_and_back_when_it_was_theirs_after_all(there: Bullhorn, desk: Desk) -> None:
    earned = believed(there, desk)
    take_away(desk.aisha)
    later(MINUTE)
    give(desk.aisha)
    later(MONTH)
    assert (whose(), points()) == ([(desk.aisha.id, f"{NOTE}.1")], earned)


def test_a_slip_that_is_put_right_within_the_minute_changes_nothing(there: Bullhorn, desk: Desk) -> None:
    earned = believed(there, desk)
    take_away(desk.aisha)
    give(desk.aisha)
    assert (later(MINUTE), whose(), points()) == (0, [(desk.aisha.id, str(NOTE))], earned)


def test_a_number_that_is_given_to_another_at_once_takes_it_along(there: Bullhorn, desk: Desk) -> None:
    earned, found = believed(there, desk), noor(desk)
    take_away(desk.aisha)
    give(found)
    later(MINUTE)
    assert (whose(), points()) == ([(found.id, f"{NOTE}.1")], earned)


def removed(row: Candidate) -> None:
    take_away(row)


def deleted(row: Candidate) -> None:
    """By what knows nothing of Bullhorn, as the undoing of an import."""
    db.session.execute(delete(CrmId).where(CrmId.candidate_id == row.id, CrmId.number == str(OTHER)))


@pytest.mark.parametrize("go", [removed, deleted])
def test_however_it_was_taken_away_and_where_nobody_asks_any_more(
    there: Bullhorn, desk: Desk, app: Flask, go: Callable[[Candidate], None]
) -> None:
    believed(there, desk)
    go(desk.aisha)
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"bullhorn_username": ""})
    assert (poll(), whose(), points()) == (0, [], 0)


def test_what_somebody_here_took_back_is_brought_to_nobody(there: Bullhorn, desk: Desk) -> None:
    believed(there, desk)
    row = db.session.scalars(select(EngagementAction)).one()
    assert action.undo(make.person("Ada Admin", Role.ADMIN), row.id, TUESDAY)
    take_away(desk.aisha)
    give(noor(desk))
    there.tell("Note", NOTE, "UPDATED")
    for minutes in (1, 2):
        later(minutes * MINUTE)
    assert (logged(), points()) == ([("spoke", str(NOTE), True)], 0)


def test_what_was_deleted_there_meanwhile_comes_to_nobody(there: Bullhorn, desk: Desk) -> None:
    believed(there, desk)
    take_away(desk.aisha)
    there.remove("Note", NOTE)
    later(MINUTE)
    give(noor(desk))
    later(2 * MINUTE)
    assert (whose(), points(), reason()) == ([], 0, Reason.DELETED)


def test_a_number_that_moved_by_a_merge_keeps_what_it_brought(there: Bullhorn, desk: Desk) -> None:
    earned, found = believed(there, desk), noor(desk)
    by = make.person("Ada Admin", Role.ADMIN)
    merge.merge(found, db.session.get_one(Candidate, desk.aisha.id), {}, by, TUESDAY)
    later(MINUTE)
    assert (whose(), points()) == ([(found.id, str(NOTE))], earned)


def tell_of_job(there: Bullhorn, sort: str, *, whom: int = OTHER) -> None:
    status = "Interviewed" if sort == "JobSubmission" else "Approved"
    job = {"candidate": {"id": whom}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": status}
    there.put(sort, 61, **job, dateAdded=millis(TUESDAY), dateBegin=millis(TUESDAY + timedelta(days=7)))


def states(row: Candidate) -> list[ApplicationState]:
    theirs = select(Application.state).where(Application.candidate_id == row.id)
    return [ApplicationState(each) for each in db.session.scalars(theirs)]


def stage(row: Candidate) -> str:
    return str(db.session.get_one(Candidate, row.id, populate_existing=True).stage)


def promised(row: Candidate) -> int:
    return len(promise.due(row.id, TUESDAY + 36 * MONTH))


def placed(there: Bullhorn, desk: Desk) -> str:
    """Noor's submission and placement are Aisha's here; answers where she was in the journey before."""
    before = stage(desk.aisha)
    give(desk.aisha)
    for sort in ("JobSubmission", "Placement"):
        tell_of_job(there, sort)
        poll()
    assert states(desk.aisha) == [ApplicationState.PLACED]
    return before


def test_an_application_goes_with_the_number(there: Bullhorn, desk: Desk) -> None:
    before, found = placed(there, desk), noor(desk)
    assert stage(desk.aisha) != before
    take_away(desk.aisha)
    later(MINUTE)
    state = db.session.get_one(ContactState, desk.aisha.id, populate_existing=True)
    assert (states(desk.aisha), stage(desk.aisha), promised(desk.aisha)) == ([], before, 0)
    assert (state.application_state, state.promise_due_at) == (None, None)
    give(found)
    for _ in range(2):
        later(2 * MINUTE)
    assert (states(found), states(desk.aisha)) == ([ApplicationState.PLACED], [])
    assert promised(found) > 0


def test_what_people_here_told_of_it_stays_for_them_to_tell(there: Bullhorn, desk: Desk) -> None:
    placed(there, desk)
    row = db.session.scalars(select(Application)).one()
    deciding.move(row, ApplicationState.WITHDRAWN, desk.sanne, TUESDAY + MINUTE)
    take_away(desk.aisha)
    later(2 * MINUTE)
    assert states(desk.aisha) == [ApplicationState.WITHDRAWN]
    assert {reason(Entity(each), 61) for each in ("JobSubmission", "Placement")} == {Reason.UNKNOWN_CANDIDATE}


def test_their_own_submission_for_the_same_job_stands(there: Bullhorn, desk: Desk) -> None:
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": "Submitted"}
    there.put("JobSubmission", 62, **job, dateAdded=millis(TUESDAY))
    poll()
    placed(there, desk)
    take_away(desk.aisha)
    later(MINUTE)
    later(2 * MINUTE)
    assert states(desk.aisha) == [ApplicationState.IN_PROCEDURE]


def test_what_nobody_has_the_number_of_is_forgotten_but_not_that_it_counted(there: Bullhorn, desk: Desk) -> None:
    earned = believed(there, desk)
    take_away(desk.aisha)
    later(MINUTE)
    assert record.forget(TUESDAY + MONTH) == 0
    row = db.session.scalars(select(BullhornRecord).where(BullhornRecord.entity == Entity.NOTE)).one()
    assert (row.about, row.candidate_id, row.revision) == (None, None, 1)
    give(found := noor(desk))
    record.ask_again(WORTH_ANOTHER_TRY, TUESDAY)
    later(2 * MINUTE)
    assert (whose(), points()) == ([(found.id, f"{NOTE}.1")], earned)
