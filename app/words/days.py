"""How near days read: today, on Wednesday, on 12 March; again from 16:00, tomorrow, Thursday."""

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from app.language import day_and_month
from app.language import gettext as _
from app.words.program import wall_time, weekday_name

NEARBY = 7


def local_day(seconds: object, zone: ZoneInfo) -> date:
    """The local day of a fact of the ranking, which is a moment in epoch seconds."""
    return datetime.fromtimestamp(cast("float", seconds), zone).date()


def on_day(day: date, today: date) -> str:
    """As vandaag, gisteren, woensdag or op 12 maart."""
    near = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}.get((today - day).days)
    if near:
        return near
    if abs((today - day).days) < NEARBY:
        return _("on %(weekday)s", weekday=weekday_name(day.weekday()))
    return _("on %(date)s", date=day_and_month(day))


def from_moment(moment: datetime, today: date) -> str:
    """From when something may be done again; `moment` is in the reader's zone."""
    day = moment.date()
    if day <= today:
        return wall_time(moment.hour * 60 + moment.minute)
    if (day - today).days == 1:
        return _("tomorrow")
    return weekday_name(day.weekday()) if (day - today).days < NEARBY else day_and_month(day)


def capital(text: str) -> str:
    """A clause as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
