"""A competition as it stands for whoever looks: from the ledger while it runs, from its result once there is one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import standings
from app.domain.game.competing import ranking, tally
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Entrant, Side, active
from app.domain.game.competing.life import IN_PAIRS, dates_of
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.result import Result
from app.domain.game.fairness import Weight
from app.domain.game.leaderboard import BoardRow, named
from app.domain.game.standings import Placed
from app.domain.program.program import Program

SEVERAL = 500
ALL_WITH_POINTS = frozenset({Format.TEAM_GOAL, Format.THRESHOLD, Format.MOST})
"""In these everybody who brought anything has a line."""


class SideRow(NamedTuple):
    """A side with its place, None without a score; `people` is how many are on it."""

    side_id: int
    name: str
    people: int
    place: int | None = None
    shared: bool = False
    score: int = 0
    mine: bool = False


def stand(competition: Competition, result: Result | None = None) -> Ranking:
    """Who takes part, and how they stand by its result, or by the ledger as it is now.

    While it runs between sides or in pairs people are not ordered: `meeting` and the sides tell how it stands.
    """
    if result is not None:
        return told(result, active(result.competition_id))
    entrants = active(competition.id)
    if competition.format == Format.TEAMS:
        return ranking.between_sides(competition, entrants)
    return Ranking([], [], 0, entrants) if competition.format in IN_PAIRS else ranking.ranked(competition, entrants)


def not_begun(competition: Competition) -> Ranking:
    """Who takes part before the first day."""
    return Ranking([], [], 0, active(competition.id))


def told(result: Result, entrants: Sequence[Entrant] = ()) -> Ranking:
    """What a result says."""
    people, sides = ([Line(**line) for line in result.body[name]] for name in ("people", "sides"))
    return Ranking(people, sides, int(result.body["together"]), entrants)


def line_of(stands: Ranking, person_id: int) -> Line | None:
    """Somebody's own line; None for who has nothing yet, or does not take part."""
    return next((line for line in stands.people if line.subject_id == person_id), None)


def next_place(lines: Sequence[Line], subject_id: int) -> tuple[int, int] | None:
    """The place above somebody's and how much of a score is missing to it, in hundredths; None without either."""
    mine = next((line for line in lines if line.subject_id == subject_id), None)
    above = [line for line in lines if mine and line.place < mine.place]
    return (above[-1].place, above[-1].score - mine.score) if mine and above else None


def own_count(competition: Competition, stands: Ranking, person_id: int) -> int:
    """What somebody brought, not weighed by anything: only they see it."""
    line = line_of(stands, person_id)
    if line or competition.format in ALL_WITH_POINTS:
        return line.counts if line else 0
    return tally.plain(competition, [person_id], dates_of(competition)).get(person_id, 0)


def people_shown(
    program: Program, stands: Ranking, viewer: Person, *, everyone: bool = False, takes_part: bool = True
) -> list[BoardRow]:
    """The first three and those around the viewer, or everybody down to the middle: never the bottom."""
    board = placed(stands.people)
    if takes_part and not line_of(stands, viewer.id):
        board.append(standings.unplaced(viewer.id))
    return named(program, (standings.upper_half if everyone else standings.near_me)(board, viewer.id), viewer)


def placed(lines: Sequence[Line]) -> list[Placed]:
    """As on a board, equals with the sign that they are."""
    sharing = Counter(line.place for line in lines)
    return [
        Placed(
            line.subject_id,
            line.score,
            line.tie,
            line.counts,
            0,
            Weight(0, line.available_days),
            line.place,
            shared=sharing[line.place] > 1,
        )
        for line in lines
    ]


def sides_shown(stands: Ranking, sides: Collection[Side], mine: int | None) -> list[SideRow]:
    """All sides, the first one first; those without a score after them, in their own order."""
    sizes = Counter(each.side_id for each in stands.entrants)
    found = {line.person_id: line for line in placed(stands.sides)}
    rows = []
    for side in sides:
        row = SideRow(side.id, side.name, sizes[side.id], mine=side.id == mine)
        line = found.get(side.id)
        rows.append(row._replace(place=line.place, shared=line.shared, score=line.score) if line else row)
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0))


def in_draw(stands: Ranking) -> list[int]:
    """Who reached the threshold of a raffle."""
    return [line.subject_id for line in stands.people if line.tickets]


def entries_of(person_id: int, competition_ids: Collection[int]) -> Mapping[int, Entrant]:
    """Somebody's parts in these competitions; nothing in those that are not for them."""
    rows = select(Entrant).where(Entrant.person_id == person_id, Entrant.competition_id.in_(competition_ids))
    return {each.competition_id: each for each in db.session.scalars(rows)}


def result_of(competition: Competition) -> Result | None:
    """The latest edition of the result; None before there is any, and when it was cancelled."""
    if competition.reviewed_at is None or competition.cancelled_at is not None:
        return None
    rows = select(Result).where(Result.competition_id == competition.id).order_by(Result.edition.desc())
    return db.session.scalar(rows.limit(1))


def final_results(competition_ids: Collection[int]) -> Mapping[int, Result]:
    """The results of those that are final."""
    rows = select(Result).where(Result.competition_id.in_(competition_ids), Result.final.is_(True))
    return {each.competition_id: each for each in db.session.scalars(rows.limit(SEVERAL))}


def side_names(competition_ids: Collection[int]) -> Mapping[int, str]:
    """What the sides of these competitions are called."""
    rows = select(Side.id, Side.name).where(Side.competition_id.in_(competition_ids))
    return {row.id: row.name for row in db.session.execute(rows)}
