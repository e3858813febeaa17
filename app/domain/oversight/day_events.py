"""What happened with candidates on each day, by the team that looks after them: moves, answers, rescues, our word."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions import rescue
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.game.ledger_entry import BONUS, LedgerEntry
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.oversight.contact import IS_CONTACT
from app.domain.oversight.stage_flow import goes_on
from app.domain.program.action_kind import ActionKind

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
    """The days of a period as they are known now; `whose` is None for everybody."""

    days: Period
    zone: ZoneInfo
    now: datetime
    whose: Select[int] | None = None

    def at(self, moment: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a column
        """Of a moment: on one of these days."""
        since, until = self.days.moments(self.zone)
        return moment >= since, moment < until

    def on(self, day: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a column
        """The same of a day."""
        return day >= self.days.start, day < self.days.end

    def about(self, candidate_id: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a column
        """Of a candidate: one of those whom it is about."""
        return () if self.whose is None else (candidate_id.in_(self.whose),)


def events(of: Of) -> Counts:
    """Everything that happened on these days."""
    return Counter(key for part in PARTS for key in part(of))


def word_after(hours: int) -> str:
    """The name under which our first word after so many hours is counted: by the hour for a day, then by the day.

    What took seven days or more was no answer.
    """
    exact = hours if hours < A_DAY else hours // A_DAY * A_DAY
    return f"word:{min(exact, NO_WORD)}"


def _moves(of: Of) -> Iterator[Key]:
    """Who came into a stage or left it, who was placed, and after how many days with us."""
    move = StageMove
    query = (
        select(move.moved_at, move.from_stage, move.to_stage, Candidate.registered_at, Person.team_id)
        .join(Candidate, Candidate.id == move.candidate_id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(*of.at(move.moved_at), *of.about(move.candidate_id))
    )
    for at, left, to, registered_at, team_id in db.session.execute(query):
        day, team = clock.local_day(at, of.zone), team_id or NO_TEAM
        yield from (Key(day, name, team) for name in moved(left, to, (at - registered_at).days))


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


def _rescues(of: Of) -> Iterator[Key]:
    """Applications that had stopped and were completed after a recruiter was in touch, while that stands."""
    entry, undone = LedgerEntry, aliased(LedgerEntry)
    query = (
        select(entry.local_date, entry.team_id)
        .outerjoin(undone, undone.reverses_id == entry.id)
        .where(
            entry.source_kind == rescue.SOURCE,
            entry.kind == BONUS,
            undone.id.is_(None),
            *of.on(entry.local_date),
            *of.about(entry.candidate_id),
        )
    )
    yield from (Key(day, "rescued", team_id or NO_TEAM) for day, team_id in db.session.execute(query))


def _referred(of: Of) -> Iterator[Key]:
    """Who came because a candidate referred them."""
    query = (
        select(Candidate.registered_at, Person.team_id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(
            Candidate.referred_by_id.is_not(None),
            *of.at(Candidate.registered_at),
            *of.about(Candidate.id),
        )
    )
    for at, team_id in db.session.execute(query):
        yield Key(clock.local_day(at, of.zone), "referred", team_id or NO_TEAM)


def _faces(of: Of) -> Iterator[Key]:
    """What candidates thought, by the face that they chose and the team that had the care of them then."""
    query = select(Feedback.answered_at, Feedback.score, Feedback.team_id).where(
        Feedback.score.is_not(None), *of.at(Feedback.answered_at), *of.about(Feedback.candidate_id)
    )
    for at, face, team_id in db.session.execute(query):
        if at is not None:
            yield Key(clock.local_day(at, of.zone), f"face:{face}", team_id or NO_TEAM)


def _words(of: Of) -> Iterator[Key]:
    """How long whoever turned to us waited for our first word; who waits still is counted after seven days."""
    they, action = Touchpoint, EngagementAction
    word = (
        select(func.min(action.occurred_at))
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(
            action.candidate_id == they.candidate_id,
            action.occurred_at >= they.occurred_at,
            action.undone_at.is_(None),
            action.person_id.is_not(None),
            IS_CONTACT,
        )
        .scalar_subquery()
    )
    turning = select(TouchpointKind.code).where(TouchpointKind.role.in_((KindRole.INBOUND, KindRole.FORM)))
    query = (
        select(they.local_date, they.occurred_at, cast("ColumnElement[datetime | None]", word), Person.team_id)
        .join(Candidate, Candidate.id == they.candidate_id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(
            *of.on(they.local_date),
            they.kind.in_(turning),
            they.verdict == "human",
            they.reversed_at.is_(None),
            *of.about(they.candidate_id),
        )
    )
    for day, at, spoke, team_id in db.session.execute(query):
        if spoke is not None or of.now - at >= WORD_WITHIN:
            hours = NO_WORD if spoke is None else int((spoke - at).total_seconds()) // 3600
            yield Key(day, word_after(hours), team_id or NO_TEAM)


PARTS = (_moves, _rescues, _referred, _faces, _words)
