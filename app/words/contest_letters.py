"""Words of the mails about a competition: that it starts, is halfway, has its last day, and how it ended."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import format_date

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Competition
from app.language import gettext as _
from app.language import ngettext
from app.words.program import wall_time


def subject(moment: str, program: str, name: str) -> str:
    """What the mail is about, with whose it is."""
    return {
        Moment.START: _("%(program)s: %(name)s starts", program=program, name=name),
        Moment.HALFWAY: _("%(program)s: %(name)s is halfway", program=program, name=name),
        Moment.LAST_DAY: _("%(program)s: the last day of %(name)s", program=program, name=name),
        Moment.PROVISIONAL: _("%(program)s: the provisional result of %(name)s", program=program, name=name),
        Moment.FINAL: _("%(program)s: the result of %(name)s is final", program=program, name=name),
    }[Moment(moment)]


def headline(moment: str, name: str) -> str:
    """The same within the mail, which names the program above it."""
    return {
        Moment.START: _("%(name)s starts", name=name),
        Moment.HALFWAY: _("%(name)s is halfway", name=name),
        Moment.LAST_DAY: _("The last day of %(name)s", name=name),
        Moment.PROVISIONAL: _("The provisional result of %(name)s", name=name),
        Moment.FINAL: _("The result of %(name)s is final", name=name),
    }[Moment(moment)]


def until_when(competition: Competition, moment: str, today: date) -> str:
    """How long it lasts, how long one can object, or that nothing changes any more."""
    match moment:
        case Moment.PROVISIONAL:
            return ""
        case Moment.FINAL:
            return _("Nothing changes in it any more; what was counted stands on its page.")
        case Moment.START:
            return _("It runs from %(first)s to %(last)s.", first=_day(competition.first), last=_day(competition.last))
        case _ if competition.last <= today:
            return _("What you do until midnight counts.")
        case _:
            days = (competition.last - today).days + 1
            last = _day(competition.last)
            return ngettext(
                "It lasts %(num)d more day, until %(last)s.",
                "It lasts %(num)d more days, until %(last)s.",
                days,
                last=last,
            )


def objection(until: datetime) -> str:
    """Until when one can say that the provisional result is wrong."""
    local = until.astimezone(the_zone())
    time = wall_time(local.hour * 60 + local.minute)
    return _("Is something wrong? You can object until %(day)s at %(time)s.", day=_day(local.date()), time=time)


def _day(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM"))


def today_of(now: datetime) -> date:
    """The day it is at the agency."""
    return clock.local_day(now, the_zone())


def invitation() -> str:
    """To whoever has not said yet whether they take part."""
    return _("Look at it and take part")


def won(prizes: Sequence[str]) -> str:
    """What somebody won."""
    return _("You won: %(prizes)s. Congratulations!", prizes=", ".join(prizes))
