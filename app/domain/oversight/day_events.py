"""What happened with candidates on each day, by the team that looks after them: moves, answers, rescues, our word."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    cast,
    false,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from app import clock
from app.clock import Period
from app.db import UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight.occurrence import first_word, rescued_id, rescues, turned, was_referred
from app.domain.oversight.stage_flow import goes_on

NO_TEAM = 0
WORD_WITHIN = timedelta(days=7)
"""Our first word counts when it came within this; after that somebody was not answered."""
NO_WORD = int(WORD_WITHIN.total_seconds()) // 3600
A_DAY = 24


class Key(NamedTuple):
    """A day, what is counted, and the team that looks after whom it is about; 0: nobody, or somebody without one."""

    day: date
    measure: str
    team_id: int


Counts = Counter[Key]


@dataclass(frozen=True, slots=True)
class Of:
    """The days of some periods as they are known now; `whose` is None for everybody."""

    periods: Sequence[Period]
    zone: ZoneInfo
    now: datetime
    whose: Select[int] | None = None

    def at(self, moment: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
        """Of a moment: on one of these days."""
        spans = (each.moments(self.zone) for each in self.periods)
        return or_(false(), *(and_(moment >= since, moment < until) for since, until in spans))

    def on(self, day: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
        """The same of a day."""
        return or_(false(), *(and_(day >= each.start, day < each.end) for each in self.periods))

    def about(self, candidate_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
        """Of a candidate: one of those whom it is about."""
        return true() if self.whose is None else candidate_id.in_(self.whose)


class Sort(StrEnum):
    MOVE = "move"
    RESCUE = "rescue"
    REFERRAL = "referral"
    ANSWER = "answer"
    TURN = "turn"


class Event(NamedTuple):
    """A row that happened with a candidate: on a day or at a moment, from something to something, and another moment.

    Of a MOVE these are the stages, and when they registered; of an ANSWER the face; of a TURN to us our first word.
    """

    sort: str
    day: date | None
    at: datetime | None
    left: str | None
    to: str | None
    other: datetime | None
    team_id: int | None


Events = Select[str, date | None, datetime | None, str | None, str | None, datetime | None, int | None]
NO_DAY, NO_MOMENT, NO_TEXT = cast(null(), Date()), cast(null(), UtcDateTime()), cast(null(), String())


def events(of: Of) -> Counts:
    """Everything that happened on these days, asked in one question."""
    parts = (each(of) for each in (_moves, _rescues, _referred, _faces, _turns))
    rows = (Event(*row) for row in db.session.execute(union_all(*parts)))
    return Counter(key for row in rows for key in _told(row, of))


def word_after(hours: int) -> str:
    """The name under which our first word after so many hours is counted: by the hour for a day, then by the day.

    What took seven days or more was no answer.
    """
    exact = hours if hours < A_DAY else hours // A_DAY * A_DAY
    return f"word:{min(exact, NO_WORD)}"


def moved(left: str | None, to: str, days: int) -> Iterator[str]:
    """What one move from a stage to another counts as, for somebody who was with us so many days."""
    yield f"came:{to}"
    if left is None:
        return
    yield f"on:{left}" if goes_on(left, to) else f"back:{left}"
    if to == Stage.CONVERT and left == Stage.REDEPLOY:
        yield "redeployed"
    elif to == Stage.CONVERT:
        yield "placed"
        yield f"after:{max(days, 0)}"


def _told(row: Event, of: Of) -> Iterator[Key]:
    day = row.day or (clock.local_day(row.at, of.zone) if row.at else of.now.date())
    yield from (Key(day, name, row.team_id or NO_TEAM) for name in _names(row, of.now))


def _names(row: Event, now: datetime) -> Iterator[str]:
    """Who waits for our first word still is counted after seven days."""
    if row.sort == Sort.MOVE and row.at and row.other:
        yield from moved(row.left, row.to or "", (row.at - row.other).days)
    elif row.sort == Sort.ANSWER:
        yield f"face:{row.to}"
    elif row.sort == Sort.TURN and row.at and (row.other or now - row.at >= WORD_WITHIN):
        yield word_after(int((row.other - row.at).total_seconds()) // 3600 if row.other else NO_WORD)
    elif row.sort in NAMES:
        yield NAMES[row.sort]


NAMES: Mapping[str, str] = MappingProxyType({Sort.RESCUE: "rescued", Sort.REFERRAL: "referred"})


def _moves(of: Of) -> Events:
    """Who came into a stage or left it."""
    move = StageMove
    stages = cast(move.from_stage, String()), cast(move.to_stage, String())
    columns = _sort(Sort.MOVE), NO_DAY, move.moved_at, *stages, Candidate.registered_at, Person.team_id
    return (
        select(*columns)
        .join_from(move, Candidate, Candidate.id == move.candidate_id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(of.at(move.moved_at), of.about(move.candidate_id))
    )


def _rescues(of: Of) -> Events:
    entry = LedgerEntry
    columns = entry.local_date, NO_MOMENT, NO_TEXT, NO_TEXT, NO_MOMENT, entry.team_id
    return rescues(_sort(Sort.RESCUE), *columns).where(of.on(entry.local_date), of.about(rescued_id()))


def _referred(of: Of) -> Events:
    them = Candidate
    return (
        select(_sort(Sort.REFERRAL), NO_DAY, them.registered_at, NO_TEXT, NO_TEXT, NO_MOMENT, Person.team_id)
        .join_from(them, Person, Person.id == them.owner_id, isouter=True)
        .where(was_referred(), of.at(them.registered_at), of.about(them.id))
    )


def _faces(of: Of) -> Events:
    """What candidates thought, with the team that had the care of them then."""
    row = Feedback
    face = cast(row.score, String())
    columns = _sort(Sort.ANSWER), NO_DAY, row.answered_at, NO_TEXT, face, NO_MOMENT, row.team_id
    return select(*columns).where(row.score.is_not(None), of.at(row.answered_at), of.about(row.candidate_id))


def _turns(of: Of) -> Events:
    """When a candidate turned to us, and when they heard our first word after it."""
    they = Touchpoint
    columns = _sort(Sort.TURN), they.local_date, they.occurred_at, NO_TEXT, NO_TEXT, first_word(), Person.team_id
    return (
        select(*columns)
        .join_from(they, Candidate, Candidate.id == they.candidate_id, isouter=True)  # of the days, not of all people
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(turned(), of.on(they.local_date), of.about(they.candidate_id))
    )


def _sort(sort: Sort) -> ColumnElement[str]:
    return cast(literal(str(sort)), String())
