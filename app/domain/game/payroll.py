"""What payroll must know: who was handed what of which value, on which day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, literal, select, union_all

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import table_file
from app.domain.game.competing import team_parts
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove, RedemptionState
from app.domain.game.rewarding.reward import Reward

SEPARATOR = ";"
"""What a Dutch spreadsheet expects."""


class Origin(StrEnum):
    """Why somebody got it."""

    REDEMPTION = "redemption"
    COMPETITION = "competition"
    SURPRISE = "surprise"


class Handed(NamedTuple):
    """`kind` is one of RewardKind; `cents` is the value including VAT; a surprise has no title."""

    person_id: int
    person: str
    day: date
    origin: Origin
    kind: str
    title: str
    cents: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the file in one language: its header, what kinds and origins are called, how a day is written."""

    header: Sequence[str]
    kinds: Mapping[str, str]
    origins: Mapping[str, str]
    day: str
    decimal: str


def handed_over(program_id: int, period: Period, zone: ZoneInfo) -> list[Handed]:
    """Everything that was handed over in a period of local days, the first day first."""
    start, end = period.moments(zone)
    parts = [query.where(at >= start, at < end) for query, at in _parts(program_id)]
    rows = union_all(*parts).subquery()
    at = rows.c.at
    query = select(rows.c.person_id, Person.name, at, rows.c.origin, rows.c.kind, rows.c.title, rows.c.cents)
    query = query.join(Person, Person.id == rows.c.person_id).order_by(at, rows.c.person_id, rows.c.origin, rows.c.id)
    alone = [
        Handed(who, name, clock.local_day(moment, zone), Origin(origin), kind, title, cents)
        for who, name, moment, origin, kind, title, cents in db.session.execute(query)
    ]
    return sorted([*alone, *_of_teams(program_id, start, end, zone)], key=lambda row: (row.day, row.person_id))


def _of_teams(program_id: int, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[Handed]:
    """What a team got is its members' in equal parts."""
    award = PrizeAward
    rows = select(award, Prize).join(Prize, Prize.id == award.prize_id)
    rows = rows.join(Competition, Competition.id == award.competition_id).where(Competition.program_id == program_id)
    of_teams = rows.where(award.person_id.is_(None), award.handed_at >= start, award.handed_at < end)
    found = db.session.execute(of_teams.order_by(award.handed_at, award.id)).all()
    parts = team_parts.parts_of([row for row, _ in found])
    for row, prize in found:
        day = clock.local_day(row.handed_at or start, zone)
        for part in parts[row.id]:
            said = prize.kind_of_reward, prize.title, part.cents
            yield Handed(part.person_id, part.person, day, Origin.COMPETITION, *said)


def _parts(program_id: int) -> Iterator[tuple[Select[Any], Any]]:
    """Each kind of thing that is handed over, and the moment at which it was."""
    move, award = RedemptionMove, PrizeAward
    redeemed = (
        _columns(Redemption.id, Redemption.person_id, move.moved_at, Reward.kind, Reward.title_nl, Redemption.cents)
        .join(move, (move.redemption_id == Redemption.id) & (move.state == RedemptionState.FULFILLED))
        .join(Reward, Reward.id == Redemption.reward_id)
    )
    won = (
        _columns(award.id, award.person_id, award.handed_at, Prize.kind_of_reward, Prize.title, award.cents)
        .join(Prize, Prize.id == award.prize_id)
        .join(Competition, Competition.id == award.competition_id)
    )
    given = Surprise.kind_of_reward, literal("", String)
    surprised = _columns(Surprise.id, Surprise.receiver_id, Surprise.handed_at, *given, Surprise.cents)
    yield _as(Origin.REDEMPTION, redeemed).where(Reward.program_id == program_id), move.moved_at
    yield _as(Origin.COMPETITION, won).where(Competition.program_id == program_id), award.handed_at
    yield _as(Origin.SURPRISE, surprised).where(Surprise.program_id == program_id), Surprise.handed_at


def _columns(*of: Any) -> Select[Any]:  # noqa: ANN401 - columns of several tables
    names = ("id", "person_id", "at", "kind", "title", "cents")
    return select(*(column.label(name) for column, name in zip(of, names, strict=True)))


def _as(origin: Origin, rows: Select[Any]) -> Select[Any]:
    return rows.add_columns(literal(origin.value, String).label("origin"))


def file_of(rows: Sequence[Handed], wording: Wording) -> bytes:
    """The rows for a spreadsheet, in which no cell is a formula."""
    return table_file.compose(wording.header, (_cells(row, wording) for row in rows), SEPARATOR)


def _cells(row: Handed, wording: Wording) -> list[str]:
    euros, cents = divmod(row.cents, 100)
    title = row.title or wording.origins[row.origin]
    value = f"{euros}{wording.decimal}{cents:02}"
    return [row.person, f"{row.day:{wording.day}}", wording.kinds[row.kind], title, value]
