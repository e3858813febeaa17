"""The demo's webhooks: an ATS that took most of what it was told and refused one message, and a flow that is gone."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import update

from app.config import Settings
from app.db import db
from app.domain.notices import webhook, webhook_event, webhook_secret
from app.domain.notices.webhook import CHOOSABLE, Kind, Off, WebhookEndpoint
from app.domain.notices.webhook_event import TABLE

ADDRESS, FLOW = "https://ats.vasteband.example/hooks/fanfare/7f3c", "https://flows.vasteband.example/catch/19/b2d8"
"""At names that nobody can have: what the demo sends goes nowhere."""
HOUR = timedelta(hours=1)


class Past(NamedTuple):
    """What happened so many hours ago, and what became of it."""

    hours: int
    kind: Kind
    state: str = "sent"
    status: int = 200
    attempts: int = 1
    answer: str = '{"ok": true}'


LOG = (
    Past(170, Kind.PING, answer=""),
    Past(146, Kind.FAN_BECAME),
    Past(121, Kind.REWARD_REQUESTED, "failed", 422, 10, '{"error": "unknown person"}'),
    Past(98, Kind.CAME_BACK, status=204, answer=""),
    Past(75, Kind.APPLICATION_UNFINISHED, attempts=3),
    Past(52, Kind.PROMISE_BROKEN),
    Past(28, Kind.COMPETITION_FINAL),
    Past(5, Kind.ACTION_LOGGED),
    Past(4, Kind.ACTION_LOGGED, "skipped", 0, 0, ""),
    Past(3, Kind.FAN_BECAME),
)
GONE = Past(28, Kind.COMPETITION_FINAL, "pending", 410, 1, "")


def connect(now: datetime) -> None:
    """Add them, with a week behind them; the ATS was given another secret this morning."""
    ats = _added("ATS", ADDRESS, CHOOSABLE, now - 171 * HOUR)
    flow = _added("Felicitaties", FLOW, [Kind.COMPETITION_FINAL], now - 171 * HOUR)
    for number, past in enumerate(LOG, 1):
        at = now - past.hours * HOUR
        if past.kind is Kind.PING:
            webhook_event.ping(ats, at)
        else:
            webhook_event.tell(past.kind, f"demo {number}", {"candidate_id": number}, at)
        _became(ats, past, at)
    _became(flow, GONE, now - GONE.hours * HOUR)
    webhook_secret.renew(ats, _key(), now - 2 * HOUR)
    ats.delivered_at = now - LOG[-1].hours * HOUR
    flow.off_at, flow.off_why = now - GONE.hours * HOUR, Off.GONE
    flow.failing_since = flow.off_at


def _added(label: str, url: str, kinds: Collection[str], at: datetime) -> WebhookEndpoint:
    row = webhook.add(label, url, kinds, at)
    webhook_secret.renew(row, _key(), at)
    return row


def _key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.key


def _became(endpoint: WebhookEndpoint, past: Past, at: datetime) -> None:
    """What its endpoint did with what happened at a moment."""
    facts = {"state": past.state, "status": past.status or None, "attempts": past.attempts, "answer": past.answer}
    this = TABLE.c.endpoint_id == endpoint.id, TABLE.c.happened_at == at
    db.session.execute(update(TABLE).where(*this).values(**facts, tried_at=at if past.attempts else None))
