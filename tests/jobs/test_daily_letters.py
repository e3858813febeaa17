"""The mail of the day: just after nine, with all that was told since the last one, and only when there is something."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import alerting, daily_mail
from app.domain.notices import delivery_times, notice, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.delivery_times import Times
from app.domain.notices.outbox import OutboxRow
from app.domain.program import absence
from app.mail import Envelope, Mail
from jobs import letters
from jobs.unsent import Skip
from tests.jobs.desk import MINUTE, TUESDAY, Desk, make_desk, plan, tell

NINE = datetime(2026, 3, 4, 8, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def desk(session: None) -> Desk:
    found = make_desk()
    delivery_times.choose(f"person:{found.sanne.id}", Times(once_a_day=True), TUESDAY - MINUTE)
    return found


def planned(now: datetime) -> list[OutboxRow]:
    daily_mail.plan_due(now, "voorbeeld.nl")
    return list(db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "daily", OutboxRow.due_at > now - DAY)))


def surprised(desk: Desk, at: datetime = TUESDAY) -> None:
    recipient = f"person:{desk.sanne.id}"
    notice.tell("surprise", [recipient], period=at.isoformat(), facts={"surprise_id": 1}, now=at)


def read(row: OutboxRow, now: datetime = NINE) -> tuple[Mail, Envelope]:
    letter = letters.compose(row, now)
    assert isinstance(letter, tuple), letter
    return letter


def test_all_of_a_day_comes_at_once(desk: Desk) -> None:
    tell(desk.aisha)
    tell(desk.aisha, AlertKind.UNFINISHED_APPLICATION)
    surprised(desk)
    assert plan(TUESDAY) == []
    assert planned(NINE - MINUTE) == []
    (row,) = planned(NINE)
    mail, envelope = read(row)
    assert mail.subject == "Aisha El Amrani heeft gereageerd, en nog 1 melding"
    for fact in ("Aisha El Amrani heeft gereageerd", "Heftruckchauffeur", "De sponsor verrast je", "/notices/choices/"):
        assert fact in mail.text
        assert fact in mail.html
    assert envelope.unsubscribe_url


def test_nothing_is_no_mail_and_one_is_enough(desk: Desk) -> None:
    (row,) = planned(NINE)
    assert letters.compose(row, NINE) == Skip("nothing happened")
    tell(desk.aisha)
    assert daily_mail.plan_due(NINE + MINUTE, "voorbeeld.nl") == 0
    assert read(planned(NINE + DAY)[0], NINE + DAY)[0].subject == "Aisha El Amrani heeft gereageerd"


def test_what_comes_after_nine_waits_for_the_next_day(desk: Desk) -> None:
    tell(desk.aisha, now=NINE + MINUTE)
    surprised(desk, NINE + MINUTE)
    assert letters.compose(planned(NINE + 2 * MINUTE)[0], NINE + 2 * MINUTE) == Skip("nothing happened")
    (row,) = planned(NINE + DAY)
    assert read(row, NINE + DAY)[0].subject == "Aisha El Amrani heeft gereageerd, en nog 1 melding"


def test_nothing_is_told_twice(desk: Desk) -> None:
    surprised(desk)
    assert len(planned(NINE)) == 1
    surprised(desk, NINE + MINUTE)
    (row,) = planned(NINE + DAY)
    assert read(row, NINE + DAY)[0].subject == "De sponsor verrast je"


def test_a_day_off_is_no_day(desk: Desk) -> None:
    surprised(desk)
    absence.record(desk.sanne.id, date(2026, 3, 4), date(2026, 3, 4), by_id=None, now=TUESDAY)
    assert planned(NINE) == []
    assert len(planned(NINE + DAY)) == 1


def test_nor_is_a_weekend(desk: Desk) -> None:
    friday = datetime(2026, 3, 6, 12, tzinfo=UTC)
    surprised(desk, friday)
    assert [planned(friday + timedelta(days=days)) for days in (1, 2)] == [[], []]
    assert len(planned(datetime(2026, 3, 9, 8, 5, tzinfo=UTC))) == 1


def test_what_is_no_longer_so_or_not_wanted_is_not_in_it(desk: Desk) -> None:
    recipient = f"person:{desk.sanne.id}"
    tell(desk.aisha)
    surprised(desk)
    (row,) = planned(NINE)
    alerting.withdraw(desk.aisha.id, [AlertKind.REPLY], NINE)
    assert read(row)[0].subject == "De sponsor verrast je"
    preference.unsubscribe(recipient, "surprise", NINE)
    assert isinstance(letters.compose(row, NINE), Skip)
