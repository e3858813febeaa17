"""Kudos in words: from whom, for which value of the program, and why some cannot be given."""

from typing import Protocol

from app.domain.agency.team import TeamSize
from app.domain.game.recognition.giving import A_WEEK, Given, Why
from app.domain.game.recognition.kudos import TO_ONE
from app.language import current, ngettext
from app.language import gettext as _


class Called(Protocol):
    """A value of the program."""

    label_nl: str
    label_en: str


def value_name(value: Called) -> str:
    """What a value is called in the reader's language."""
    return value.label_nl if current() == "nl" else value.label_en


def from_whom(giver: str | None, value: Called) -> str:
    """As "Pluim van Bram Jansen voor Eerlijk"; without a name it was a colleague."""
    who = giver or _("a colleague")
    return _("Kudos from %(name)s for “%(value)s”", name=who, value=value_name(value))


def said(given: Given, receiver: str) -> str:
    """What whoever gave it is told at once; whoever does not play gets the words."""
    if given.points is None:
        return _("%(name)s gets your kudos.", name=receiver)
    if not given.points:
        return _(
            "%(name)s gets your kudos. It brings no points: kudos brought them %(most)s this week already.",
            name=receiver,
            most=A_WEEK,
        )
    return ngettext(
        "%(name)s gets your kudos, and %(num)d point with it.",
        "%(name)s gets your kudos, and %(num)d points with it.",
        given.points,
        name=receiver,
    )


def team_choice(of: TeamSize) -> str:
    """A team in a list to choose from, with how many work in it."""
    return ngettext("%(team)s, %(num)d person", "%(team)s, %(num)d people", of.people, team=of.team.name)


def said_to_team(people: int, team: str) -> str:
    """What whoever praised a team is told at once."""
    if not people:
        return _("Nobody but you works in team %(team)s now.", team=team)
    return ngettext(
        "%(num)d person of %(team)s gets your compliment.",
        "%(num)d people of %(team)s get your compliment.",
        people,
        team=team,
    )


def none_left(a_month: int) -> str:
    """Why nothing can be given any more."""
    return ngettext(
        "You gave your %(num)d of this month; next month you can give again.",
        "You gave your %(num)d of this month; next month you can give again.",
        a_month,
    )


def why_not(why: Why, a_month: int) -> str:
    """The rule that stands in the way."""
    return {
        Why.SELF: _("Kudos are for somebody else than yourself."),
        Why.GONE: _("This colleague does not work here any more."),
        Why.VALUE: _("This value was taken off the list; choose another one."),
        Why.MONTH: none_left(a_month),
        Why.PERSON: _(
            "You gave %(most)s to this colleague this month already; somebody else deserves some too.", most=TO_ONE
        ),
    }[why]


def left(number: int, a_month: int) -> str:
    """How many of this month there are still."""
    return ngettext(
        "You have %(num)d of %(all)s left this month.",
        "You have %(num)d of %(all)s left this month.",
        number,
        all=a_month,
    )
