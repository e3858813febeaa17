"""Words for how people are compared: the modes of the board, and what a season is at a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from babel.lists import format_list

from app.domain.game.appearance import HIDDEN, NAMED, NAMES, OFF, PSEUDONYM, TEAM
from app.domain.program.contract import WEEK
from app.language import current, day_and_month, ngettext
from app.language import gettext as _
from app.words.days import capital
from app.words.program import weekday_name

DAYS = 7


class Dated(Protocol):
    """A season's days, both included."""

    first: date
    last: date


def mode_labels() -> Sequence[tuple[str, str]]:
    """Each mode in a sentence, the usual one first."""
    return [
        (NAMES, _("By name for whoever wants: the others stand there as a colleague, or not at all")),
        (PSEUDONYM, _("Everybody under a pseudonym of two words, such as Nimble Fox")),
        (TEAM, _("Teams only: people see their own points")),
        (OFF, _("No leaderboard: everybody sees only their own points")),
    ]


def season_days(season: Dated) -> str:
    """As 2 november t/m 13 december, 6 weken."""
    weeks, days = divmod((season.last - season.first).days + 1, DAYS)
    length = ngettext("%(num)d day", "%(num)d days", weeks * DAYS + days)
    if not days:
        length = ngettext("%(num)d week", "%(num)d weeks", weeks)
    return _(
        "%(first)s to %(last)s, %(length)s",
        first=day_and_month(season.first),
        last=day_and_month(season.last),
        length=length,
    )


def season_state(season: Dated, today: date) -> tuple[str, str]:
    """Where it is at a day, and the tone in which to say so."""
    if today < season.first:
        return _("coming"), "info"
    return (_("running"), "ok") if today <= season.last else (_("over"), "")


def overlaps(other: Dated) -> str:
    """Why these cannot be the days of a season."""
    return _(
        "The season of %(first)s to %(last)s has some of these days.",
        first=day_and_month(other.first),
        last=day_and_month(other.last),
    )


def weekdays_sentence(weekdays: int) -> str:
    """As Maandag, dinsdag en donderdag, from the bits of a contract; or that no day is worked."""
    days = [weekday_name(day) for day in WEEK if weekdays >> day & 1]
    return capital(format_list(days, locale=current())) if days else _("No fixed days")


def choice_labels(mode: str) -> Sequence[tuple[str, str]]:
    """What somebody can choose where the program compares people this way."""
    if mode == PSEUDONYM:
        return [(NAMED, _("Yes, under my pseudonym")), (HIDDEN, _("No, rather not"))]
    return [(NAMED, _("Yes, by name")), (HIDDEN, _("No, rather not"))]


def choice_question(mode: str) -> str:
    """What is asked of whoever has not chosen yet."""
    if mode == PSEUDONYM:
        return _("Do you want to be on the leaderboard under a pseudonym?")
    return _("Do you want to be on the leaderboard by name?")


def choice_state(mode: str, choice: str | None, mask: str) -> str:
    """How somebody appears now; `mask` is their pseudonym."""
    if choice == HIDDEN:
        return _("You are not on the leaderboard: nobody but you sees your place. Your team keeps your points.")
    if mode == PSEUDONYM:
        return _("You are on the leaderboard as %(pseudonym)s; nobody else knows that it is you.", pseudonym=mask)
    if choice == NAMED:
        return _("You are on the leaderboard by name.")
    return _("You have not chosen yet: until then you are on it as a colleague, without your name.")


def chosen_sentence(choice: str) -> str:
    """What the choice does, once it is made."""
    if choice == HIDDEN:
        return _("You are not on the leaderboard any more. Your team keeps your points.")
    return _("You are on the leaderboard.")
