"""The regular mails from plan to letter: a lead's, the sponsor's, and the warning that data end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.notices import notice
from app.domain.notices.outbox import OutboxRow
from app.domain.program import absence
from app.domain.program.program import Program
from app.mail import Envelope, Mail
from jobs import due_letters, letters
from jobs.unsent import Skip
from tests import make
from tests.people import People, make_people

MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
APRIL = datetime(2026, 4, 1, 7, tzinfo=UTC)


@pytest.fixture
def people(session: None) -> People:
    found = make_people()
    for person in (found.lead, found.ines, found.ada, found.sanne):
        person.password_hash = "x"
    them = make.candidate("Pieter Hoekstra", owner=found.sanne, stage=Stage.NURTURE, at=make.START)
    them.keep_until = TUESDAY + timedelta(days=9)
    db.session.commit()
    return found


def letter(kind: str, to: Person, now: datetime) -> tuple[Mail, Envelope]:
    """Plan what is due, and write the one of this kind to this person."""
    due_letters.regular("test", now)
    mine = OutboxRow.kind == kind, OutboxRow.recipient == f"person:{to.id}"
    made = letters.compose(db.session.scalars(select(OutboxRow).where(*mine)).one(), now)
    assert isinstance(made, tuple), made
    return made


def test_a_lead_reads_of_the_team(people: People) -> None:
    mail, envelope = letter("lead_week", people.lead, MONDAY)
    assert mail.subject == "Zwolle: 0 van de 3 hielden hun opvolgmoment"
    assert "Bram Jansen: 0 van de 5 acties" in mail.text
    assert "Pieter Hoekstra: nooit; ingeschreven 63 dagen geleden · Sanne de Vries" in mail.text
    assert envelope.unsubscribe_url


def test_the_sponsor_reads_three_lines(people: People) -> None:
    mail, envelope = letter("sponsor_week", people.ines, MONDAY)
    assert mail.subject == "Nog niet, er is nog geen actie vastgelegd; 1 kandidaat wacht te lang op ons"
    assert "Te doen: 1 kandidaat wacht te lang op contact." in mail.text
    assert envelope.unsubscribe_url


def test_the_sponsor_and_administrators_read_of_the_month_in_their_language(people: People) -> None:
    people.ada.language = "en"
    db.session.commit()
    assert letter("sponsor_month", people.ines, APRIL)[0].subject == "Vaste Band in maart 2026"
    mail, envelope = letter("sponsor_month", people.ada, APRIL)
    assert mail.subject == "Vaste Band in March 2026"
    assert "* Taking part: 0% (the same)" in mail.text
    assert envelope.unsubscribe_url


def test_an_owner_is_warned(people: People) -> None:
    mail, envelope = letter("retention", people.sanne, TUESDAY)
    assert mail.subject == "De gegevens van Pieter Hoekstra verlopen op 19 maart"
    assert "Bewaard tot 19 maart." in mail.text
    assert envelope.unsubscribe_url
    assert notice.unread(f"person:{people.sanne.id}") == 1


def test_what_is_no_longer_so_is_not_sent(people: People) -> None:
    due_letters.regular("test", TUESDAY)
    people.lead.team_id = None
    for them in db.session.scalars(select(Candidate)):
        them.keep_until = None
    found = {row.kind: letters.compose(row, TUESDAY) for row in db.session.scalars(select(OutboxRow))}
    assert found["lead_week"] == Skip("they lead no team")
    assert found["retention"] == Skip("nobody's data end soon")


def test_each_is_planned_once(people: People) -> None:
    saturday = MONDAY - timedelta(days=2)
    assert [due_letters.regular("test", at) for at in (MONDAY, MONDAY, saturday)] == [4, 0, 0]
    assert db.session.scalars(select(OutboxRow.kind).order_by(OutboxRow.kind)).all() == [
        "lead_week",
        *["sponsor_month"] * 2,
        "sponsor_week",
    ]


def test_on_leave_it_waits(people: People) -> None:
    due_letters.regular("test", MONDAY)
    absence.record(people.lead.id, MONDAY.date(), MONDAY.date(), by_id=None, now=MONDAY)
    row = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "lead_week")).one()
    assert not isinstance(letters.compose(row, MONDAY), tuple)


def test_before_setup_nothing_is_planned(session: None) -> None:
    assert due_letters.regular("test", MONDAY) == 0


def in_mode(mode: str, people: People) -> str:
    """What the lead of a team of five reads."""
    for number in range(2):
        make.person(f"Persoon{number} Bos").team_id = people.lead.team_id
    db.session.scalars(select(Program)).one().board_mode = mode
    db.session.commit()
    return letter("lead_week", people.lead, MONDAY)[0].text


def test_where_people_are_not_compared_by_name_the_team_is_told_of_as_a_whole(people: People) -> None:
    text = in_mode("off", people)
    assert "Zwolle: 0 van de 5 hielden hun opvolgmoment" in text
    assert "Het programma vergelijkt mensen niet bij naam" in text
    assert "Bram" not in text


def test_where_all_were_closed_it_says_so(people: People) -> None:
    absence.record(None, MONDAY.date() - timedelta(days=7), MONDAY.date() - timedelta(days=1), by_id=None, now=MONDAY)
    assert "Vorige week had niemand van je team een opvolgmoment." in in_mode("names", people)


def test_before_a_month_is_over_there_is_none_to_write(people: People) -> None:
    row = OutboxRow(
        kind="sponsor_month", recipient=f"person:{people.ines.id}", period="", payload={}, message_id="1",
        due_at=MONDAY, not_after=MONDAY, next_try_at=MONDAY,
    )  # fmt: skip
    db.session.scalars(select(Program)).one().started_on = MONDAY.date()
    batch = letters.Batch([row], MONDAY)
    assert letters.WRITERS["sponsor_month"](row, people.ines, batch) == Skip("there is nothing to tell yet")
