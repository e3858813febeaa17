"""Notes in Bullhorn that count later: their moment is still to come, a clock was wrong, or a name was passed over."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import meaning, notes, record
from app.domain.actions.bullhorn.reason import FOR_A_MEANING, FOR_ANOTHER_MEANING, WORTH_ANOTHER_TRY, Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from tests.jobs.bullhorn_desk import PERSON, known_desk
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["known_desk"]
NUMBER = 9001
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("session")


def tell(desk: Desk, at: datetime, name: str = "Outbound Call", now: datetime = TUESDAY) -> str:
    """Bullhorn tells of a note; answers why it became nothing."""
    notes.settle(Note(NUMBER, name, PERSON, desk.sanne.email or "", at), NUMBER, now)
    return db.session.scalars(select(BullhornRecord)).one().reason


def logged() -> list[str]:
    return list(db.session.scalars(select(EngagementAction.outcome)))


def test_what_is_yet_to_happen_by_our_clock_counts_when_it_has(desk: Desk) -> None:
    at = TUESDAY + 20 * MINUTE
    assert tell(desk, at) == Reason.IN_THE_FUTURE
    assert (record.asked_again(at - MINUTE), record.asked_again(at)) == ([], [(Entity.NOTE, NUMBER)])
    assert (tell(desk, at, now=at), logged(), record.asked_again(at + DAY)) == ("", ["spoke"], [])


def test_what_lies_further_ahead_than_we_tell_of_is_not_waited_for(desk: Desk) -> None:
    assert tell(desk, datetime.max.replace(tzinfo=TUESDAY.tzinfo)) == Reason.IN_THE_FUTURE
    assert record.asked_again(TUESDAY + 4_000 * DAY) == []


@pytest.mark.parametrize(("away", "why"), [(-8 * DAY, Reason.TOO_OLD), (DAY, Reason.IN_THE_FUTURE)])
def test_what_a_wrong_clock_of_ours_refused_may_be_tried_again(desk: Desk, away: timedelta, why: Reason) -> None:
    assert tell(desk, TUESDAY + away) == why
    assert record.ask_again(WORTH_ANOTHER_TRY, TUESDAY) == 1
    assert record.asked_again(TUESDAY) == [(Entity.NOTE, NUMBER)]


def test_what_was_passed_over_counts_once_it_means_something(desk: Desk) -> None:
    meaning.map_to(Entity.NOTE, "Kopje koffie", None, TUESDAY)
    assert tell(desk, TUESDAY, "Kopje koffie") == Reason.PASSED
    meaning.map_to(Entity.NOTE, "Kopje koffie", Outcome.SPOKE, TUESDAY)
    named = Entity.NOTE, "Kopje koffie"
    waiting = [record.ask_again(why, TUESDAY, named) for why in (FOR_A_MEANING, FOR_ANOTHER_MEANING)]
    assert (waiting, tell(desk, TUESDAY, "Kopje koffie"), logged()) == ([0, 1], "", ["spoke"])
