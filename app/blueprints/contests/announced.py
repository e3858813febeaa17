"""Who won what, as it is announced: provisionally from the result, then from the prizes that were given."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from app.blueprints.contests.asked import Asked
from app.domain.game import appearance
from app.domain.game.competing import handing, scoreboard
from app.domain.game.competing.awarding import Won
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.game.competing.result import Result
from app.words import competition as words


class Winner(NamedTuple):
    """`people` share what is said here, each `cents`; it was `handed` over to so many of them, and so many declined."""

    prize: Prize
    who: str
    cents: int
    me: bool = False
    people: int = 1
    handed: int = 0
    declined: int = 0


def headline(asked: Asked, result: Result) -> str:
    """How it ended, in a sentence."""
    told = scoreboard.told(result)
    if told.sides:
        return words.outcome(asked.competition, told, scoreboard.side_names([asked.competition.id]))
    first = [line.subject_id for line in told.people if line.place == 1]
    by_name = asked.competition.format not in {Format.TEAM_GOAL, Format.THRESHOLD}
    names = appearance.names_for(asked.program, asked.viewer, first) if by_name else {}
    return words.outcome(asked.competition, told, {each: name or "" for each, name in names.items()})


def winners(asked: Asked, result: Result, prizes: Sequence[Prize]) -> list[Winner]:
    """In the order of the prizes; a prize for each of a team is said once."""
    won = _won(asked.competition, result)
    known = {prize.id: prize for prize in prizes}
    people = {row.person_id for row in won if row.person_id and not known[row.prize_id].per_person}
    names = appearance.names_for(asked.program, asked.viewer, people)
    sides = scoreboard.side_names([asked.competition.id]) if any(row.side_id for row in won) else {}

    def said_once(row: Won | PrizeAward) -> tuple[int, int, int]:
        return row.prize_id, row.side_id or 0, 0 if known[row.prize_id].per_person else row.person_id or 0

    order = [prize.id for prize in prizes]
    rows = sorted(won, key=lambda row: (order.index(row.prize_id), said_once(row)))
    return [_winner(asked, known[key[0]], list(same), names, sides) for key, same in groupby(rows, key=said_once)]


def _won(competition: Competition, result: Result) -> Sequence[Won | PrizeAward]:
    if result.final:
        return handing.awards_of(competition.id)
    return [Won(**row) for row in result.body["prizes"]]


def _winner(
    asked: Asked,
    prize: Prize,
    rows: Sequence[Won | PrizeAward],
    names: Mapping[int, str | None],
    sides: Mapping[int, str],
) -> Winner:
    one = rows[0]
    if prize.per_person or one.person_id is None:
        who = words.everybody(sides.get(one.side_id or 0, ""))
    else:
        who = words.winner(names.get(one.person_id), me=one.person_id == asked.viewer.id)
    given = [row for row in rows if isinstance(row, PrizeAward)]
    return Winner(
        prize,
        who,
        one.cents,
        any(row.person_id == asked.viewer.id for row in rows),
        len(rows),
        sum(row.handed_at is not None for row in given),
        sum(row.declined_at is not None for row in given),
    )
