"""The mail of the pulse: to whom it goes and when, and that it tells nobody who answered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.notices import preference
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight import pulse_answer, pulse_opening
from app.domain.oversight.pulse import Pulse, Question
from app.domain.program import absence
from app.domain.program.program import Program
from app.mail import Envelope, Mail
from jobs import due_letters, letters
from jobs.unsent import Skip
from tests import make
from tests.people import People, make_people

WEDNESDAY = datetime(2026, 11, 4, 7, tzinfo=UTC)
"""An hour before nine where the agency is."""
NINE = WEDNESDAY + timedelta(hours=1)
TODAY = WEDNESDAY.date()


@pytest.fixture
def people(session: None) -> People:
    found = make_people()
    for person in db.session.scalars(select(Person)):
        person.password_hash = "x"
    db.session.scalars(select(Program)).one().started_on = make.START.date()
    db.session.commit()
    return found


def opened() -> Pulse:
    row = pulse_opening.open_one(WEDNESDAY)
    assert row is not None
    db.session.commit()
    return row


def planned(now: datetime) -> dict[str, OutboxRow]:
    due_letters.regular("test", now)
    rows = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "pulse")).all()
    return {row.recipient: row for row in rows}


def written(person: Person, now: datetime = NINE) -> tuple[Mail, Envelope] | Skip:
    made = letters.compose(planned(now)[f"person:{person.id}"], now)
    assert isinstance(made, tuple | Skip)
    return made


def test_everybody_who_is_asked_gets_it_at_nine_and_once(people: People) -> None:
    row = opened()
    assert planned(WEDNESDAY) == {}
    program = db.session.scalars(select(Program)).one()
    asked = {f"person:{each.id}" for each in pulse_opening.asked(program)}
    assert len(asked) == row.invited
    assert set(planned(NINE)) == asked == set(planned(NINE + timedelta(days=6)))
    assert f"person:{people.ines.id}" not in asked


def test_it_says_until_when_and_leads_to_the_questions(people: People) -> None:
    opened()
    people.ada.language = "en"
    db.session.commit()
    made = written(people.sanne)
    assert isinstance(made, tuple)
    mail, envelope = made
    assert mail.subject == "Vier korte vragen over Vaste Band"
    assert "tot en met woensdag 18 november" in mail.text
    assert "/sponsor/pulse" in mail.text
    assert envelope.unsubscribe_url
    english = written(people.ada)
    assert isinstance(english, tuple)
    assert english[0].subject == "Four short questions about Vaste Band"


def test_whoever_answered_gets_the_same_as_whoever_did_not(people: People) -> None:
    row = opened()
    pulse_answer.give(row, people.sanne, {Question.HELP: "4"}, today=TODAY, now=WEDNESDAY)
    db.session.commit()
    mine, other = written(people.sanne), written(people.bram)
    assert isinstance(mine, tuple)
    assert isinstance(other, tuple)
    assert (mine[0].subject, mine[0].text.splitlines()[:11]) == (other[0].subject, other[0].text.splitlines()[:11])


def test_on_leave_it_waits_for_the_first_day_at_work(people: People) -> None:
    opened()
    absence.record(people.sanne.id, TODAY, TODAY, by_id=None, now=WEDNESDAY)
    db.session.commit()
    mine = f"person:{people.sanne.id}"
    assert mine not in planned(NINE)
    assert mine in planned(NINE + timedelta(days=1))


def test_a_no_to_it_a_farewell_and_its_end_are_heeded(people: People) -> None:
    row = opened()
    planned(NINE)
    preference.unsubscribe(f"person:{people.sanne.id}", "pulse", NINE)
    people.bram.deactivated_at = NINE
    db.session.commit()
    assert written(people.sanne) == Skip("unsubscribed")
    assert written(people.bram) == Skip("the recipient has left")
    row.closes_on = TODAY - timedelta(days=1)
    db.session.commit()
    assert written(people.lead) == Skip("it is over")


def test_whoever_is_the_sponsor_by_now_is_not_asked(people: People) -> None:
    opened()
    planned(NINE)
    db.session.scalars(select(Program)).one().sponsor_id = people.lead.id
    db.session.commit()
    assert written(people.lead) == Skip("it is over")
