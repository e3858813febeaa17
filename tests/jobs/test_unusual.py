"""Once a week what stood out is noticed, and the mail that tells of it goes to the person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.clock import Period
from app.db import db
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight import anomaly, noticing
from jobs import letters, unusual
from jobs.unsent import Later
from tests.people import People, make_people

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def test_it_looks_at_the_week_that_is_over_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks: list[str] = []

    def note(week: Period, *_rest: object) -> int:
        weeks.append(week.start.isoformat())
        return 3

    monkeypatch.setattr(noticing, "look", note)
    found = [unusual.look_due("job", MONDAY + timedelta(hours=hours)) for hours in (-1, 0, 1, 24, 168)]
    assert found == [3, 3, 0, 0, 3]
    assert weeks == ["2026-11-16", "2026-11-16", "2026-11-23"]


def test_before_setup_there_is_nothing_to_look_at(session: None) -> None:
    assert unusual.look_due("job", MONDAY) == 0


def test_the_mail_says_where_to_look_and_nothing_else(people: People) -> None:
    anomaly.keep({people.sanne.id: {"burst": {"count": 14}}}, MONDAY.date(), MONDAY, "test")
    row = db.session.scalars(select(OutboxRow)).one()
    mail = letters.compose(row, MONDAY + timedelta(hours=5))
    assert isinstance(mail, tuple)
    assert "/account/recorded" in mail[0].text
    assert "14" not in mail[0].subject
    assert isinstance(letters.compose(row, MONDAY - timedelta(hours=4)), Later)
