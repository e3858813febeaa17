"""What people did that badges are given for: read from the ledger, without what was taken back, and from results."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.db import db
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import ACTIVE, Entrant
from app.domain.game.competing.result import Result
from app.domain.game.ledger_entry import BONUS, EARN, LedgerEntry
from app.domain.game.recognition.badges import COUNTED, RESCUE, WON, Deed
from app.domain.program.action_kind import ActionKind

BACKDATED = clock.WEEK
"""So far back may an action be dated that is recorded today; what is older comes from an import."""
BY_TEAM = (Format.TEAM_GOAL, Format.TEAMS)

_back = aliased(LedgerEntry)
_entry = LedgerEntry


def of_people(program_id: int, people: Collection[int]) -> dict[int, list[Deed]]:
    """What each of these people did; of what is not counted one by one, once is enough."""
    found: dict[int, list[Deed]] = defaultdict(list)
    for person_id, kind, subject_id, on in db.session.execute(_earned(program_id, people)):
        found[person_id].append(Deed(kind, subject_id or 0, on))
    for entrant, competition, result in db.session.execute(_finished(program_id, people)):
        if won(entrant, competition, result.body):
            found[entrant.person_id].append(Deed(WON, competition.id, competition.last))
    return found


def _earned(program_id: int, people: Collection[int]) -> Select[*tuple[Any, ...]]:
    rescued = and_(_entry.kind == BONUS, _entry.reason == RESCUE)
    kind = case((rescued, RESCUE), else_=ActionKind.code).label("deed")
    subject = case((kind.in_(COUNTED), _entry.candidate_id), else_=None).label("subject")
    return (
        select(_entry.person_id, kind, subject, func.min(_entry.local_date))
        .outerjoin(ActionKind, ActionKind.id == _entry.action_kind_id)
        .outerjoin(_back, _back.reverses_id == _entry.id)
        .where(_entry.program_id == program_id, _entry.person_id.in_(people), _back.id.is_(None))
        .where(or_(rescued, and_(_entry.kind == EARN, ActionKind.code.is_not(None))))
        .group_by(_entry.person_id, kind, subject)
    )


def _finished(program_id: int, people: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(Entrant, Competition, Result)
        .join(Competition, Competition.id == Entrant.competition_id)
        .join(Result, and_(Result.competition_id == Competition.id, Result.final.is_(True)))
        .where(Competition.program_id == program_id, Competition.format.in_(BY_TEAM))
        .where(Entrant.person_id.in_(people), *ACTIVE)
    )


def won(entrant: Entrant, competition: Competition, body: dict[str, Any]) -> bool:
    """Whether their team won, or all together reached the goal, and they did something for it."""
    helped = any(line["subject_id"] == entrant.person_id and line["counts"] > 0 for line in body["people"])
    if competition.format == Format.TEAM_GOAL:
        return helped and body["goal"] is not None and body["together"] >= body["goal"]
    first = {line["subject_id"] for line in body["sides"] if line["place"] == 1 and line["score"] > 0}
    return helped and entrant.side_id in first


def lately(program_id: int, since: datetime, day: date) -> Sequence[int]:
    """Whose rows or results are new since a moment, of which `day` is the local day."""
    recorded = select(_entry.person_id).where(
        _entry.program_id == program_id,
        _entry.local_date >= day - BACKDATED,
        _entry.recorded_at >= since,
    )
    ended = (
        select(Entrant.person_id)
        .join(Competition, Competition.id == Entrant.competition_id)
        .where(Competition.program_id == program_id, Competition.final_at >= since, *ACTIVE)
    )
    return sorted(_people(recorded) | set(db.session.scalars(ended.distinct())))


def everybody(program_id: int) -> Sequence[int]:
    """Whoever has a row in the ledger."""
    return sorted(_people(select(_entry.person_id).where(_entry.program_id == program_id)))


def _people(rows: Select[int | None]) -> set[int]:
    return {each for each in db.session.scalars(rows.distinct()) if each is not None}
