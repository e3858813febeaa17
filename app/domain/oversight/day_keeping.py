"""Keeps the figures of days: what changed since is counted anew, how the pool stands, and the past in portions."""

import zlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select, union

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.stage_move import StageMove
from app.domain.custody.erasure import Erasure
from app.domain.custody.merge import Merge
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.event_name import EventName
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight import day_counting, day_pool
from app.domain.oversight.day_counting import Changes, end_of
from app.domain.oversight.day_events import NO_TEAM, WORD_WITHIN
from app.domain.oversight.day_figures import FigureDay, FigureMark
from app.domain.oversight.day_mark import Mark, marks, put
from app.domain.oversight.day_pool import Part
from app.domain.oversight.waiting_for_word import waiting_for_word
from app.domain.oversight.window import SEEN
from app.domain.program.action_kind import ActionKind

PORTION = timedelta(days=28)
LATELY = WORD_WITHIN + timedelta(days=2)
"""On these days our word may still come, so they are counted anew each time."""
MOST_DAYS = 31
OVERLAP = 1000
"""Numbers of actions are given before they are committed: some before the mark may have come after it."""
LATE_COMMIT = timedelta(minutes=2)
POOL_EVERY = timedelta(minutes=2)
SUNDAY = 6
Marks = Mapping[str, FigureMark]


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be written, and the marks after it."""

    changes: list[Changes]
    marks: dict[Mark, int]
    at: datetime

    def __len__(self) -> int:
        return sum(map(len, self.changes))


def keep(look: Look) -> int:
    """Write down what a look found; answers how many rows changed."""
    for changes in look.changes:
        day_counting.write(changes)
    for name, row_id in look.marks.items():
        put(name, row_id, look.at)
    return len(look)


def look_at_new(now: datetime, zone: ZoneInfo) -> Look:
    """What was done, or taken back, since the last look; who brought a whole past has all days looked at again."""
    found, today = marks(), clock.local_day(now, zone)
    newest, days = _touched(found.get(Mark.ACTIONS), now)
    after: dict[Mark, int] = {Mark.ACTIONS: newest}
    signature = _past(zone)
    past = found.get(Mark.PAST)
    if len(days) > MOST_DAYS or past is None or past.row_id != signature:
        first = first_day() or today
        after |= {Mark.PAST: signature, Mark.FIRST: first.toordinal(), Mark.ROUND: today.toordinal() + 1}
        after[Mark.HURRY] = (today - first) // PORTION + 2
    recent = {today, today - clock.DAY, *(sorted(days)[-MOST_DAYS:])}
    changes = [day_counting.activity(recent)]
    pool = found.get(Mark.POOL)
    if pool is None or not now - POOL_EVERY < pool.at <= now:
        changes += [_standing(now, today), *_happened(recent, today, zone, now)]
        after[Mark.POOL] = 0
    if Mark.HISTORY not in found:
        after[Mark.HISTORY] = today.toordinal()
    return Look(changes, after, now)


def look_back(now: datetime, zone: ZoneInfo) -> Look | None:
    """The next portion of the past that was not counted yet; None when all of it was."""
    found = marks()
    history = found.get(Mark.HISTORY)
    if history is None or history.row_id <= 1:
        return None
    end, first = date.fromordinal(history.row_id), date.fromordinal(found[Mark.FIRST].row_id)
    if end <= first:
        return Look([], {Mark.HISTORY: 1}, now)
    days = Period(max(end - PORTION, first), end)
    sundays = [_stood(day, zone) for day in _every(days) if day.weekday() == SUNDAY and not _is_kept(day)]
    return Look([*_all_of(days, zone, now), *sundays], {Mark.HISTORY: days.start.toordinal()}, now)


def look_again(now: datetime, zone: ZoneInfo) -> Look:
    """The next portion of the past once more, the newest first and then around again: what changed there is mended."""
    found, tomorrow = marks(), clock.local_day(now, zone) + clock.DAY
    end, first = (date.fromordinal(found[name].row_id) for name in (Mark.ROUND, Mark.FIRST))
    end = tomorrow if end <= first else min(end, tomorrow)
    hurry = found[Mark.HURRY].row_id
    days = Period(end - (PORTION if hurry else clock.WEEK), end)
    after = {Mark.ROUND: days.start.toordinal(), Mark.HURRY: max(0, hurry - 1)}
    return Look(_all_of(days, zone, now), after, now)


def is_in_a_hurry() -> bool:
    """Whether the past was changed, so that all of it is looked at again at once."""
    mark = db.session.get(FigureMark, str(Mark.HURRY), populate_existing=True)
    return mark is not None and mark.row_id > 0


def first_day() -> date | None:
    """The first day of which there is anything."""
    days = (select(func.min(table.local_date)) for table in (EngagementAction, Touchpoint, LedgerEntry))
    moments = (
        select(func.min(column)) for column in (StageMove.moved_at, Candidate.registered_at, Feedback.answered_at)
    )
    found = [day for query in days if (day := db.session.scalar(query))]
    began = [at.date() - clock.DAY for query in moments if (at := db.session.scalar(query))]
    return min([*found, *began], default=None)


def _touched(mark: FigureMark | None, now: datetime) -> tuple[int, set[date]]:
    """The newest action, and the days of what was recorded or taken back since the mark, also when clocks went back."""
    row = EngagementAction
    newest = db.session.scalar(select(func.max(row.id))) or 0
    if mark is None:
        return newest, set()
    before = min(mark.at, now) - LATE_COMMIT
    fresh = or_(row.id > mark.row_id, and_(row.id > mark.row_id - OVERLAP, row.recorded_at > before))
    added = select(row.local_date).where(row.id > mark.row_id - OVERLAP, fresh)
    return newest, set(db.session.scalars(union(added, select(row.local_date).where(row.undone_at > before))))


def _past(zone: ZoneInfo) -> int:
    """A number that is another one as soon as something of the past was merged, forgotten, imported or named anew.

    Or as soon as days begin at another hour.
    """
    facts = select(
        select(func.count()).select_from(Merge).scalar_subquery(),
        select(func.count(Merge.undone_at)).scalar_subquery(),
        select(func.count()).select_from(Erasure).scalar_subquery(),
        select(func.count(CandidateImport.finished_at)).scalar_subquery(),
        select(func.count(CandidateImport.undone_at)).scalar_subquery(),
        select(func.sum(EventName.relabelled)).scalar_subquery(),
    )
    kinds = select(ActionKind.id, ActionKind.two_way, ActionKind.place_class).order_by(ActionKind.id)
    teams = select(Person.id, Person.team_id).order_by(Person.id)
    told = [[tuple(row) for row in db.session.execute(each)] for each in (facts, kinds, teams)]
    return zlib.crc32(repr([zone.key, told]).encode())


def _standing(now: datetime, today: date) -> Changes:
    pool = day_pool.pool_now(now) + day_pool.reached(now) + Counter({Part(SEEN, NO_TEAM): 1})
    pool += day_pool.waiting_of(each.team_id for each in waiting_for_word(now, named=False))
    return day_counting.stands(pool, today)


def _happened(days: Collection[date], today: date, zone: ZoneInfo, now: datetime) -> list[Changes]:
    """Of the last days in one, and of the days before those whose waiting may have ended on one of them."""
    lately = today - LATELY
    older = {day - clock.DAY * back for day in days if day < today - clock.DAY for back in range(WORD_WITHIN.days + 2)}
    recent = day_counting.happened(Period(lately, today + clock.DAY), zone, now)
    return [recent, *(day_counting.happened(Period(day, day + clock.DAY), zone, now) for day in older if day < lately)]


def _all_of(days: Period, zone: ZoneInfo, now: datetime) -> list[Changes]:
    return [day_counting.activity(_every(days)), day_counting.happened(days, zone, now)]


def _stood(day: date, zone: ZoneInfo) -> Changes:
    return day_counting.stands(day_pool.pool_at(end_of(day, zone)), day)


def _is_kept(day: date) -> bool:
    kept = select(FigureDay.day).where(FigureDay.day == day, day_counting.IS_STANDING).limit(1)
    return db.session.scalar(kept) is not None


def _every(days: Period) -> list[date]:
    return [days.start + clock.DAY * number for number in range((days.end - days.start).days)]
