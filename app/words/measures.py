"""Words of the measures: what each is called, what it means, and a value of it."""

from app.domain.oversight.measure import MEASURES, Unit
from app.language import decimal, ngettext
from app.language import gettext as _

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
        Unit.HOURS: lambda: _("%(number)s hours", number=decimal(round(number, 1))),
        Unit.DAYS: lambda: ngettext("%(num)d day", "%(num)d days", round(number)),
        Unit.FACES: lambda: _("%(number)s of 5", number=decimal(round(number, 1))),
    }[MEASURES[code].unit]()


def unit_hint(code: str) -> str:
    """In what a target of it is typed."""
    return {
        Unit.PERCENT: _("in percent"),
        Unit.NUMBER: _("a number"),
        Unit.HOURS: _("in hours"),
        Unit.DAYS: _("in days"),
        Unit.FACES: _("from 1 to 5"),
    }[MEASURES[code].unit]
