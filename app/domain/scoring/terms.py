"""The settings of a ranking as they are kept with a list: the model, and the working calendar with its closed days."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.scoring.situation import Cadence, Model
from app.domain.scoring.working_time import WorkingCalendar


def kept(model: Model, calendar: WorkingCalendar, half_life: float) -> dict[str, Any]:
    """In what JSON knows; `half_life` in seconds only tells how the scores came about."""
    return {
        "s50": model.s50,
        "half_life": half_life,
        "stages": {name: [one.days, one.working] for name, one in model.stage_cadences.items()},
        "applications": {name: [one.days, one.working] for name, one in model.application_cadences.items()},
        "other": [model.other_cadence.days, model.other_cadence.working],
        "grace_hours": dict(model.grace_hours),
        "zone": calendar.zone.key,
        "opens": calendar.opens.isoformat("minutes"),
        "closes": calendar.closes.isoformat("minutes"),
        "weekdays": sorted(calendar.weekdays),
        "closed": [day.isoformat() for day in sorted(calendar.closures)],
    }


def model_of(settings: Mapping[str, Any]) -> Model:
    """The model again, from what was kept."""
    return Model(
        s50=settings["s50"],
        stage_cadences={name: Cadence(*one) for name, one in settings["stages"].items()},
        application_cadences={name: Cadence(*one) for name, one in settings["applications"].items()},
        other_cadence=Cadence(*settings["other"]),
        grace_hours=settings["grace_hours"],
    )


def calendar_of(settings: Mapping[str, Any]) -> WorkingCalendar:
    """The working calendar again, from what was kept."""
    hours = (settings["opens"], settings["closes"])
    return _calendar(settings["zone"], tuple(settings["closed"]), hours, tuple(settings["weekdays"]))


@lru_cache(maxsize=16)
def _calendar(zone: str, closed: tuple[str, ...], hours: tuple[str, str], weekdays: tuple[int, ...]) -> WorkingCalendar:
    """One for all rows of a list, and mostly for all lists: tabulating its days is what takes the time."""
    days = [date.fromisoformat(day) for day in closed]
    opens, closes = (time.fromisoformat(hour) for hour in hours)
    return WorkingCalendar(ZoneInfo(zone), days, opens, closes, weekdays)
