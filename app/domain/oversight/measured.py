"""What measures are over some days: how goals, improvements, the meeting and the monthly mail learn a figure."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock
from app.clock import Period
from app.domain.oversight import day_mark, day_pool, staff_shares
from app.domain.oversight.day_pool import Pool
from app.domain.oversight.scope import Question, Scope
from app.domain.oversight.sponsor_figures import SponsorFigures, figures
from app.domain.oversight.waiting_for_word import waiting_for_word
from app.domain.program.program import may_name, the_program

SPAN = clock.WEEK * 4
Values = Mapping[str, float | None]


class Beside(NamedTuple):
    """A measure over the four weeks before something began, and over four weeks of it."""

    before: float | None
    after: float | None


def measured(codes: Collection[str], now: datetime, zone: ZoneInfo) -> Values:
    """Each as the sponsor's page has it: over four weeks up to today; None where it has no value, or is of few."""
    end = clock.local_day(now, zone) + clock.DAY
    found = _figures(Period(end - SPAN, end), None, now, zone).figures
    return {code: found[code].value for code in codes}


def beside(code: str, begun: date, end: date, now: datetime, zone: ZoneInfo) -> Beside:
    """What it was before a day, and over the four weeks up to another, which is not in it."""
    found = _figures(Period(end - SPAN, end), Period(begun - SPAN, begun), now, zone).figures[code]
    return Beside(found.before, found.value)


def figures_over(days: Period, before: Period | None, now: datetime, zone: ZoneInfo) -> SponsorFigures:
    """Everybody's, over some days and over those before them; who waits for our word is not looked up."""
    return _of(days, before, Counter(), now, zone)


def _figures(days: Period, before: Period | None, now: datetime, zone: ZoneInfo) -> SponsorFigures:
    waits = waiting_for_word(now, named=False)
    return _of(days, before, day_pool.waiting_of(each.team_id for each in waits), now, zone)


def _of(days: Period, before: Period | None, waiting: Pool, now: datetime, zone: ZoneInfo) -> SponsorFigures:
    scope, named = Scope(Question(), days, before, (), now, zone), may_name(the_program())
    return figures(scope, staff_shares.staff(), day_mark.known(now), waiting, named=named)
