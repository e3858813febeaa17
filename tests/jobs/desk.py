"""A desk to which alerts go: Sanne looks after Aisha, and Lea leads the team."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions import alert_mail, alerting
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate
from app.domain.journey import touchpoint_kind
from app.domain.notices.alert import AlertKind
from app.domain.notices.outbox import OutboxRow
from tests import make

TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAN = {"reasons": [{"kind": "form", "days": 1, "last": "2026-03-02", "points": 29.0}]}
FACTS: Mapping[AlertKind, Mapping[str, Any]] = {
    AlertKind.RECOVERY: {"cause": "complaint", "due_at": "2026-03-04T10:00:00+00:00"},
    AlertKind.REPLY: {"at": "2026-03-03T09:42:00+00:00"},
    AlertKind.UNFINISHED_APPLICATION: {"vacancy": "Heftruckchauffeur in Zwolle", "step": "cv"},
    AlertKind.KEEPS_COMING_BACK: {"days": 3},
    AlertKind.FAN: FAN,
}


class Desk(NamedTuple):
    sanne: Person
    lead: Person
    aisha: Candidate


def make_desk() -> Desk:
    """Inside an application context."""
    make.agency()
    make.program()
    touchpoint_kind.install_preset()
    team = make.team("Zwolle", make.branch("Noord"))
    sanne, lead = make.person("Sanne de Vries", team=team), make.person("Lea Mulder", Role.LEAD, team=team)
    return Desk(sanne, lead, make.candidate("Aisha El Amrani", owner=sanne, branch_id=team.branch_id))


def tell(them: Candidate, kind: AlertKind = AlertKind.REPLY, now: datetime = TUESDAY) -> int:
    return alerting.tell_owner(them.id, kind, period="once", facts=FACTS[kind], now=now)


def plan(now: datetime) -> list[OutboxRow]:
    alert_mail.plan_due(now, "voorbeeld.nl")
    rows = select(OutboxRow).where(OutboxRow.kind == "alert", OutboxRow.due_at == now)
    return list(db.session.scalars(rows))
