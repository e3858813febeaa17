"""What measures were at a moment: the one question through which goals and improvements learn a figure."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app import clock
from app.domain.oversight.coverage import coverage_at
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.overview import FEWEST, may_name
from app.domain.oversight.satisfaction import whole
from app.domain.oversight.sponsor_month import figures_of
from app.domain.program.program import the_program

SPAN = timedelta(weeks=4)
Values = Mapping[str, float | None]
Source = Callable[[datetime, ZoneInfo], Values]


def measured(codes: Collection[str], at: datetime, zone: ZoneInfo) -> Values:
    """Each over the four weeks up to a moment, or as it stood then; None where it had no value, or may not be told."""
    found: dict[str, float | None] = {}
    for code in codes:
        if code not in found:
            found |= SOURCES[code](at, zone)
    return {code: found[code] for code in codes}


def _of_people(at: datetime, zone: ZoneInfo) -> Values:
    until = clock.local_day(at, zone)
    figures = figures_of(clock.Period(until - SPAN, until), zone)
    told = figures.part.expected >= FEWEST or may_name(the_program())
    return {
        "adoption": _share(*figures.part) if told else None,
        "two_way": _share(figures.answered, figures.actions) if told else None,
    }


def _of_pool(at: datetime, _zone: ZoneInfo) -> Values:
    covered = coverage_at(at)
    return {"coverage": covered.percent, "late": covered.late}


def _of_answers(at: datetime, _zone: ZoneInfo) -> Values:
    return {"satisfaction": whole(Scope(at - SPAN, at)).average}


def _share(part: int, whole: int) -> float | None:
    return part * 100 // whole if whole else None


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "adoption": _of_people,
        "coverage": _of_pool,
        "late": _of_pool,
        "two_way": _of_people,
        "satisfaction": _of_answers,
    }
)
"""Where each comes from; for what is not in it there can be no goal."""
