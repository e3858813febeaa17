"""Words for the leaderboard: its period, its rows and the lines between them, and the way up."""

from datetime import date, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from app.clock import Period
from app.domain.game.leaderboard import MyPlace
from app.language import current, ngettext
from app.language import gettext as _

DAY = timedelta(days=1)


def period_name(period: str, dates: Period, season: str = "") -> str:
    """As Week 47, november 2026, the name of a season, or all of time."""
    if period == "week":
        return _("Week %(number)s", number=dates.start.isocalendar().week)
    if period == "month":
        return format_date(dates.start, "LLLL y", locale=current()).capitalize()
    return _("All time") if period == "all" else season


def period_days(period: str, dates: Period) -> str:
    """As 16 t/m 22 november 2026, or 26 oktober t/m 29 november 2026."""
    if period == "all":
        return _("Since the beginning")
    first, last = dates.start, dates.end - DAY
    return _(
        "%(first)s to %(last)s",
        first=format_date(first, "d" if first.month == last.month else "d MMMM", locale=current()),
        last=format_date(last, "d MMMM y", locale=current()),
    )


def days_left(dates: Period, today: date) -> str:
    """How long a running period still counts, or that it is over."""
    if dates.end == date.max:
        return _("running")
    if today not in dates:
        return _("closed")
    left = (dates.end - today).days
    return _("last day") if left == 1 else ngettext("%(num)d day left", "%(num)d days left", left)


def not_compared(mode: str) -> str:
    """Why there are only one's own points."""
    if mode == "off":
        return _("There is no leaderboard here: you see your own points.")
    if mode == "team":
        return _("Only teams are compared here: you see your own points, and the teams.")
    return _(
        "The works council has not agreed yet, so people are not compared. You see your own points, and the teams."
    )


def nameless() -> str:
    """Somebody on the board who did not choose to be named."""
    return _("A colleague")


def own_name(name: str) -> str:
    return _("%(name)s (you)", name=name)


def own_team(name: str) -> str:
    return _("%(name)s (your team)", name=name)


def own_words(points: int, days: int | None) -> str:
    """What only oneself sees beside one's score: 358 punten in 4 dagen."""
    if not points:
        return ""
    earned = ngettext("%(num)d point", "%(num)d points", points)
    if days is None:
        return earned
    lasting = ngettext("%(num)d day", "%(num)d days", days)
    return _("%(points)s in %(days)s", points=earned, days=lasting)


def score(hundredths: int, *, fine: bool = False) -> str:
    """A fair score: whole, unless two neighbours would read the same. Nothing for whoever has none."""
    if not hundredths:
        return ""
    return format_decimal(hundredths / 100 if fine else hundredths // 100, "#,##0.00" if fine else None, current())


def hidden_words(count: int) -> str:
    """How many stand between two rows that are shown."""
    return ngettext("%(num)d other", "%(num)d others", count)


def quarter_words(hundredths: int) -> str:
    return _("Top 25%%: from %(score)s", score=score(hundredths))


def median_words(hundredths: int) -> str:
    return _("Upper half: from %(score)s", score=score(hundredths))


def percent(hundredths: int) -> str:
    """As 124 %."""
    return format_percent(hundredths / 10000, locale=current())


def metric_label(metric: str) -> str:
    """What a board is ordered by, as a choice and as the head of its column."""
    return {
        "points": _("Fair score"),
        "helped": _("Candidates helped"),
        "answered": _("Answered contacts"),
        "improvement": _("Improvement"),
        "kept": _("Block kept"),
    }[metric]


def metric_explained(metric: str) -> str:
    """How a board that is not of points comes about."""
    return {
        "helped": _("Candidates for whom points were earned, weighed by working days, as the fair score is."),
        "answered": _("Contacts in which the candidate took part, weighed by working days, as the fair score is."),
        "improvement": _(
            "The fair score against one's own average of the last 8 closed periods; 200% at most. "
            "Half of what is usual in the program counts as the least average."
        ),
        "kept": _("How many of the follow-up blocks of these weeks were kept; a week off does not count."),
    }.get(metric, "")


def growing(known: int) -> str:
    """Why somebody has no place by improvement yet."""
    return ngettext(
        "Your base line is still growing: it has %(num)d closed period of the 4 that it needs.",
        "Your base line is still growing: it has %(num)d closed periods of the 4 that it needs.",
        known,
    )


def gap_words(mine: MyPlace, *, of_team: bool = False) -> str | None:
    """What it takes to stand one place higher; None when nobody is above, or there is no place yet."""
    if not mine.gap or not mine.next_place:
        return None
    if of_team:
        return ngettext(
            "%(points)s point to go to place %(place)s for your team",
            "%(points)s points to go to place %(place)s for your team",
            mine.gap,
            points=number(mine.gap),
            place=mine.next_place,
        )
    return ngettext(
        "%(points)s point to go to place %(place)s",
        "%(points)s points to go to place %(place)s",
        mine.gap,
        points=number(mine.gap),
        place=mine.next_place,
    )


def number(value: int) -> str:
    return format_decimal(value, locale=current())
