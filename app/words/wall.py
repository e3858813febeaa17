"""Words for a screen on the wall: how long it is until the block, and how the week goes beside other weeks."""

from datetime import date, datetime
from math import ceil

from flask_babel import format_date

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.game.together import Together
from app.domain.program.placing import Occurrence
from app.language import decimal, ngettext
from app.language import gettext as _
from app.words.program import wall_time

HOUR = 60
IN_MINUTES = 2 * HOUR
IN_HOURS = 12 * HOUR


def until(block: Occurrence, now: datetime) -> str:
    """As over 32 minuten, over 3 uur, morgen or over 2 dagen; nu while it runs."""
    if block.starts <= now:
        return _("now")
    minutes = ceil((block.starts - now).total_seconds() / 60)
    zone = the_zone()
    days = (clock.local_day(block.starts, zone) - clock.local_day(now, zone)).days
    if minutes < IN_MINUTES:
        return ngettext("in %(num)d minute", "in %(num)d minutes", minutes)
    if minutes < IN_HOURS or days == 0:
        return ngettext("in %(num)d hour", "in %(num)d hours", minutes // HOUR)
    return _("tomorrow") if days == 1 else ngettext("in %(num)d day", "in %(num)d days", days)


def when(block: Occurrence, now: datetime) -> str:
    """As vrijdag 27 november, 14:30; how long it still lasts while it runs."""
    if block.starts <= now:
        left = ceil((block.ends - now).total_seconds() / 60)
        return ngettext("%(num)d minute left", "%(num)d minutes left", left)
    local = block.starts.astimezone(the_zone())
    day, time = format_date(local.date(), "EEEE d MMMM"), wall_time(local.hour * HOUR + local.minute)
    return _("%(day)s, %(time)s", day=day, time=time)


def beside_average(week: Together) -> str:
    """How far it is to the average of the weeks before, or by how much it was passed."""
    if week.average is None:
        return _("From next week on you see how it compares.")
    left = week.average - week.actions
    if left > 0:
        return ngettext("%(num)d more makes an average week", "%(num)d more make an average week", left)
    if left == 0:
        return _("As many as in an average week")
    return ngettext("%(num)d more than in an average week", "%(num)d more than in an average week", -left)


def compared_with(week: Together) -> str:
    """What the average is of: nobody should take it for a goal that somebody set."""
    if week.average is None:
        return ""
    return ngettext(
        "Average of last week: %(average)s",
        "Average of the last %(num)d weeks: %(average)s",
        week.weeks,
        average=decimal(week.average),
    )


def short_weekday(day: date) -> str:
    """As vr, for what was done earlier this week."""
    return str(format_date(day, "EEE"))
