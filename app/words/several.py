"""What is said of what was logged for several candidates at once: how many, what it earned, and why some less."""

from app.domain.actions.several import Result
from app.language import gettext as _
from app.language import ngettext
from app.words.actions import too_late_sentence


def logged_sentence(found: Result) -> str:
    """As "Vastgelegd voor 23 kandidaten: 240 punten. 8 keer geen punten: ..."."""
    points = ngettext("%(num)d point", "%(num)d points", found.points)
    head = ngettext("Logged for %(num)d candidate", "Logged for %(num)d candidates", found.logged)
    if found.owing:
        points = _("%(earned)s now, %(owing)s once it is proven", earned=points, owing=found.owing)
    told = [_("%(logged)s: %(points)s.", logged=head, points=points)]
    told += [too_late_sentence(found.too_late_for)] if found.too_late_for else []
    return " ".join([*told, *(_less(reason, count) for reason, count in sorted(found.less.items()))])


def _less(reason: str, count: int) -> str:
    if reason == "half":
        return ngettext(
            "%(num)d earns half, being more than twenty of these on a day.",
            "%(num)d earn half, being more than twenty of these on a day.",
            count,
        )
    why = {
        "already_today": _("you already earned this for them that day"),
        "week_full": _("they have brought all the points that one week allows"),
        "beyond_day": _("more than forty of these on a day"),
    }.get(reason, "")
    return ngettext("%(num)d earns nothing: %(why)s.", "%(num)d earn nothing: %(why)s.", count, why=why)
