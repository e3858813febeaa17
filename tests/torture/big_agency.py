"""What a big agency has in its tables, so many rows in all: for whatever is to be tried on a million of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import func, insert, select

from app.db import db
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.crm_id import Crm, CrmId
from app.domain.game.ledger_entry import EARN, LedgerEntry
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.notices.provider_event import ProviderEvent
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.carerix_score import CarerixScore
from tests import make
from tests.people import make_people

CHUNK = 5_000
KEPT = {
    Candidate: 10,
    ContactState: 10,
    EngagementAction: 30,
    LedgerEntry: 20,
    Touchpoint: 10,
    Promise: 2,
    ProviderEvent: 2,
    ActivityDay: 1,
    FigureDay: 1,
}
"""Of a hundred rows so many; these tables are older than all that is taken down."""
OTHERS = {CrmId: 6, BullhornRecord: 6, CarerixScore: 2}
"""These go with the migration that made them."""
MEASURES = 20


def fill(app: Flask, rows: int) -> None:
    """The people of every test, and of everything as much as a tenth of so many candidates bring."""
    with app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        kind = db.session.scalars(select(ActionKind.id).order_by(ActionKind.id).limit(1)).one()
        candidates = max(10, rows // 10)
        for table, part in (KEPT | OTHERS).items():
            _put(table, max(10, part * rows // 100), people.sanne.id, kind, candidates)
        db.session.commit()
        db.session.remove()


def counts(app: Flask) -> list[int]:
    """How many there are of each, of what no migration takes down."""
    with app.app_context():
        found = [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (*KEPT, Person)]
        db.session.remove()
    return found


def _put(table: type[Any], rows: int, person_id: int, kind: int, candidates: int) -> None:
    of = FACTS[table]
    for first in range(0, rows, CHUNK):
        numbers = range(first, min(rows, first + CHUNK))
        told = [of(Row(each, _moment(each), 1 + each % candidates, person_id, kind)) for each in numbers]
        db.session.execute(insert(table), told)


def _moment(number: int) -> datetime:
    return make.START + timedelta(minutes=number % 400_000)


class Row(NamedTuple):
    """Which row it is, and what those of several tables have."""

    number: int
    at: datetime
    candidate: int
    person: int
    kind: int

    @property
    def happened(self) -> dict[str, Any]:
        return {"occurred_at": self.at, "local_date": self.at.date(), "candidate_id": self.candidate}

    def day(self, apart: int = 1) -> date:
        """Another one for each row, or for so many."""
        return make.START.date() - timedelta(days=self.number // apart)


FACTS: dict[type[Any], Callable[[Row], dict[str, Any]]] = {
    Candidate: lambda row: {
        "id": row.number + 1,
        "name": f"Kandidaat {row.number}",
        "sort_name": f"kandidaat {row.number:07}",
        "owner_id": row.person,
        "stage": Stage.ENGAGE,
        "registered_at": row.at,
        "updated_at": row.at,
    },
    ContactState: lambda row: {
        "candidate_id": row.number + 1,
        "owner_id": row.person,
        "last_attempt_at": row.at,
        "attempts": 1,
    },
    EngagementAction: lambda row: (
        row.happened | {"person_id": row.person, "kind_id": row.kind, "outcome": "spoke", "recorded_at": row.at}
    ),
    LedgerEntry: lambda row: (
        row.happened
        | {"program_id": 1, "person_id": row.person, "kind": EARN, "action_kind_id": row.kind, "rule_version": 1}
        | {"points": 10, "recorded_at": row.at, "source": "import", "source_kind": "import", "source_id": row.number}
    ),
    Touchpoint: lambda row: (
        row.happened
        | {"kind": "site_visit", "received_at": row.at, "source": "torture", "external_id": str(row.number)}
    ),
    Promise: lambda row: {
        "candidate_id": row.candidate,
        "person_id": row.person,
        "due_at": row.at,
        "made_at": row.at,
    },
    ProviderEvent: lambda row: {
        "provider": "postmark",
        "event_id": str(row.number),
        "received_at": row.at,
        "payload": {},
        "settled_at": row.at if row.number % 2 else None,
    },
    ActivityDay: lambda row: {"day": row.day(), "person_id": row.person, "actions": 3, "answered": 1, "tried": 2},
    FigureDay: lambda row: {
        "day": row.day(MEASURES),
        "measure": f"measure {row.number % MEASURES}",
        "team_id": 1,
        "number": 1.0,
    },
    CrmId: lambda row: {
        "candidate_id": row.candidate,
        "crm": Crm.BULLHORN,
        "number": str(row.number),
        "added_at": row.at,
    },
    BullhornRecord: lambda row: {
        "entity": Entity.SUBMISSION if row.number % 2 else Entity.CANDIDATE,
        "number": row.number,
        "heard_at": row.at,
        "candidate_id": row.candidate,
        "job": row.number if row.number % 2 else None,
    },
    CarerixScore: lambda row: {
        "candidate_id": row.candidate,
        "number": str(row.number),
        "shown": row.number % 100,
        "answered_at": row.at,
    },
}
