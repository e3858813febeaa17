"""Words for being in touch during a placement: how it goes, and what comes after."""

from datetime import date

from app.domain.scoring.contact_next import Placement
from app.language import gettext as _
from app.language import ngettext
from app.words.days import on_day

FIRST_DAYS = 4
WEEK = 7


def check_in_clause(placement: Placement, due: date, today: date) -> str:
    """As "eerste werkdag (vandaag): vraag hoe het gaat"."""
    days = (due - placement.starts_on).days
    if days <= FIRST_DAYS:
        return _("first day at work (%(day)s): ask how it goes", day=on_day(placement.starts_on, today))
    weeks = round(days / WEEK)
    return ngettext("%(num)d week at work: ask how it goes", "%(num)d weeks at work: ask how it goes", weeks)


def redeploy_clause(placement: Placement, today: date) -> str:
    """As "de opdracht eindigt over 14 dagen; bespreek wat daarna komt"."""
    ends_on = placement.ends_on or today
    if ends_on <= today:
        return _("the assignment ends %(day)s, so talk about what comes after it", day=on_day(ends_on, today))
    return ngettext(
        "the assignment ends in %(num)d day, so talk about what comes after it",
        "the assignment ends in %(num)d days, so talk about what comes after it",
        (ends_on - today).days,
    )
