"""What each action kind is worth on a day, and who is offered it: team members have kinds that nobody else logs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.agency.person import Role
from app.domain.program.action_kind import ActionKind, ActionRule
from app.domain.program.preset import BY_ITSELF
from app.domain.program.program import Program


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind with what it is worth on a day."""

    kind_id: int
    code: str
    label_nl: str
    label_en: str
    place_class: str | None
    two_way: bool
    points: int
    version: int
    for_members: bool = False


_later = aliased(ActionRule)
_RULES_ON = (
    select(
        ActionKind.id,
        ActionKind.code,
        ActionKind.label_nl,
        ActionKind.label_en,
        ActionKind.place_class,
        ActionKind.two_way,
        ActionRule.points,
        ActionRule.version,
        ActionKind.for_members,
    )
    .join(ActionRule, ActionRule.kind_id == ActionKind.id)
    .where(
        ActionKind.program_id == bindparam("program"),
        ActionKind.retired_at.is_(None),
        ActionRule.version
        == select(func.max(_later.version))
        .where(_later.kind_id == ActionKind.id, _later.valid_from <= bindparam("day"))
        .correlate(ActionKind)
        .scalar_subquery(),
    )
    .order_by(ActionKind.position)
)


def rules_on(program_id: int, day: date) -> Mapping[str, KindRule]:
    """What can be logged on a local day, by code, each with the version that is valid on that day.

    They are asked for once after every change, because every action that is logged needs them.
    """
    program = db.session.get(Program, program_id)
    return _held(program_id, day, program.kinds) if program and program.kinds else _rules(program_id, day)


@lru_cache(maxsize=64)
def _held(program_id: int, day: date, _mark: str) -> Mapping[str, KindRule]:
    return _rules(program_id, day)


def _rules(program_id: int, day: date) -> Mapping[str, KindRule]:
    rows = db.session.execute(_RULES_ON, {"program": program_id, "day": day})
    return MappingProxyType({row.code: KindRule(*row) for row in rows})


def offered(program_id: int, day: date, role: Role) -> list[KindRule]:
    """What this role may log by name on a day: team members their own kinds first, which nobody else logs."""
    member = role == Role.MEMBER
    named = [rule for rule in rules_on(program_id, day).values() if rule.code not in BY_ITSELF]
    kinds = [rule for rule in named if member or not rule.for_members]
    return sorted(kinds, key=lambda rule: not rule.for_members)
