"""A fan: a candidate whose own acts on several days made their score high, until it has cooled well below that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import JSON, ForeignKey, Index, Table, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import contact_flags, contact_state
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import MOST_AHEAD
from app.domain.scoring import contribution, engagement, fanhood, score
from app.domain.scoring.rules import Rules, live, live_for_writing

PORTION = 1_000


class FanMoment(Base):
    """`reasons` are the three largest contributions. `silent`: found by an import or a replay, and told to nobody.

    `leaves_at` is when the score will have cooled below the threshold if nothing more happens; open while `left_at` is
    empty.
    """

    __tablename__ = "fan_moment"
    __table_args__ = (
        Index(
            "uq_fan_moment_open",
            "candidate_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(None, "candidate_id", "entered_at"),
        Index(None, "leaves_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    leaves_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    silent: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list, info=PERSONAL)


class NewFan(NamedTuple):
    """Somebody who became a fan just now; `told` is whether anybody should hear of it."""

    candidate_id: int
    reasons: list[dict[str, Any]]
    told: bool


TABLE = cast("Table", FanMoment.__table__)
OPEN = TABLE.c.left_at.is_(None)
ENTER = (
    insert(TABLE)
    .on_conflict_do_nothing(index_elements=["candidate_id"], index_where=OPEN)
    .returning(TABLE.c.candidate_id)
)


def enter(taus: Mapping[int, float], now: datetime, *, silent: bool) -> list[NewFan]:
    """Those of these taus who become a fan now, each once; after a fan was told of, nobody hears it for thirty days.

    Most are not warm enough, and cost nothing.
    """
    rules, at = live(), now.timestamp()
    least = fanhood.points(rules.ruleset.fan_from, rules.ruleset.s50)
    high = {who: tau for who, tau in taus.items() if score.value(tau, at, rules.half_life) >= least}
    if not high or not (near := _scored_and_no_fan(high)):
        return []
    acts = contribution.acts(near, now - fanhood.WITHIN, now + MOST_AHEAD)
    entering = {who: high[who] for who in sorted(near) if fanhood.borne_out(acts[who], rules.ruleset)}
    return _write(entering, now, silent=silent) if entering else []


def _scored_and_no_fan(ids: Iterable[int]) -> set[int]:
    state = ContactState
    mine = select(state.candidate_id).where(state.candidate_id.in_(sorted(ids)))
    return set(db.session.scalars(mine.where(state.fan_since.is_(None), state.objected_at.is_(None))))


def _write(taus: Mapping[int, float], now: datetime, *, silent: bool) -> list[NewFan]:
    rules = live_for_writing(now)
    reasons, told_lately = contribution.largest(list(taus), now), _told_since(taus, now - fanhood.WITHIN)
    found = [NewFan(who, reasons[who], not silent and who not in told_lately) for who in taus]
    rows = [
        {
            "candidate_id": each.candidate_id,
            "ruleset_id": rules.id,
            "entered_at": now,
            "leaves_at": _cooled_at(taus[each.candidate_id], rules),
            "silent": not each.told,
            "reasons": each.reasons,
        }
        for each in found
    ]
    written = set(db.session.connection().execute(ENTER, rows).scalars())
    for who in sorted(written):
        contact_flags.fan(who, now)
    return [each for each in found if each.candidate_id in written]


def _told_since(ids: Iterable[int], since: datetime) -> set[int]:
    told = select(TABLE.c.candidate_id).where(TABLE.c.candidate_id.in_(list(ids)), TABLE.c.silent.is_(False))
    return set(db.session.scalars(told.where(TABLE.c.entered_at > since)))


def _cooled_at(tau: float, rules: Rules) -> datetime:
    """When nothing more happens, the score is below the threshold from then on."""
    least = fanhood.points(rules.ruleset.fan_until, rules.ruleset.s50)
    return datetime.fromtimestamp(score.leaves(tau, least, rules.half_life), UTC)


def rejudge(candidate_ids: Collection[int], now: datetime) -> None:
    """Who of these is a fan by the score as it is now; told to nobody. After a replay, a merge or an objection."""
    ids = sorted(candidate_ids)
    for portion in (ids[at : at + PORTION] for at in range(0, len(ids), PORTION)):
        _cool(portion, now)
        realign(portion)
        enter(taus_of(portion), now, silent=True)


def realign(candidate_ids: Collection[int]) -> None:
    """Let the contact state say since when each is a fan: a moment may have moved here with a merge, or away."""
    state = cast("Table", ContactState.__table__)
    entered = select(TABLE.c.entered_at).where(OPEN, TABLE.c.candidate_id == state.c.candidate_id)
    differs = state.c.fan_since.is_not(None) | entered.exists()
    mine = update(state).where(state.c.candidate_id.in_(candidate_ids), differs)
    db.session.execute(mine.values(fan_since=entered.scalar_subquery()))


def taus_of(candidate_ids: Collection[int]) -> dict[int, float]:
    """The tau of each of these who has one."""
    state = ContactState
    rows = db.session.execute(select(state.candidate_id, state.tau).where(state.candidate_id.in_(candidate_ids)))
    return {who: tau for who, tau in rows if tau is not None}


def cool(now: datetime, most: int = PORTION) -> int:
    """End the moments that are over; whoever did more since stays a fan for longer. Answers how many were looked at."""
    due = select(TABLE.c.candidate_id).where(OPEN, TABLE.c.leaves_at <= now)
    ids = db.session.scalars(due.order_by(TABLE.c.leaves_at).limit(most)).all()
    contact_state.hold_many(ids)
    return _cool(ids, now)


def _cool(candidate_ids: Collection[int], now: datetime) -> int:
    """Of candidates who are held."""
    open_ones = select(FanMoment).where(OPEN, TABLE.c.candidate_id.in_(candidate_ids)).order_by(TABLE.c.candidate_id)
    moments = db.session.scalars(open_ones.execution_options(populate_existing=True)).all()
    rules, taus = live(), taus_of([moment.candidate_id for moment in moments])
    for moment in moments:
        tau = taus.get(moment.candidate_id)
        cooled_at = _cooled_at(tau, rules) if tau is not None else now
        if cooled_at > now:
            moment.leaves_at = cooled_at
        else:
            moment.left_at = max(cooled_at, moment.entered_at)
            contact_flags.fan(moment.candidate_id, None)
    db.session.flush()
    return len(moments)


def cooled(owner_ids: Collection[int], since: datetime, most: int = 5) -> Mapping[int, list[str]]:
    """The names of each owner's candidates who ceased to be a fan since then, and are none now; the newest first."""
    state = ContactState
    query = (
        select(state.owner_id, Candidate.name)
        .select_from(Candidate)
        .join(state, state.candidate_id == Candidate.id)
        .join(TABLE, TABLE.c.candidate_id == Candidate.id)
        .where(state.owner_id.in_(owner_ids), state.fan_since.is_(None), TABLE.c.left_at > since, PRESENT)
        .group_by(state.owner_id, Candidate.id, Candidate.name)
        .order_by(func.max(TABLE.c.left_at).desc(), Candidate.id)
    )
    found = defaultdict[int, list[str]](list)
    for owner_id, name in db.session.execute(query):
        if owner_id is not None and len(found[owner_id]) < most:
            found[owner_id].append(name)
    return found


def reconsider(candidate_id: int, now: datetime) -> datetime | None:
    """After something proved not to be so: since when we took them for a fan, if they never were one.

    Such a moment goes, as if it had not been; one that was right stays until it has cooled.
    """
    moment = db.session.scalar(select(FanMoment).where(OPEN, TABLE.c.candidate_id == candidate_id))
    if moment is None or _was_right(moment):
        rejudge([candidate_id], now)
        return None
    db.session.execute(delete(FanMoment).where(FanMoment.id == moment.id))
    contact_flags.fan(candidate_id, None)
    return moment.entered_at


def _was_right(moment: FanMoment) -> bool:
    rules, at = live(), moment.entered_at
    tau = engagement.tau_as_of([moment.candidate_id], at + MOST_AHEAD).get(moment.candidate_id)
    shown = score.shown(score.value(tau, at.timestamp(), rules.half_life), rules.ruleset.s50)
    acts = contribution.acts([moment.candidate_id], at - fanhood.WITHIN, at + MOST_AHEAD)
    return fanhood.enters(shown + 0.001, acts[moment.candidate_id], rules.ruleset)  # sums differ in their last digits
