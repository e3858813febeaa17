"""A moment worth a celebration with whoever logged: what their last action just brought, or was told of them before it.

It follows from what stands, so nothing is kept of it. What corrects an action that was undone is no moment. Nor is
what another system or a file told: it is not what they just did here, whatever becomes of it.
"""

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import and_, func, select

from app import clock
from app.db import db
from app.domain.actions import attendance, streak
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.game import own_best
from app.domain.game.appearance import person_boards
from app.domain.game.competing import winnings
from app.domain.game.feed import FeedItem, Told
from app.domain.game.ledger import LedgerEntry
from app.domain.game.running_total import Standing
from app.domain.program.program import Program

JUST_NOW = timedelta(minutes=1)
NEWS = timedelta(days=3)
WON = timedelta(weeks=3)
"""So long ago may a competition have been won: nobody is at work on every day."""
TENS = (10, 20)
LAST_PLACE = 10
"""Going up is worth a word so far down the board."""

MEANWHILE = (Told.RESCUE, Told.FAN)
TOLD_BY_OTHERS = ("import", "bullhorn")
AGAIN = "bullhorn", "."
"""Where a note is logged anew, and what its id has in it then: it is one thing that was done, however often."""
action = EngagementAction


class Moment(NamedTuple):
    """`number` is what the kind counts: points, weeks in a row, the place, or the actions of today.

    `what` is the competition that was won.
    """

    kind: Literal["won", "record", "streak", "rescue", "fan", "place", "tenth"]
    number: int = 0
    what: str = ""


class Last(NamedTuple):
    """An action as far as it tells whether it was a moment."""

    id: int
    occurred_at: datetime
    recorded_at: datetime
    undone_at: datetime | None


def of_last_action(program: Program, person: Person, now: datetime) -> Moment | None:
    """What somebody's newest action brought, when they logged it just now themselves."""
    today = clock.local_day(now, the_zone())
    columns = action.id, action.occurred_at, action.recorded_at, action.undone_at
    here = action.person_id == person.id, action.local_date > today - clock.WEEK, action.source.not_in(TOLD_BY_OTHERS)
    mine = select(*columns).where(*here)
    rows = [Last(*row) for row in db.session.execute(mine.order_by(action.id.desc()).limit(2))]
    if not rows or rows[0].undone_at or now - rows[0].recorded_at > JUST_NOW:
        return None
    if len(rows) > 1 and rows[1].undone_at:
        return None
    since = rows[1].recorded_at if len(rows) > 1 else now - WON
    return (
        _of_competition(person, max(since, now - WON))
        or _by_points(program, person, rows[0], clock.week_of(today).start)
        or _of_streak(person, rows[0], now)
        or _meanwhile(person, max(since, now - NEWS))
        or _of_today(person, rows[0], today)
    )


def _of_competition(person: Person, since: datetime) -> Moment | None:
    """A competition that turned out to be won since the action before."""
    won = winnings.won_since(person.id, since)
    return Moment("won", what=won.name) if won else None


def _by_points(program: Program, person: Person, last: Last, week: date) -> Moment | None:
    """A week better than any before it, or a place higher on the board."""
    earned = select(func.sum(LedgerEntry.points)).where(
        LedgerEntry.source_kind == "action", LedgerEntry.source_id == last.id
    )
    points, total = db.session.scalar(earned) or 0, own_best.points_of(program.id, person.id, week)
    if not points:
        return None
    best = own_best.best_before(program.id, person.id, week)
    if best is not None and total - points <= best < total:
        return Moment("record", total)
    return _of_place(program, person, points, week) if person_boards(program) else None


def _of_place(program: Program, person: Person, points: int, week: date) -> Moment | None:
    """The place that was gained: the score before is that without these points, where every day of theirs counts."""
    board = (
        Standing.program_id == program.id,
        Standing.scope == "person",
        Standing.period == "week",
        Standing.period_start == week,
    )
    mine = db.session.scalar(select(Standing).where(*board, Standing.subject_id == person.id))
    if mine is None or mine.sort_key <= 0 or mine.points <= points or mine.worked_days > mine.available_days:
        return None
    whole = 100 * mine.points + mine.head_start
    before = mine.sort_key * (whole - 100 * points) // whole
    higher = select(
        func.count().filter(Standing.sort_key > mine.sort_key), func.count().filter(Standing.sort_key > before)
    )
    now_above, then_above = db.session.execute(
        higher.where(*board, Standing.sort_key > before, Standing.subject_id != person.id)
    ).one()
    return Moment("place", now_above + 1) if now_above < then_above and now_above < LAST_PLACE else None


def _of_streak(person: Person, last: Last, now: datetime) -> Moment | None:
    """The action with which this week's block was kept, when so many weeks in a row are a milestone."""
    found = attendance.current(person, now)
    if found.milestone is None or found.block is None or found.done != found.needed:
        return None
    begin, end = found.block.starts - streak.EITHER_SIDE, found.block.ends + streak.EITHER_SIDE
    return Moment("streak", found.weeks) if begin <= last.occurred_at < end else None


def _meanwhile(person: Person, since: datetime) -> Moment | None:
    """What candidates did since the action before, and was told of this person."""
    told = select(FeedItem.kind).where(
        FeedItem.person_id == person.id,
        FeedItem.kind.in_(MEANWHILE),
        FeedItem.happened_at > since,
        FeedItem.withdrawn_at.is_(None),
    )
    kind = db.session.scalar(told.order_by(FeedItem.id.desc()).limit(1))
    return None if kind is None else Moment("rescue" if kind == Told.RESCUE else "fan")


def _of_today(person: Person, last: Last, day: date) -> Moment | None:
    """The tenth of the day; what was undone counts too, so that none is the tenth twice."""
    source, mark = AGAIN
    anew = and_(action.source == source, action.external_id.contains(mark, autoescape=True))
    that_day = action.person_id == person.id, action.local_date == day, action.id <= last.id
    number = db.session.scalar(select(func.count()).where(*that_day, ~func.coalesce(anew, False))) or 0
    return Moment("tenth", number) if number in TENS else None
