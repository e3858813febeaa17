"""Planning a message: once per kind, recipient and period, and not when it lost its purpose."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DUE, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=3)
pytestmark = pytest.mark.usefixtures("session")


def plan(period: str = "2026-W47", **facts: object) -> bool:
    return outbox.plan(
        kind="weekly_reminder",
        recipient="person:1",
        period=period,
        payload=facts,
        due_at=DUE,
        not_after=LAST,
        now=NOW,
        host="fanfare.example",
    )


def rows() -> list[OutboxRow]:
    return list(db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_a_message_is_planned_once() -> None:
    assert plan(names=["Bram"])
    assert not plan(names=["Aisha"])
    assert [row.payload for row in rows()] == [{"names": ["Bram"]}]


def test_another_period_is_another_message() -> None:
    assert plan()
    assert plan("2026-W48")
    assert len({row.message_id for row in rows()}) == 2


def test_it_waits_until_it_is_due() -> None:
    plan()
    row = rows()[0]
    assert (row.state, row.attempts, row.due_at, row.next_try_at, row.not_after) == ("pending", 0, DUE, DUE, LAST)


def test_its_identity_follows_from_what_it_is() -> None:
    plan()
    assert rows()[0].message_id == outbox.message_id("weekly_reminder", "person:1", "2026-W47", "fanfare.example")
    assert rows()[0].message_id.endswith("@fanfare.example>")


def test_what_lost_its_purpose_is_skipped_with_its_facts() -> None:
    plan(names=["Bram"])
    plan("2026-W48")
    rows()[1].state = "sent"
    outbox.skip("weekly_reminder", "person:1", "ended")
    db.session.expire_all()
    assert [(row.state, row.last_error, row.payload) for row in rows()] == [
        ("skipped", "ended", {}),
        ("sent", None, {}),
    ]
