"""How competitions for everybody ended, as a screen celebrates it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.db import db
from app.domain.game.competing import scoreboard
from app.domain.game.competing.competition import Audience, Competition
from app.domain.game.competing.ranking import Ranking
from app.domain.game.competing.result import Result
from app.domain.game.feed import FeedItem, Told
from app.words import competition as words

Ended = Mapping[int, tuple[Competition, Ranking]]


def told_in(items: Iterable[FeedItem]) -> Ended:
    """Of the items that tell of a result, which competition it was and how it ended, if it was for everybody."""
    of_result = {item.source_id: item.id for item in items if item.kind == Told.RESULT}
    if not of_result:
        return {}
    rows = select(Competition, Result).join(Result, Result.competition_id == Competition.id)
    final = rows.where(Competition.id.in_(of_result), Competition.audience == Audience.PROGRAM, Result.final.is_(True))
    return {of_result[row.id]: (row, scoreboard.told(result)) for row, result in db.session.execute(final)}


def firsts(ended: Ended) -> set[int]:
    """Who was first in those between people."""
    return {
        line.subject_id for _row, told in ended.values() if not told.sides for line in told.people if line.place == 1
    }


def cheers(ended: Ended, names: Mapping[int, str | None]) -> Mapping[int, str]:
    """As "Herfstduel: gewonnen door Zwolle", by item."""
    between = [row.id for row, told in ended.values() if told.sides]
    sides = scoreboard.side_names(between) if between else {}
    people = {each: name or "" for each, name in names.items()}
    return {
        item: words.ended(row, words.outcome(row, told, sides if told.sides else people))
        for item, (row, told) in ended.items()
    }
