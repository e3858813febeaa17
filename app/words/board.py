"""Words for the leaderboard: its period, the lines between its rows, and why a row of the ledger is worth so much."""

from datetime import date, timedelta
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal

from app.clock import Period
from app.domain.game.leaderboard import MyPlace
from app.language import current, ngettext
from app.language import gettext as _
from app.words.program import Labelled, kind_label

DAY = timedelta(days=1)


class Posted(Protocol):
    """A row of the ledger."""

    kind: str
    reason: str
    points: int


def period_name(period: str, dates: Period) -> str:
    """As Week 47, or november 2026."""
    if period == "week":
        return _("Week %(number)s", number=dates.start.isocalendar().week)
    return format_date(dates.start, "LLLL y", locale=current()).capitalize()


def period_days(dates: Period) -> str:
    """As 16 november t/m 22 november 2026."""
    first, last = dates.start, dates.end - DAY
    return _(
        "%(first)s to %(last)s",
        first=format_date(first, "d MMMM", locale=current()),
        last=format_date(last, "d MMMM y", locale=current()),
    )


def days_left(dates: Period, today: date) -> str:
    """How long a running period still counts, or that it is over."""
    if today not in dates:
        return _("closed")
    left = (dates.end - today).days
    return _("last day") if left == 1 else ngettext("%(num)d day left", "%(num)d days left", left)


def since_words(period: str) -> str:
    """What the movement is compared with."""
    return _("Since Monday") if period == "month" else _("Since yesterday")


def hidden_words(count: int) -> str:
    """How many stand between two rows that are shown."""
    return ngettext("%(num)d other", "%(num)d others", count)


def quarter_words(points: int) -> str:
    return ngettext(
        "Top 25 %%: from %(points)s point", "Top 25 %%: from %(points)s points", points, points=_number(points)
    )


def median_words(points: int) -> str:
    return ngettext(
        "Upper half: from %(points)s point", "Upper half: from %(points)s points", points, points=_number(points)
    )


def gap_words(mine: MyPlace) -> str | None:
    """What it takes to stand one place higher; None when nobody is above, or there is no place yet."""
    if not mine.gap or not mine.next_place:
        return None
    return ngettext(
        "%(points)s point to go to place %(place)s",
        "%(points)s points to go to place %(place)s",
        mine.gap,
        points=_number(mine.gap),
        place=mine.next_place,
    )


def _number(value: int) -> str:
    return format_decimal(value, locale=current())


def why(row: Posted, of: Labelled | None) -> str:
    """The sentence behind the points of one row of the ledger; an adjustment has no action kind."""
    kind = kind_label(of) if of else _("Adjusted by hand")
    if row.kind == "reversal":
        return _("Undone: %(kind)s", kind=kind)
    reason = _reasons().get(row.reason)
    if reason is None:
        return kind
    return _("%(kind)s: %(reason)s", kind=kind, reason=reason)


def _reasons() -> dict[str, str]:
    """Why an action earned less, or a bonus was earned, by the code in the ledger."""
    return {
        "already_today": _("earned for this candidate today already"),
        "week_full": _("this candidate's places of the week are taken"),
        "half": _("from the 21st a day half the points"),
        "beyond_day": _("from the 41st a day no points"),
        "reply": _("replied to"),
        "rescue": _("application rescued"),
    }
