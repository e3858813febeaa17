"""The versions of the score's rules: who published them, when and why, what changed, and which one counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.scoring.rules import RulePoints, RulesetRow
from app.domain.scoring.ruleset import KindRule, Ruleset
from app.domain.scoring.score_check import ScoreCheck

MOST = 50
VALUES = ("half_life_days", "s50", "unknown_points", "fan_from", "fan_until")


class Standing(StrEnum):
    """What a version is now."""

    LIVE = "live"
    BUILDING = "building"
    EARLIER = "earlier"
    GIVEN_UP = "given_up"


class Change(NamedTuple):
    """One thing that differs; of a kind its whole rule, else the value of that name."""

    name: str
    before: KindRule | float
    after: KindRule | float
    kind: str | None = None


class Version(NamedTuple):
    """`changes` are against the version before it that counted; none for the first."""

    row: RulesetRow
    standing: Standing
    published_by: str | None
    changes: tuple[Change, ...]


def differences(before: Ruleset, after: Ruleset) -> tuple[Change, ...]:
    """What changed from one version to the next, the kinds last."""
    values = [Change(name, getattr(before, name), getattr(after, name)) for name in VALUES]
    codes = sorted({*before.kinds, *after.kinds})
    kinds = [Change("kind", before.rule(code), after.rule(code), code) for code in codes]
    return tuple(change for change in (*values, *kinds) if change.before != change.after)


def listed(most: int = MOST) -> list[Version]:
    """The newest versions, newest first."""
    rows = db.session.execute(
        select(RulesetRow, Person.name)
        .outerjoin(Person, Person.id == RulesetRow.published_by_id)
        .order_by(RulesetRow.version.desc())
        .limit(most + 1)
    ).all()
    sets = _rulesets([row for row, _ in rows])
    live = max((row.live_at for row, _ in rows if row.live_at), default=None)
    found = [
        Version(row, _standing(row, live), name, _changes(row, [one for one, _ in rows], sets)) for row, name in rows
    ]
    return found[:most]


def _standing(row: RulesetRow, live: datetime | None) -> Standing:
    if row.live_at is not None:
        return Standing.LIVE if row.live_at == live else Standing.EARLIER
    return Standing.BUILDING if row.given_up_at is None else Standing.GIVEN_UP


def _changes(row: RulesetRow, rows: Sequence[RulesetRow], sets: dict[int, Ruleset]) -> tuple[Change, ...]:
    before = next((each for each in rows if each.version < row.version and each.live_at is not None), None)
    return differences(sets[before.id], sets[row.id]) if before else ()


def _rulesets(rows: Sequence[RulesetRow]) -> dict[int, Ruleset]:
    kinds: defaultdict[int, dict[str, KindRule]] = defaultdict(dict)
    query = select(RulePoints).where(RulePoints.ruleset_id.in_([row.id for row in rows]))
    for points in db.session.scalars(query):
        kinds[points.ruleset_id][points.kind] = KindRule(points.points, points.week_days, points.strong)
    return {
        row.id: Ruleset(row.half_life_days, row.s50, kinds[row.id], row.unknown_points, row.fan_from, row.fan_until)
        for row in rows
    }


def numbered(version: int) -> Ruleset | None:
    """The rules of one version, to be looked at or taken up again."""
    row = db.session.scalar(select(RulesetRow).where(RulesetRow.version == version))
    return _rulesets([row])[row.id] if row else None


def newest_check() -> ScoreCheck | None:
    """What the last nightly check found."""
    return db.session.scalar(select(ScoreCheck).order_by(ScoreCheck.at.desc(), ScoreCheck.id.desc()).limit(1))


def live_at(moments: Sequence[datetime]) -> dict[datetime, int]:
    """The number of the version that counted at each moment; none where no version did yet."""
    query = select(RulesetRow.live_at, RulesetRow.version).where(RulesetRow.live_at.is_not(None))
    rows = sorted((at, version) for at, version in db.session.execute(query) if at) if moments else []
    found = {moment: [version for at, version in rows if at <= moment] for moment in moments}
    return {moment: numbers[-1] for moment, numbers in found.items() if numbers}
