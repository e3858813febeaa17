"""What is told of notes of Bullhorn's, also when they go again: to other software, on the wall, to who is at work."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import db
from app.domain.actions import action, moment
from app.domain.actions.bullhorn import bringing, notes
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.moment import Moment
from app.domain.actions.outcome import Outcome
from app.domain.game import wall
from app.domain.notices import webhook
from app.domain.notices.webhook import CHOOSABLE
from app.domain.notices.webhook_event import WebhookDelivery
from app.domain.program.program import the_program
from tests import make
from tests.jobs.bullhorn_desk import NOTE, PERSON, known_desk
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["known_desk"]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture(autouse=True)
def now(session: None) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        webhook.add("ATS", "https://ats.example.com/in", CHOOSABLE, make.START)
        yield


def note(desk: Desk, number: int = NOTE, *, name: str = "Outbound Call", at: datetime = TUESDAY) -> Note:
    return Note(number, name, PERSON, desk.sanne.email or "", at)


def tell(told: Note, now: datetime = TUESDAY, *, deleted: bool = False) -> None:
    notes.settle(told._replace(deleted=deleted), told.number, now)


def bring(told: Note) -> None:
    """By a file."""
    log = bringing.begin(TUESDAY, lambda _holders, _after: {})
    assert log
    assert bringing.take_in(bringing.decide([told], log), log).recorded == 1


def heard() -> list[str]:
    """By other software, in order."""
    rows = select(WebhookDelivery.kind).where(WebhookDelivery.state == "pending").order_by(WebhookDelivery.id)
    return list(db.session.scalars(rows))


def shown() -> list[datetime]:
    """When what stands on the wall was done, from above."""
    program = the_program()
    assert program
    return [each.at for each in wall.last_actions(program.id, TUESDAY.date())]


def found(desk: Desk) -> Moment | None:
    program = the_program()
    assert program
    return moment.of_last_action(program, desk.sanne, TUESDAY + timedelta(seconds=1))


def log(desk: Desk, times: int = 1) -> None:
    """On the page, of others each time."""
    for _ in range(times):
        other = make.candidate(owner=desk.sanne)
        action.log(desk.sanne, other, Outcome.SPOKE, at=TUESDAY, now=TUESDAY)


def test_what_bullhorn_tells_and_takes_back_is_told(desk: Desk) -> None:
    tell(note(desk))
    assert heard() == ["action.logged"]
    tell(note(desk), deleted=True)
    assert heard() == ["action.taken_back"]


@pytest.mark.parametrize("ago", [timedelta(), timedelta(days=21)])
def test_what_a_file_brought_is_no_news_nor_that_it_goes(desk: Desk, ago: timedelta) -> None:
    bring(note(desk, at=TUESDAY - ago))
    assert (heard(), shown()) == ([], [])
    tell(note(desk, at=TUESDAY - ago), deleted=True)
    assert (heard(), shown()) == ([], [])


def test_what_a_file_brought_and_changes_there_is_told_once_as_what_it_is_now(desk: Desk) -> None:
    bring(note(desk))
    tell(note(desk, name="Left Message"))
    assert heard() == ["action.logged"]


def test_what_was_corrected_stands_on_the_wall_where_it_was_done(desk: Desk) -> None:
    tell(note(desk, at=TUESDAY - HOUR))
    tell(note(desk, NOTE + 1, name="Left Message", at=TUESDAY - MINUTE))
    tell(note(desk, name="Email", at=TUESDAY - HOUR), TUESDAY)
    assert shown() == [TUESDAY - MINUTE, TUESDAY - HOUR]
    tell(note(desk, name="Email", at=TUESDAY - HOUR), deleted=True)
    assert shown() == [TUESDAY - MINUTE]


def test_a_note_that_comes_in_is_no_moment_of_who_is_at_work_here(desk: Desk) -> None:
    log(desk, 9)
    tell(note(desk))
    assert found(desk) is None


def test_nor_does_a_correction_there_spoil_one(desk: Desk) -> None:
    log(desk, 8)
    tell(note(desk))
    tell(note(desk, name="Left Message"))
    tell(note(desk, name="Email"))
    log(desk)
    assert found(desk) == Moment("tenth", 10)


def test_nor_one_that_is_taken_back_there(desk: Desk) -> None:
    log(desk, 8)
    tell(note(desk))
    tell(note(desk), deleted=True)
    log(desk)
    assert found(desk) == Moment("tenth", 10)
    log(desk)
    assert found(desk) is None
