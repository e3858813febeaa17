"""What measures are over four weeks: the one question through which goals and improvements learn a figure."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock
from app.clock import Period
from app.domain.oversight import day_mark, day_pool, staff_shares
from app.domain.oversight.overview import may_name
from app.domain.oversight.scope import Question, Scope
from app.domain.oversight.sponsor_figures import SponsorFigures, figures
from app.domain.oversight.waiting_for_word import waiting_for_word
from app.domain.program.program import the_program

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


def _figures(days: Period, before: Period | None, now: datetime, zone: ZoneInfo) -> SponsorFigures:
    named = may_name(the_program())
    waits = day_pool.waiting_of(each.team_id for each in waiting_for_word(now, named=named))
    scope = Scope(Question(), days, before, (), now, zone)
    return figures(scope, staff_shares.staff(), day_mark.known(now), waits, named=named)
