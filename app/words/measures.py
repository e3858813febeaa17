"""Words of the measures: what each is called, what it means, and a value of it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.domain.oversight.measure import MEASURES, Unit
from app.language import decimal, ngettext
from app.language import gettext as _

A_DAY, A_WEEK = 24, 7 * 24
NO_VALUE = "\N{EN DASH}"


def name(code: str) -> str:
    """What it is called."""
    return {
        "adoption": _("Taking part"),
        "attendance": _("Follow-up blocks held"),
        "coverage": _("In contact in time"),
        "late": _("Waiting too long for us"),
        "waiting": _("Waiting for our word"),
        "two_way": _("Contacts with an answer"),
        "first_response": _("Time to our first word"),
        "conversion": _("Came to the next stage"),
        "rescued": _("Rescued applications"),
        "placements": _("Placements"),
        "redeployments": _("Placed again"),
        "referrals": _("Referrals"),
        "time_to_placement": _("Time to placement"),
        "satisfaction": _("Satisfaction"),
    }[code]


def value(code: str, number: float | None) -> str:
    """As 83%, 61, 6.5 hours, 12 days or 4.2 of 5."""
    if number is None:
        return NO_VALUE
    return {
        Unit.PERCENT: lambda: f"{round(number)}%",
        Unit.NUMBER: lambda: decimal(number),
        Unit.HOURS: lambda: _hours(number),
        Unit.DAYS: lambda: ngettext("%(num)d day", "%(num)d days", round(number)),
        Unit.FACES: lambda: _("%(number)s of 5", number=decimal(round(number, 1))),
    }[MEASURES[code].unit]()


def _hours(number: float) -> str:
    """From a day on in days."""
    if number >= A_WEEK:
        return _("7 days or more")
    if number >= A_DAY:
        return ngettext("%(num)d day", "%(num)d days", round(number / A_DAY))
    return _("%(number)s hours", number=decimal(round(number, 1)))


def change(code: str, number: float | None) -> str:
    """As +3 percentage points, -12 or +1 day; nothing where there is nothing to compare with."""
    if number is None:
        return ""
    sign = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else "\N{PLUS-MINUS SIGN}"
    if MEASURES[code].unit is Unit.PERCENT:
        return sign + ngettext("%(num)d percentage point", "%(num)d percentage points", round(abs(number)))
    if MEASURES[code].unit is Unit.FACES:
        return sign + decimal(round(abs(number), 1))
    return sign + value(code, abs(number))


def definition(code: str) -> str:
    """What it counts, in a sentence or two; the same as in docs/sponsor.md."""
    return DEFINITIONS[code]()


DEFINITIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "adoption": lambda: _(
            "Of the recruiters who work here, how many did at least one thing in a week that was not undone; over all"
            " weeks of the period together."
        ),
        "attendance": lambda: _(
            "Of the follow-up blocks that were settled, how many had what a block needs; leave and holidays do"
            " not count."
        ),
        "coverage": lambda: _(
            "Of the candidates with an owner whose turn came: there was contact, from either side, within the days of"
            " their stage. As it is at the end of the period."
        ),
        "late": lambda: _(
            "Candidates with an owner whose days passed without contact, without whoever asked for rest or a pause. As"
            " it is at the end of the period."
        ),
        "waiting": lambda: _(
            "Candidates whom we owe an answer about an application or a message, whose word was due at most thirty days"
            " ago. As it is at the end of the period."
        ),
        "two_way": lambda: _(
            "Of all contacts and attempts, those in which the candidate took part: a conversation, an appointment, a"
            " reply."
        ),
        "first_response": lambda: _(
            "From the moment at which a candidate wrote, rang or sent a form until one of us was first in contact: the"
            " median, in hours by the clock, by whole days after the first. Who had no word within seven days counts as"
            " seven days; who waits still and not so long is not counted yet."
        ),
        "conversion": lambda: _(
            "For every hundred candidates who left a stage before placement in the period, or are in one at its end,"
            " how many went on to a later stage."
        ),
        "rescued": lambda: _("Applications that had stopped and were completed after a recruiter had been in touch."),
        "placements": lambda: _("Moves to the stage of the placed, without who was placed again."),
        "redeployments": lambda: _("Moves back to the stage of the placed by whoever was to be placed again."),
        "referrals": lambda: _("New candidates whom another candidate referred."),
        "time_to_placement": lambda: _("From registration to placement: the median of those placed in the period."),
        "satisfaction": lambda: _(
            "The average face that candidates chose, from 1 to 5, by the day of their answer; told from five"
            " answers on."
        ),
    }
)
