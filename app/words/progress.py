"""The weeks of a streak and its milestones in words, without blame: a week without a block is just that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.actions.attendance import Streak
from app.domain.actions.block_week import Week
from app.domain.actions.streak import MILESTONES, WeekState
from app.domain.game.recognition.levels import Level
from app.language import decimal, ngettext
from app.language import gettext as _

IN_A_ROW = 13
SERIES = {WeekState.KEPT: 1, WeekState.FROZEN: 2, WeekState.EXCUSED: 5}
"""The colours of the calendar; what was not kept has none."""


class Milestone(NamedTuple):
    """So many weeks in a row, and whether somebody ever had them."""

    weeks: int
    reached: bool


def week_name(state: WeekState) -> str:
    """What became of a week."""
    return {
        WeekState.KEPT: _("kept"),
        WeekState.EXCUSED: _("excused"),
        WeekState.FROZEN: _("saved by a freeze"),
        WeekState.MISSED: _("not this time"),
    }[state]


def week_label(week: date) -> str:
    """As week 47."""
    return _("week %(number)s", number=week.isocalendar().week)


def quarters(weeks: Sequence[Week]) -> list[Sequence[Week]]:
    """The rows of the calendar, thirteen weeks in each."""
    return [weeks[first : first + IN_A_ROW] for first in range(0, len(weeks), IN_A_ROW)]


def counted(weeks: Iterable[Week]) -> list[tuple[int, str, int]]:
    """How often there was each of those that have a colour: the colour, the word, the number."""
    times = Counter(each.state for each in weeks)
    return [(series, week_name(state), times[state]) for state, series in SERIES.items() if times[state]]


def milestones(streak: Streak) -> list[Milestone]:
    return [Milestone(weeks, streak.best >= weeks or streak.weeks >= weeks) for weeks in MILESTONES]


def streak_sentence(streak: Streak) -> str:
    """How the streak stands, and what comes next."""
    if not streak.weeks:
        return _("Five actions in your follow-up block, and the first week counts.")
    coming = streak.next_milestone
    if coming is None:
        return _("You passed every milestone that there is.")
    left = coming - streak.weeks
    return ngettext(
        "%(num)d more week until the milestone of %(weeks)s.",
        "%(num)d more weeks until the milestone of %(weeks)s.",
        left,
        weeks=coming,
    )


def freezes_sentence(freezes: int) -> str:
    """How many weeks are saved by themselves."""
    return ngettext(
        "%(num)d freeze is ready: it saves a week in which it does not work out.",
        "%(num)d freezes are ready: each saves a week in which it does not work out.",
        freezes,
    )


def level_sentence(level: Level) -> str:
    """What the next level asks for."""
    return _("%(points)s more points to level %(next)s", points=decimal(level.missing), next=level.number + 1)
