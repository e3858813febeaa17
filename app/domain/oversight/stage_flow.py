"""How candidates went through the stages: how many came, went on or stopped, and how long it took them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.oversight.elapsed import hours_between, median
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.tally import tally

STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Flow:
    """Of the `entered`, each counted once by their last stay: `on` went further, `back` to an earlier stage.

    `stopped` want no more contact; the others are `here` still. `hours`: the median of the stays that ended in the
    period.
    """

    stage: Stage
    entered: int = 0
    on: int = 0
    back: int = 0
    stopped: int = 0
    hours: float | None = None

    @property
    def here(self) -> int:
        return self.entered - self.on - self.back - self.stopped

    @property
    def lost(self) -> int:
        """Dropped off: back, or no more contact."""
        return self.back + self.stopped

    def share(self, part: int) -> int | None:
        """A part of those who entered, in percent, rounded down."""
        return part * 100 // self.entered if self.entered else None


def flows(scope: Scope) -> list[Flow]:
    """Every stage, in the order of the journey."""
    ends, stays = _ends(scope), _stays(scope)
    return [_flow(stage, ends[stage], stays[stage]) for stage in STAGES]


def goes_on(stage: Stage | str, to: Stage | str) -> bool:
    """Whether a move is one forwards; who is placed again after an assignment goes on too."""
    if (Stage(stage), Stage(to)) == (Stage.REDEPLOY, Stage.CONVERT):
        return True
    return STAGES.index(Stage(to)) > STAGES.index(Stage(stage))


def _flow(stage: Stage, ends: Iterable[tuple[str | None, int, int]], stays: Iterable[tuple[int, int]]) -> Flow:
    found = Counter[str]()
    for to, candidates, refused in ends:
        found["entered"] += candidates
        if to is None:
            found["stopped"] += refused
        else:
            found["on" if goes_on(stage, to) else "back"] += candidates
    return Flow(stage, **found, hours=median(stays))


def last_stays(scope: Scope) -> Subquery:
    """Each candidate's last stay in each stage that they entered in the period, and where they went from there."""
    move = StageMove
    in_turn = (move.moved_at, move.id)
    moves = (
        select(
            move.candidate_id,
            move.to_stage.label("stage"),
            move.moved_at,
            func.lead(move.to_stage).over(partition_by=move.candidate_id, order_by=in_turn).label("went_to"),
            func.row_number()
            .over(partition_by=(move.candidate_id, move.to_stage), order_by=(move.moved_at.desc(), move.id.desc()))
            .label("from_last"),
        )
        .where(*scope.holds(move.moved_at, move.candidate_id))
        .subquery()
    )
    return select(moves).where(moves.c.from_last == 1).subquery()


def _ends(scope: Scope) -> defaultdict[Stage, list[tuple[str | None, int, int]]]:
    """Per stage: where they went, how many, and how many of those want no more contact."""
    stays = last_stays(scope)
    query = (
        select(stays.c.stage, stays.c.went_to, func.count(), tally(ContactState.do_not_contact_at.is_not(None)))
        .join(ContactState, ContactState.candidate_id == stays.c.candidate_id)
        .group_by(stays.c.stage, stays.c.went_to)
    )
    found: defaultdict[Stage, list[tuple[str | None, int, int]]] = defaultdict(list)
    for stage, to, candidates, refused in db.session.execute(query):
        found[Stage(stage)].append((to, candidates, refused))
    return found


def _stays(scope: Scope) -> defaultdict[Stage, list[tuple[int, int]]]:
    """Per stage: how many hours the stays lasted that ended in the period, and how often."""
    move, before = StageMove, aliased(StageMove)
    came = (
        select(func.max(before.moved_at))
        .where(before.candidate_id == move.candidate_id, before.moved_at < move.moved_at)
        .scalar_subquery()
    )
    lengths = (
        select(
            move.from_stage.label("stage"),
            hours_between(move.moved_at, func.coalesce(came, Candidate.registered_at)).label("hours"),
        )
        .join(Candidate, Candidate.id == move.candidate_id)
        .where(move.from_stage.is_not(None), *scope.holds(move.moved_at, move.candidate_id))
        .subquery()
    )
    query = select(lengths.c.stage, lengths.c.hours, func.count()).group_by(lengths.c.stage, lengths.c.hours)
    found: defaultdict[Stage, list[tuple[int, int]]] = defaultdict(list)
    for stage, hours, times in db.session.execute(query):
        found[Stage(stage)].append((hours, times))
    return found
