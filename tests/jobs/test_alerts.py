"""Alerts on their way: within minutes in working hours, three a day by themselves, and together after that."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import consenting, contact_flags, identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.notices.alert import Alert, AlertKind
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail, read_unsubscribe
from jobs import letters
from jobs.unsent import Later
from tests import make
from tests.jobs.desk import HOUR, MINUTE, TUESDAY, Desk, make_desk, plan, tell


@pytest.fixture
def desk(session: None) -> Desk:
    return make_desk()


def read(row: OutboxRow, now: datetime) -> tuple[Mail, Envelope]:
    letter = letters.compose(row, now)
    assert isinstance(letter, tuple), letter
    return letter


def test_one_that_only_a_later_version_knows_keeps_nobody_waiting(desk: Desk) -> None:
    tell(desk.aisha)
    told = db.session.scalars(select(Alert)).one()
    facts: dict[str, Any] = dict.fromkeys(("raised_at", "due_at"), TUESDAY)
    db.session.add(Alert(kind="of_tomorrow", recipient="person:1", period="1", about=told.about, facts={}, **facts))
    assert len(plan(TUESDAY + MINUTE)) == 1


@pytest.mark.parametrize(
    ("kind", "subject", "says"),
    [
        (AlertKind.RECOVERY, "Er ging iets mis bij Aisha El Amrani", "Maak het uiterlijk morgen goed."),
        (AlertKind.REPLY, "Aisha El Amrani heeft gereageerd", "Het bericht kwam vandaag om 10:42 binnen."),
        (
            AlertKind.UNFINISHED_APPLICATION,
            "Aisha El Amrani stopte halverwege een sollicitatie",
            "Het ging om Heftruckchauffeur in Zwolle.",
        ),
        (
            AlertKind.KEEPS_COMING_BACK,
            "Aisha El Amrani komt vaak kijken",
            "Was op 3 van de afgelopen 7 dagen op jullie website.",
        ),
        (AlertKind.FAN, "Aisha El Amrani is fan geworden", "Fan door: formulier ingevuld gisteren."),
    ],
)
def test_one_mail_says_why_now(desk: Desk, kind: AlertKind, subject: str, says: str) -> None:
    contact_flags.fan(desk.aisha.id, TUESDAY)
    contact_flags.recovering(desk.aisha.id, TUESDAY)
    tell(desk.aisha, kind)
    mail, envelope = read(plan(TUESDAY + MINUTE)[0], TUESDAY + 2 * MINUTE)
    assert (mail.subject, envelope.to) == (subject, "sanne@voorbeeld.nl")
    assert says in mail.text
    assert says in mail.html
    assert f"/candidates/{desk.aisha.id}" in mail.html


def test_it_waits_for_the_working_day(desk: Desk) -> None:
    friday_night = datetime(2026, 3, 6, 19, 30, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)
    tell(desk.aisha, now=friday_night)
    assert plan(friday_night + MINUTE) == []
    assert len(plan(monday)) == 1


def test_a_mail_that_was_held_up_waits_for_the_morning(desk: Desk) -> None:
    tell(desk.aisha)
    (row,) = plan(TUESDAY)
    assert letters.compose(row, TUESDAY + 10 * HOUR) == Later(datetime(2026, 3, 4, 8, tzinfo=UTC))


def test_the_same_is_told_once(desk: Desk) -> None:
    assert [tell(desk.aisha), tell(desk.aisha)] == [1, 0]
    assert [len(plan(TUESDAY)), len(plan(TUESDAY + MINUTE))] == [1, 0]


def test_three_by_themselves_then_together_every_four_hours(desk: Desk) -> None:
    sent = []
    for number in range(8):
        tell(make.candidate(f"Kandidaat {number}", owner=desk.sanne), now=TUESDAY + number * HOUR)
        sent.append([len(row.payload["alerts"]) for row in plan(TUESDAY + number * HOUR)])
    assert sent == [[1], [1], [1], [], [], [], [4], []]


def test_what_waits_in_the_morning_is_one_mail(desk: Desk) -> None:
    for number in range(4):
        tell(make.candidate(f"Kandidaat {number}", owner=desk.sanne))
    tell(desk.aisha, AlertKind.KEEPS_COMING_BACK)
    (row,) = plan(TUESDAY)
    mail, envelope = read(row, TUESDAY)
    assert mail.subject == "5 kandidaten vragen nu om jou"
    assert mail.html.count("heeft gereageerd") == 4
    assert preference_of(envelope) == "alert"


def preference_of(envelope: Envelope) -> str:
    """To what the link in the header says no."""
    found = read_unsubscribe(str(envelope.unsubscribe_url).rpartition("/")[2])
    return found[1] if found else ""


def read_of(desk: Desk) -> Mail:
    tell(desk.aisha)
    return read(plan(TUESDAY + MINUTE)[0], TUESDAY + 2 * MINUTE)[0]


def reached(desk: Desk, *, liked: Channel) -> None:
    for channel, address in ((Channel.PHONE, "06 12345678"), (Channel.EMAIL, "aisha@voorbeeld.nl")):
        identity.add(desk.aisha, channel, address, TUESDAY)
    preference.prefer(desk.aisha.id, Wish((liked,)), said_by=SaidBy.RECRUITER, by_id=None, now=TUESDAY)


def test_whoever_likes_the_phone_best_is_rung_from_the_mail(desk: Desk) -> None:
    reached(desk, liked=Channel.PHONE)
    mail = read_of(desk)
    assert "Bel Aisha: tel:+31612345678" in mail.text
    assert re.search(r'href="tel:\+31612345678"[^>]*>Bel Aisha<', mail.html)


def test_whoever_likes_another_way_is_not(desk: Desk) -> None:
    reached(desk, liked=Channel.EMAIL)
    assert "tel:" not in read_of(desk).text


def test_nor_whoever_may_not_be_rung(desk: Desk) -> None:
    reached(desk, liked=Channel.PHONE)
    contact, phone, by_id = ConsentPurpose.CONTACT, Channel.PHONE, desk.sanne.id
    consenting.tell(desk.aisha.id, contact, phone, given=False, via=Via.RECRUITER, by_id=by_id, now=TUESDAY)
    mail = read_of(desk)
    assert "tel:" not in mail.text + mail.html
