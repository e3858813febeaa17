"""Who would have won the competitions that are over: each decided twice by its own rules, as it was and as drafted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.clock import Period
from app.db import db
from app.domain.game.competing import awarding, ranking, tally
from app.domain.game.competing.awarding import Won
from app.domain.game.competing.competition import Competition, Format, Metric
from app.domain.game.competing.entrant import active
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.prize import Prize, PrizeKind, prizes_of
from app.domain.game.competing.tally import Facts

REPLAYED = frozenset((Format.TEAM_GOAL, Format.THRESHOLD, Format.TEAMS, Format.MOST))
"""The others ask when something was reached, or who met whom: that follows from more than what people had."""
MOST = 100
Change = Mapping[tuple[int, date], int]


def compare(program_id: int, dates: Period, change: Change) -> list[dict[str, Any]]:
    """Those that ended in these days, the newest first; without `was` it cannot be replayed."""
    return [_decided_twice(each, change) for each in _over(program_id, dates)]


def _over(program_id: int, dates: Period) -> Sequence[Competition]:
    row = Competition
    ended = row.program_id == program_id, row.first >= dates.start, row.last < dates.end, row.final_at.is_not(None)
    return db.session.scalars(select(row).where(*ended).order_by(row.last.desc(), row.id.desc()).limit(MOST)).all()


def _decided_twice(row: Competition, change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"id": row.id, "last": row.last.isoformat(), "counts_points": row.metric == Metric.POINTS}
    if row.format not in REPLAYED or row.metric != Metric.POINTS:
        return told
    entrants, prizes = active(row.id), prizes_of(row.id)
    facts = tally.facts_of(row, [each.person_id for each in entrants])
    was, then = (
        awarding.won(row, awarding.staying(ranking.ranked(row, entrants, each)), prizes)
        for each in (facts, _drafted(facts, dates_of(row), change))
    )
    drawn = any(prize.kind == PrizeKind.RAFFLE for prize in prizes)
    return told | {"drawn": drawn, "was": _written(was, prizes), "then": _written(then, prizes)}


def _drafted(facts: Facts, dates: Period, change: Change) -> Facts:
    """The same people with what they would have had."""
    more = Counter[int]()
    for (person_id, day), points in change.items():
        if day in dates:
            more[person_id] += points
    had = {each: counts._replace(points=counts.points + more[each]) for each, counts in facts.had.items()}
    by_day = {
        each: {day: points + change.get((each, day), 0) for day, points in facts.by_day.get(each, {}).items()}
        for each in facts.had
    }
    return facts._replace(had=had, by_day=by_day)


def _written(won: Sequence[Won], prizes: Sequence[Prize]) -> dict[str, Any]:
    """Who got something, and what it cost; a prize that somebody gets as one of a side counts for the side."""
    return {
        "people": sorted({each.person_id for each in won if each.person_id is not None}),
        "sides": sorted({each.side_id for each in won if each.side_id is not None}),
        "cents": sum(each.cents for each in won),
        "prizes": len(won),
        "of": len(prizes),
    }
