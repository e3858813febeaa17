"""The model card: what the score is, whose word it is, and how well it did when it was last tried."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.lab.draft import SCORE
from app.domain.lab.run import DONE, LabRun
from app.domain.scoring import rules
from app.domain.scoring.rules import Rules, RulesetRow


class ModelCard(NamedTuple):
    """`judged` is what the newest run found of the present version; None when none was made."""

    rules: Rules
    published_at: datetime | None
    by: str | None
    note: str
    judged: Mapping[str, Any] | None
    judged_at: datetime | None


def of_live() -> ModelCard:
    """The card of the version that counts."""
    live = rules.live()
    row = db.session.get(RulesetRow, live.id)
    by = db.session.get(Person, row.published_by_id) if row and row.published_by_id else None
    found = _judged(live.version)
    return ModelCard(
        live,
        row.published_at if row else None,
        by.name if by else None,
        row.note if row else "",
        found.result["outcomes"] if found and found.result else None,
        found.ended_at if found else None,
    )


def _judged(version: int) -> LabRun | None:
    """The newest run that judged this version on outcomes."""
    query = select(LabRun).where(LabRun.subject == SCORE, LabRun.state == DONE).order_by(LabRun.id.desc()).limit(20)
    found = (each for each in db.session.scalars(query) if each.result and each.result.get("version") == version)
    return next((each for each in found if each.result and "outcomes" in each.result), None)
