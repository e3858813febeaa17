"""The season report in words: what each figure is, how it differs from the pauses, and what it comes to."""

from collections.abc import Sequence

from app.domain.oversight.season_report import Line, SeasonReport
from app.domain.oversight.uplift import FEWEST_WITH, FEWEST_WITHOUT, Uplift
from app.language import gettext as _
from app.language import ngettext, tenths

NO_VALUE = "\N{EN DASH}"


def name(code: str) -> str:
    """What is counted."""
    return {
        "actions": _("Actions of a recruiter on a working day"),
        "answered": _("Actions with an answer, of a recruiter on a working day"),
        "rescued": _("Rescued applications a week"),
        "placements": _("Placements a week"),
        "redeployments": _("Placed again, a week"),
        "referrals": _("Referrals a week"),
        "word_in_a_day": _("Our first word within a day"),
        "satisfaction": _("Satisfaction, from 1 to 5"),
    }[code]


def mean(line: Line, value: float | None) -> str:
    """A mean week."""
    if value is None:
        return NO_VALUE
    return f"{value:.0f}%" if line.code == "word_in_a_day" else tenths(value)


def difference(line: Line) -> str:
    """As +18% (from +3% to +33%), or why there is none."""
    found = line.uplift
    if line.hidden:
        return _("shown from five people on")
    if found is None:
        return _("not enough data")
    if found.percent is None or found.low is None or found.high is None:
        return _("none in the pauses to compare with")
    facts = {"percent": _signed(found.percent), "low": _signed(found.low), "high": _signed(found.high)}
    return _("%(percent)s (from %(low)s to %(high)s)", **facts)


def conclusion(report: SeasonReport) -> str:
    """What it comes to, by rules."""
    if report.weeks < FEWEST_WITH or report.pauses < FEWEST_WITHOUT:
        return _too_early(report)
    rewarded, unrewarded = _clear(report.rewarded), _clear(report.unrewarded)
    if not rewarded:
        return _("There is no clear difference from the weeks without a season.")
    if any(each < 0 for each in rewarded):
        return _("Of what earns points, some was done less than in the weeks without a season: that asks for a look.")
    if any(each > 0 for each in unrewarded):
        return _("More was done for candidates, and what earns no points rose with it.")
    return _("More of what earns points was done; what earns none did not clearly change.")


def caution() -> str:
    """What the comparison cannot know."""
    return _(
        "Pauses often lie in quiet weeks. Holidays, leave and contract days are counted out; the market is not. An"
        " interval that holds zero says: it may as well be chance."
    )


def _too_early(report: SeasonReport) -> str:
    season = ngettext("%(num)d week of the season is over", "%(num)d weeks of the season are over", report.weeks)
    pause = ngettext("%(num)d week of a pause", "%(num)d weeks of pauses", report.pauses)
    return _(
        "Not enough data yet: %(season)s, beside %(pause)s. %(with_it)s and %(without)s are needed.",
        season=season,
        pause=pause,
        with_it=FEWEST_WITH,
        without=FEWEST_WITHOUT,
    )


def _clear(lines: Sequence[Line]) -> list[float]:
    found: list[Uplift] = [each.uplift for each in lines if each.uplift and each.uplift.is_clear]
    return [each.percent for each in found if each.percent is not None]


def _signed(percent: float) -> str:
    rounded = round(percent)
    sign = "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}{abs(rounded)}%"
