"""How values read on a page: dates, numbers and names, in the reader's language."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_decimal, format_time, to_user_timezone

from app import clock
from app.domain.agency.naming import initials
from app.language import gettext as _
from app.language import ngettext, sentence
from app.words.actions import last_week_sentence
from app.words.candidates import channel_label
from app.words.days import capital
from app.words.money import euros
from app.words.program import moved_sentence
from app.words.reasons import headline


def register(app: Flask) -> None:
    """Make the filters known to templates; a number in a sentence reads as one that stands alone."""
    app.jinja_env.globals |= {"_": sentence, "gettext": sentence, "ngettext": ngettext}
    app.jinja_env.filters |= {
        "day": day,
        "long_day": long_day,
        "moment": moment,
        "hour": hour,
        "ago": ago,
        "number": number,
        "euros": euros,
        "capital": capital,
        "initials": initials,
        "headline": headline,
        "channel": channel_label,
        "last_week": last_week_sentence,
        "moved": moved_sentence,
    }


def day(value: date) -> str:
    """As 20 november 2026."""
    return str(format_date(_local(value), "d MMMM y"))


def long_day(value: date) -> str:
    """As vrijdag 20 november 2026."""
    return str(format_date(_local(value), "EEEE d MMMM y"))


def hour(value: datetime) -> str:
    """As 14:30."""
    return str(format_time(value, "HH:mm"))


def moment(value: datetime) -> str:
    """As 20 november 2026 14:30."""
    return f"{day(value)} {hour(value)}"


def number(value: float) -> str:
    """As 1.234,5."""
    return str(format_decimal(value))


def ago(value: datetime) -> str:
    """How long ago in whole local days: today with the time, yesterday, 19 days ago."""
    days = (_local(clock.now()) - _local(value)).days
    if days <= 0:
        return _("today %(time)s", time=hour(value))
    if days == 1:
        return _("yesterday %(time)s", time=hour(value))
    return ngettext("%(num)d day ago", "%(num)d days ago", days)


def _local(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    local: datetime = to_user_timezone(value)
    return local.date()
