"""What Bullhorn has from before we listened is not taken for today's, however many change it at once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import account
from app.domain.actions.bullhorn.reason import TO_DECIDE, Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.candidates.candidate import Candidate
from app.domain.journey.application import Application, ApplicationState
from tests.fakes.bullhorn import USER, Bullhorn
from tests.jobs.bullhorn_desk import PERSON, apply, desk, millis, poll, reason, state, there
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
DAY = timedelta(days=1)
SUBMISSION, PLACEMENT = (Entity.SUBMISSION, 61), (Entity.PLACEMENT, 81)
pytestmark = pytest.mark.usefixtures("session")


def place(there: Bullhorn, start: datetime, end: datetime | None) -> None:
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": "Approved"}
    there.put("Placement", 81, **job, dateBegin=millis(start), dateEnd=millis(end) if end else None)
    poll()


def applications() -> list[ApplicationState]:
    return [ApplicationState(each) for each in db.session.scalars(select(Application.state))]


def test_a_submission_of_before_begins_nothing_however_often_it_changes(there: Bullhorn, desk: Desk) -> None:
    assert desk
    for status in ("Submitted", "Interviewed", "A status that nobody mapped"):
        apply(there, status, dateAdded=millis(TUESDAY - 400 * DAY))
        poll()
        assert (applications(), reason(*SUBMISSION)) == ([], Reason.BEFORE_US)
    assert Reason.BEFORE_US not in TO_DECIDE


def test_one_that_is_known_goes_on_however_old_it_is(there: Bullhorn, desk: Desk) -> None:
    assert desk
    apply(there, "Submitted", dateAdded=millis(TUESDAY))
    poll()
    with time_machine.travel(TUESDAY + 100 * DAY, tick=False):
        there.subscription = "forgotten"
        poll()
    with time_machine.travel(TUESDAY + 101 * DAY, tick=False):
        poll()
        assert account.listening_since() == TUESDAY
        assert account.of(USER).subscribed_at == TUESDAY + 101 * DAY
        apply(there, "Interviewed")
        poll()
    assert state() == ApplicationState.INTERVIEWED


def test_clocks_may_differ(there: Bullhorn, desk: Desk) -> None:
    assert desk
    apply(there, "Submitted", dateAdded=millis(TUESDAY - timedelta(minutes=50)))
    poll()
    assert applications() == [ApplicationState.IN_PROCEDURE]


@pytest.mark.parametrize(
    ("end", "became"),
    [
        (TUESDAY - 2_000 * DAY, []),
        (TUESDAY - DAY, []),
        (TUESDAY, [ApplicationState.PLACED]),
        (None, [ApplicationState.PLACED]),
    ],
)
def test_a_placement_that_is_over_places_nobody_today(
    there: Bullhorn, desk: Desk, end: datetime | None, became: list[ApplicationState]
) -> None:
    stage = desk.aisha.stage
    place(there, TUESDAY - 2_400 * DAY, end)
    assert applications() == became
    assert (reason(*PLACEMENT) == Reason.BEFORE_US) == (not became)
    now = db.session.get_one(Candidate, desk.aisha.id, populate_existing=True).stage
    assert (now == stage) == (not became)


def test_one_that_ends_sooner_than_was_told_stays_placed(there: Bullhorn, desk: Desk) -> None:
    assert desk
    place(there, TUESDAY, TUESDAY + 100 * DAY)
    with time_machine.travel(TUESDAY + 20 * DAY, tick=False):
        place(there, TUESDAY, TUESDAY + 10 * DAY)
    row = db.session.scalars(select(Application)).one()
    assert (row.state, row.ends_on, reason(*PLACEMENT)) == (
        ApplicationState.PLACED,
        (TUESDAY + 10 * DAY).date(),
        "",
    )
