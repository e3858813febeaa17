"""Submissions and placements in Bullhorn: they move an application on, never back, and never over what people told."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import deciding, promise, taking_back
from app.domain.actions.bullhorn import applications, meaning, record
from app.domain.actions.bullhorn.preset import PLACEMENTS, SUBMISSIONS, Step
from app.domain.actions.bullhorn.reason import FOR_A_MEANING, Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Placement, Submission
from app.domain.agency.person import Role
from app.domain.journey.application import Application, ApplicationState
from tests import make
from tests.jobs.bullhorn_desk import PERSON, known_desk
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["known_desk"]
JOB, NUMBER = 31, 61
DAY = timedelta(days=1)
STARTS = date(2026, 3, 16)
pytestmark = pytest.mark.usefixtures("session")


def submit(status: str, now: datetime = TUESDAY, **more: object) -> str:
    """Bullhorn tells of a submission; answers why it became nothing."""
    facts = {"about": PERSON, "job": JOB, "title": "Heftruckchauffeur", "author": ""}
    told = Submission(number=NUMBER, status=status, **facts | more)  # type: ignore[arg-type] # as told
    applications.settle_submission(told, NUMBER, now)
    return reason(Entity.SUBMISSION, NUMBER)


def place(
    status: str = "Approved", number: int = 81, starts_on: date | None = STARTS, ends_on: date | None = None
) -> str:
    told = Placement(number, status, PERSON, JOB, "Heftruckchauffeur", "", starts_on, ends_on)
    applications.settle_placement(told, number, TUESDAY)
    return reason(Entity.PLACEMENT, number)


def drop(number: int = 81) -> str:
    """Bullhorn has the placement no more."""
    applications.settle_placement(None, number, TUESDAY)
    return reason(Entity.PLACEMENT, number)


def reason(entity: Entity, number: int) -> str:
    row = select(BullhornRecord).where(BullhornRecord.entity == entity, BullhornRecord.number == number)
    return db.session.scalars(row).one().reason


def application() -> Application:
    return db.session.scalars(select(Application).execution_options(populate_existing=True)).one()


def state() -> str:
    return application().state


def planned() -> int:
    return len(promise.planned_of([application().id]))


@pytest.mark.parametrize(
    ("status", "to"),
    [
        ("Interview Scheduled", ApplicationState.IN_PROCEDURE),
        ("gesprek  GEPLAND", ApplicationState.IN_PROCEDURE),
        ("Interviewed", ApplicationState.INTERVIEWED),
        ("Client Rejected", ApplicationState.REJECTED),
        ("Afgewezen", ApplicationState.REJECTED),
        ("Offer Declined", ApplicationState.WITHDRAWN),
        ("Candidate Withdrew", ApplicationState.WITHDRAWN),
    ],
)
def test_what_can_mean_one_thing_only_is_known(desk: Desk, status: str, to: ApplicationState) -> None:
    assert desk.aisha.owner_id  # nobody is told as its author: then it is told by whoever looks after them
    assert (submit(status), state()) == ("", to)


def test_an_interview_that_is_planned_owes_nobody_word(desk: Desk) -> None:
    submit("Interview Scheduled")
    assert desk.aisha.id
    assert application().state_at == TUESDAY
    assert state() != ApplicationState.INTERVIEWED


@pytest.mark.parametrize("status", ["New Lead", "Declined", "Kandidaat gebeld", "", "Interview"])
def test_what_nobody_said_waits(desk: Desk, status: str) -> None:
    assert desk
    assert (submit(status), db.session.scalars(select(Application)).all()) == (Reason.UNMAPPED, [])
    waiting = record.named(Reason.UNMAPPED)
    assert [(each.entity, each.name, each.times) for each in waiting] == [(Entity.SUBMISSION, status, 1)]


def test_what_waits_goes_on_once_somebody_says_what_it_is(desk: Desk) -> None:
    assert desk
    submit("Één-op-één gehad")
    meaning.map_to(Entity.SUBMISSION, "ÉÉN-OP-ÉÉN  gehad", Step.INTERVIEWED, TUESDAY)
    named = Entity.SUBMISSION, "E\u0301e\u0301n-op-e\u0301e\u0301n gehad"
    assert record.ask_again(FOR_A_MEANING, TUESDAY, (Entity.NOTE, named[1])) == 0
    assert record.ask_again(FOR_A_MEANING, TUESDAY, named) == 1
    assert (submit("Één-op-één gehad"), state()) == ("", ApplicationState.INTERVIEWED)


def test_the_agencys_word_comes_first(desk: Desk) -> None:
    assert desk
    meaning.map_to(Entity.SUBMISSION, "submitted", None, TUESDAY)
    assert (submit("Submitted"), meaning.one(Entity.SUBMISSION, "Client Submission")) == (
        Reason.PASSED,
        (Step.IN_PROCEDURE,),
    )


@pytest.mark.parametrize("status", ["Offer Extended", "Submitted", "Aanbod gedaan"])
def test_who_was_interviewed_stays_so(desk: Desk, status: str) -> None:
    assert desk
    submit("Interviewed")
    assert (submit(status), state()) == ("", ApplicationState.INTERVIEWED)


@pytest.mark.parametrize("to", [ApplicationState.REJECTED, ApplicationState.WITHDRAWN])
def test_what_ended_here_begins_anew_when_people_tell_it(desk: Desk, to: ApplicationState) -> None:
    submit("Submitted")
    deciding.move(application(), to, desk.sanne, TUESDAY)
    assert (submit("Interview Scheduled"), state()) == (Reason.TOLD_HERE, to)
    deciding.move(application(), ApplicationState.IN_PROCEDURE, desk.sanne, TUESDAY)
    assert (submit("Interview Scheduled"), state()) == ("", ApplicationState.IN_PROCEDURE)


def test_a_job_that_has_another_title_overrules_nobody(desk: Desk) -> None:
    submit("Submitted")
    submit("Interviewed")
    deciding.move(application(), ApplicationState.IN_PROCEDURE, desk.sanne, TUESDAY)
    assert submit("Interviewed", title="Reachtruckchauffeur", author="somebody@elders.nl") == ""
    assert state() == ApplicationState.IN_PROCEDURE


def test_what_somebody_here_took_back_stays_so(desk: Desk) -> None:
    submit("Submitted")
    ada = make.person("Ada Admin", Role.ADMIN)
    assert taking_back.undo(application(), ada, TUESDAY)
    assert (submit("Interviewed"), db.session.scalars(select(Application)).all()) == (Reason.TOLD_HERE, [])
    assert desk


def test_a_submission_says_nothing_of_who_is_placed(desk: Desk) -> None:
    assert desk
    place()
    assert (submit("Client Rejected"), state()) == ("", ApplicationState.PLACED)
    assert submit("Placed") == Reason.PASSED


@pytest.mark.parametrize("end", ["Cancelled", "geannuleerd", "Terminated", None])
def test_a_placement_that_falls_through_is_told_and_nobody_checks_in(desk: Desk, end: str | None) -> None:
    assert (place(), planned() > 0) == ("", True)
    assert (place(end) if end else drop()) == Reason.CALLED_OFF
    assert (state(), planned()) == (ApplicationState.PLACED, 0)
    deciding.move(application(), ApplicationState.WITHDRAWN, desk.sanne, TUESDAY)
    assert (place(end) if end else drop()) == (Reason.PASSED if end else Reason.DELETED)


def test_a_placement_that_is_approved_again_has_its_check_ins_again(desk: Desk) -> None:
    assert desk
    place()
    before = planned()
    place("Cancelled")
    assert (place(), planned()) == ("", before)


def test_a_placement_that_fell_through_before_touches_no_later_one(desk: Desk) -> None:
    place()
    place("Cancelled")
    deciding.place(application(), STARTS + DAY, None, desk.sanne, TUESDAY)
    before = planned()
    place("Cancelled", starts_on=STARTS + 3 * DAY)
    assert planned() == before > 0


def test_a_placement_that_was_extended_stands_by_the_newer_record(desk: Desk) -> None:
    assert desk
    place()
    place(number=82, starts_on=STARTS + 90 * DAY)
    assert (drop(81), state(), planned() > 0) == (Reason.DELETED, ApplicationState.PLACED, True)


def test_a_placement_that_nobody_here_was_placed_by_ends_nothing(desk: Desk) -> None:
    submit("Interviewed")
    deciding.place(application(), STARTS, None, desk.sanne, TUESDAY)
    assert (place("Cancelled"), drop(83), planned() > 0) == (Reason.PASSED, Reason.DELETED, True)


def test_whom_somebody_here_told_otherwise_is_not_placed_again(desk: Desk) -> None:
    place()
    deciding.move(application(), ApplicationState.WITHDRAWN, desk.sanne, TUESDAY)
    assert (place(ends_on=STARTS + 90 * DAY), state()) == (Reason.TOLD_HERE, ApplicationState.WITHDRAWN)


def test_other_days_are_promised_anew_and_the_same_are_left_alone(desk: Desk) -> None:
    assert desk
    place()
    first = {one.id for one in promise.planned_of([application().id])}
    place()
    assert {one.id for one in promise.planned_of([application().id])} == first
    place(starts_on=STARTS + 7 * DAY)
    assert application().starts_on == STARTS + 7 * DAY


@pytest.mark.parametrize("status", ["Submitted", "Rejected", "Re-Submitted"])
def test_what_approval_means_is_for_each_agency_to_say(desk: Desk, status: str) -> None:
    assert desk
    assert place(status) == Reason.UNMAPPED
    meaning.map_to(Entity.PLACEMENT, status, Step.PLACED, TUESDAY)
    assert (place(status), state()) == ("", ApplicationState.PLACED)


def test_a_placement_that_ended_as_planned_stays_what_it_was(desk: Desk) -> None:
    assert desk
    place(ends_on=STARTS + 90 * DAY)
    ended = TUESDAY.date() - DAY
    assert (place("Completed", starts_on=STARTS - 90 * DAY, ends_on=ended), planned()) == ("", 0)
    assert state() == ApplicationState.PLACED


def test_what_fell_through_is_remembered_for_as_long_as_it_says_something(desk: Desk) -> None:
    assert desk
    place()
    place("Cancelled")
    place("Submitted", number=83)
    assert record.forget(TUESDAY + DAY) == 1
    assert reason(Entity.PLACEMENT, 81) == Reason.CALLED_OFF


def test_a_placement_without_a_first_day_places_nobody(desk: Desk) -> None:
    assert desk
    assert (place(starts_on=None), db.session.scalars(select(Application)).all()) == (Reason.NO_START, [])


def test_an_address_that_nobody_here_has_is_said(desk: Desk) -> None:
    desk.aisha.owner_id = None
    db.session.flush()
    assert submit("Submitted", author="weg@elders.nl") == Reason.UNKNOWN_RECRUITER


def test_who_is_nobody_here_is_of_nobody(desk: Desk) -> None:
    assert desk
    assert submit("Submitted", about=999) == Reason.UNKNOWN_CANDIDATE
    assert db.session.scalars(select(BullhornRecord.candidate_id)).one() is None


def test_no_name_is_preset_twice() -> None:
    for names in (SUBMISSIONS, PLACEMENTS):
        folded = [record.folded(label) for labels in names.values() for label in labels]
        assert len(folded) == len(set(folded))
