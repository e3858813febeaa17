"""The mails about competitions: in both languages, in working hours, and only as far as they still are so."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game.competing import finalising, taking_part
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.notices import preference
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail
from jobs import due_letters, letters
from jobs.unsent import Later, Skip
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, GRACE_OVER, Arena
from tests.domain.game.competing.test_announcing import at

pytestmark = pytest.mark.usefixtures("session")


def goal(here: Arena) -> Competition:
    """A team goal that is reached with 240 of 200 points."""
    taart = PrizePlan(PrizeKind.TEAM, "Taart voor iedereen")
    row = here.publish(Format.TEAM_GOAL, goal=200, prizes=[taart], name="Samen naar 200")
    here.scene.earn(240, source_id=1)
    return row


def row_of(here: Arena, now: datetime) -> OutboxRow:
    db.session.commit()
    assert due_letters.competitions("test", now) == 5
    mine = select(OutboxRow).where(OutboxRow.recipient == f"person:{here.scene.person_id}")
    return db.session.scalars(mine.order_by(OutboxRow.id.desc())).first() or pytest.fail("none was planned")


def letter(here: Arena, now: datetime, language: str = "nl") -> tuple[Mail, Envelope]:
    here.scene.people.sanne.language = language
    made = letters.compose(row_of(here, now), now)
    assert isinstance(made, tuple)
    return made


def test_it_starts() -> None:
    here = arena.start()
    row = goal(here)
    mail, envelope = letter(here, at(16))
    assert mail.subject == "Vaste Band: Samen naar 200 begint"
    assert "De wedstrijd loopt van maandag 16 november tot en met vrijdag 20 november." in mail.text
    assert f"/contests/{row.id}" in mail.text
    assert f"/contests/{row.id}" in mail.html
    assert envelope.unsubscribe_url


def test_halfway_and_on_the_last_day_it_says_how_it_stands() -> None:
    here = arena.start()
    goal(here)
    half, last = letter(here, at(18))[0], letter(here, at(20), "en")[0]
    assert "Samen 240 van 200 punten." in half.text
    assert "Nog 3 dagen, tot en met vrijdag 20 november." in half.text
    assert last.subject == "Vaste Band: the last day of Samen naar 200"
    assert "What you do until midnight counts." in last.text


def test_the_provisional_result_says_until_when_one_can_object() -> None:
    here = arena.start()
    row = goal(here)
    assert finalising.review(row, GRACE_OVER)
    text = letter(here, GRACE_OVER)[0].text
    assert "Bezwaar maken kan tot woensdag 25 november om 12:00." in text


def test_the_final_one_says_what_was_won() -> None:
    here = arena.start()
    here.finish(goal(here))
    mail = letter(here, FINAL)[0]
    assert mail.subject == "Vaste Band: de uitslag van Samen naar 200 is definitief"
    assert "Je hebt gewonnen: Taart voor iedereen. Gefeliciteerd!" in mail.text


def test_who_was_asked_may_take_part() -> None:
    here = arena.start()
    here.publish(by_choice=True)
    assert "Wedstrijd bekijken en meedoen" in letter(here, at(16))[0].html


def test_it_does_not_go_to_who_left_it_or_wants_no_mail_nor_when_it_was_cancelled() -> None:
    here = arena.start()
    competition, sanne = goal(here), here.scene.people.sanne
    row = row_of(here, at(16))
    taking_part.decline(competition, sanne, at(16))
    assert letters.compose(row, at(16)) == Skip("it is no longer so, or they take part no more")
    taking_part.join(competition, sanne, at(16))
    competition.cancelled_at = at(16)
    assert isinstance(letters.compose(row, at(16)), Skip)
    competition.cancelled_at = None
    preference.unsubscribe(row.recipient, row.kind, at(16))
    assert letters.compose(row, at(16)) == Skip("unsubscribed")


def test_outside_working_hours_it_waits() -> None:
    here = arena.start()
    goal(here)
    assert isinstance(letters.compose(row_of(here, at(16)), at(16, 22)), Later)


def test_before_setup_there_is_nothing_to_plan() -> None:
    assert due_letters.competitions("test", BEFORE - timedelta(days=1)) == 0
