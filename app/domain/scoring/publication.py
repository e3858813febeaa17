"""Publishing other rules: the history is counted anew beside the scores that stand, in portions, and then it flips."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from app.db import db, is_sqlite
from app.domain.candidates.contact_state import TABLE as STATES
from app.domain.scoring import fan, fanhood, recount, rules, score
from app.domain.scoring.cell import CELLS, SCORES
from app.domain.scoring.recount import Part
from app.domain.scoring.rules import IS_BUILDING, RULESETS, RulesetRow, in_force, live_for_writing
from app.domain.scoring.ruleset import Ruleset

PORTION = 1_000
PATIENCE = "500ms"
"""Less than PostgreSQL takes to find two that wait for each other, so that it is we who try again."""


class AlreadyBuilding(Exception):  # noqa: N818 - somebody else was first, which is no fault
    """The history is being counted under another version; that ends, or is given up, first."""


class NothingChanged(Exception):  # noqa: N818 - it says what there is to publish
    """The rules are what they were."""


class TooStrong(ValueError):  # noqa: N818 - it says what the rules are
    """One day with this kind alone would make somebody a fan."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Progress(NamedTuple):
    """How far the history is counted anew; `share` from 0 to 1."""

    ruleset_id: int
    version: int
    share: float
    published_at: datetime


def publish(ruleset: Ruleset, *, since: date | None, note: str, by_id: int, now: datetime) -> RulesetRow:
    """Begin to count under other rules: from a local day on, or with `since` None the whole history.

    Raises:
        AlreadyBuilding, NothingChanged, TooStrong: there is nothing to begin, or it must not be.
    """
    if kind := too_strong(ruleset):
        raise TooStrong(kind)
    _let_newcomers_finish()
    before = live_for_writing(now)
    if in_force().building is not None:
        raise AlreadyBuilding
    if _same(ruleset, before.ruleset) and (since is not None or before.ruleset.since is None):
        raise NothingChanged
    new = rules.add(
        ruleset,
        since=since,
        version=(db.session.scalar(select(func.max(RULESETS.c.version))) or 0) + 1,
        published_at=now,
        published_by_id=by_id,
        note=note,
        before_id=before.id,
        last_candidate=db.session.scalar(select(func.max(STATES.c.candidate_id))) or 0,
    )
    return db.session.get_one(RulesetRow, new)


def too_strong(ruleset: Ruleset) -> str | None:
    """The kind of which one day alone reaches where a fan begins, if there is one."""
    points = {kind: rule.points for kind, rule in ruleset.kinds.items()}
    strongest = max(points, key=lambda kind: points[kind], default=None)
    most = max([ruleset.unknown_points, *points.values()])
    return strongest if score.shown(most, ruleset.s50) >= ruleset.fan_from else None


def _same(one: Ruleset, other: Ruleset) -> bool:
    def values(of: Ruleset) -> tuple[object, ...]:
        return of.half_life_days, of.s50, dict(of.kinds), of.unknown_points, of.fan_from, of.fan_until

    return values(one) == values(other)


def _let_newcomers_finish() -> None:
    """Whoever is being written now is there before we look who there is, and whoever comes later sees our version."""
    if not is_sqlite():
        db.session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        db.session.execute(text("LOCK TABLE candidate IN SHARE ROW EXCLUSIVE MODE"))


def give_up(by_id: int, now: datetime) -> RulesetRow | None:
    """Stop counting anew: the version that is live stays so."""
    row = _building()
    if row is not None:
        row.given_up_at, row.given_up_by_id = now, by_id
        db.session.flush()
        rules.forget()
    return row


def progress() -> Progress | None:
    """How far the version that is being built is; None when there is none."""
    row = db.session.scalar(select(RulesetRow).where(IS_BUILDING).order_by(RULESETS.c.version))
    return _progress(row) if row else None


def _progress(row: RulesetRow) -> Progress:
    share = min(1.0, row.done_through / row.last_candidate) if row.last_candidate else 1.0
    return Progress(row.id, row.version, share, row.published_at)


def _building() -> RulesetRow | None:
    query = select(RulesetRow).where(IS_BUILDING).order_by(RULESETS.c.version).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def advance(now: datetime, most: int = PORTION) -> Progress | None:
    """Count the next portion of candidates anew, or let the version go live when all are; None when there is none."""
    row = db.session.scalar(select(RulesetRow).where(IS_BUILDING).order_by(RULESETS.c.version))
    if row is None:
        return None
    if row.done_through >= row.last_candidate:
        _flip(row.id, now)
    else:
        _count(row, most)
    db.session.refresh(row)
    return _progress(row)


def _count(row: RulesetRow, most: int) -> None:
    """Whoever takes a touchpoint in meanwhile waits for the contact state, and then sees how far we are."""
    after = row.done_through
    following = select(STATES.c.candidate_id).where(STATES.c.candidate_id > after).order_by(STATES.c.candidate_id)
    ids = db.session.scalars(following.where(STATES.c.candidate_id <= row.last_candidate).limit(most)).all()
    through = ids[-1] if len(ids) == most else row.last_candidate
    held = select(STATES.c.candidate_id, STATES.c.objected_at).where(Part(after, through).of(STATES.c.candidate_id))
    rows = db.session.execute(held.order_by(STATES.c.candidate_id).with_for_update())
    left_out = [candidate_id for candidate_id, objected_at in rows if objected_at is not None]
    _reach(row.id, after, through)
    recount.count(rules.of(row.id), Part(after, through, left_out))


def _reach(ruleset_id: int, after: int, through: int) -> None:
    reached = update(RULESETS).where(RULESETS.c.id == ruleset_id, IS_BUILDING, RULESETS.c.done_through == after)
    _be_alone(reached.values(done_through=through).returning(RULESETS.c.id))


def _be_alone(step: ReturningUpdate[int]) -> None:
    """Take a step that nobody else took, and that nobody gave up."""
    if db.session.scalar(step) is None:
        raise AlreadyBuilding
    rules.forget()


def _flip(ruleset_id: int, now: datetime) -> None:
    """All scores at once: nobody sees a list in which two versions are mixed. It is no news to anybody."""
    _let_newcomers_finish()
    everybody = select(STATES.c.candidate_id).order_by(STATES.c.candidate_id).with_for_update().subquery()
    db.session.execute(select(func.count()).select_from(everybody))
    live = update(RULESETS).where(RULESETS.c.id == ruleset_id, IS_BUILDING).values(live_at=now)
    _be_alone(live.returning(RULESETS.c.id))
    new = select(SCORES.c.tau).where(SCORES.c.candidate_id == STATES.c.candidate_id, SCORES.c.ruleset_id == ruleset_id)
    tau = new.scalar_subquery()
    db.session.execute(update(STATES).where(STATES.c.tau.is_distinct_from(tau)).values(tau=tau))
    fan.rejudge(_near_fans(now), now)


def _near_fans(now: datetime) -> list[int]:
    """Fans, and everybody whose score is high enough to be one."""
    live = rules.live()
    least = score.event_key(now.timestamp(), fanhood.points(live.ruleset.fan_from, live.ruleset.s50), live.half_life)
    near = select(STATES.c.candidate_id).where(or_(STATES.c.fan_since.is_not(None), STATES.c.tau >= least))
    return list(db.session.scalars(near))


def clear(most: int = PORTION) -> int:
    """Remove what versions counted that are neither live nor being built, a portion; answers of how many candidates."""
    kept = [each.id for each in (in_force().live, in_force().building) if each]
    over = select(RULESETS.c.id).where(RULESETS.c.id.not_in(kept))
    left = select(SCORES.c.candidate_id).where(SCORES.c.ruleset_id.in_(over)).limit(most)
    ids = sorted(set(db.session.scalars(left)))
    for table in (CELLS, SCORES):
        db.session.execute(delete(table).where(table.c.candidate_id.in_(ids), table.c.ruleset_id.in_(over)))
    return len(ids)
