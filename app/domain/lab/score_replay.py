"""Drafted rules of the score on the agency's own outcomes, beside the rules that hold and three plain baselines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.domain.lab import quality
from app.domain.lab.outcomes import Known, Past
from app.domain.lab.quality import Curve, Precision, Window
from app.domain.scoring import score, tuning
from app.domain.scoring.ruleset import DAY, Ruleset

NEWEST = 0.2
PLAIN_DAYS = 30
ZONE = ZoneInfo("UTC")


def judge(past: Past, rankers: dict[str, Ruleset], zone: ZoneInfo) -> dict[str, Any]:
    """The rulesets by name, on the newest fifth of the contacts; only how many there are where they are too few."""
    known = past.contacts
    told: dict[str, Any] = {
        "contacts": len(known),
        "answered": sum(each.answered for each in known),
        "people": [past.looked_at, past.everybody],
    }
    edge = round(len(known) * (1 - NEWEST))
    newest, older = known[edge:], known[:edge]
    acted = [each.answered for each in newest]
    if not enough(known) or not 0 < sum(acted) < len(acted):
        return told
    windows = windows_of(newest, zone)
    scores = {name: scores_of(newest, rules) for name, rules in rankers.items()}
    scores |= {"longest": [each.waited for each in newest], "plain": [_plain(each) for each in newest]}
    curves = {name: quality.curve(given, acted) for name, given in scores.items()}
    first, *others = rankers
    return told | {
        "newest": [len(newest), sum(acted)],
        "from": newest[0].at.isoformat(),
        "capacity": _usual(windows),
        "rankers": {name: _told(curves[name], quality.precision(scores[name], acted, windows)) for name in scores}
        | {"random": _random(acted, windows)},
        "better": {name: _rounded(curves[name].better_than(curves[first])) for name in others},
        "calibration": {name: _bands(older, newest, rules, scores[name]) for name, rules in rankers.items()},
    }


def enough(known: Sequence[Known]) -> bool:
    """Whether there are outcomes enough to say anything."""
    answered = sum(each.answered for each in known)
    return len(known) >= tuning.LEAST_OUTCOMES and min(answered, len(known) - answered) >= tuning.LEAST_OF_EACH


def scores_of(contacts: Iterable[Known], rules: Ruleset) -> list[float]:
    """The score of each candidate just before they were contacted, from 0 to 100."""
    found = []
    for each in contacts:
        tau = score.fold(each.hits, rules, ZONE).tau
        found.append(score.shown(score.value(tau, each.at.timestamp(), rules.half_life), rules.s50))
    return found


def windows_of(contacts: Sequence[Known], zone: ZoneInfo) -> list[Window]:
    """Whom each colleague contacted in a week; at once there was time for as many as on a usual day of theirs."""
    days, weeks = defaultdict[int | None, Counter[object]](Counter), defaultdict[object, list[int]](list)
    for number, each in enumerate(contacts):
        day = clock.local_day(each.at, zone)
        days[each.by_id][day] += 1
        weeks[each.by_id, clock.week_of(day).start].append(number)
    usual = {by_id: max(1, round(median(counts.values()))) for by_id, counts in days.items()}
    return [Window(cases, usual[by_id]) for (by_id, _), cases in weeks.items()]  # type: ignore[misc, has-type] # its key


def _usual(windows: Sequence[Window]) -> int:
    return round(median(window.capacity for window in windows))


def _plain(contact: Known) -> float:
    """How often they were heard of in the last thirty days, whatever it was."""
    since = contact.at.timestamp() - PLAIN_DAYS * DAY
    return float(sum(hit.at > since for hit in contact.hits))


def _told(found: Curve, precise: Precision | None) -> dict[str, Any]:
    return {"auc": _rounded(found.estimate)} | _precise(precise)


def _precise(found: Precision | None) -> dict[str, Any]:
    return {"precision": _rounded(found.share), "lift": _rounded(found.lift)} if found else {}


def _random(acted: Sequence[bool], windows: Sequence[Window]) -> dict[str, Any]:
    return {"auc": [0.5, 0.5, 0.5]} | _precise(quality.by_chance(acted, windows))


def _bands(
    older: Sequence[Known], newest: Sequence[Known], rules: Ruleset, scores: Sequence[float]
) -> list[list[float]]:
    before = list(zip(scores_of(older, rules), (each.answered for each in older), strict=True))
    after = list(zip(scores, (each.answered for each in newest), strict=True))
    return [_rounded(band) for band in quality.calibration(before, after)]


def _rounded(figures: Iterable[float]) -> list[float]:
    return [round(figure, 4) for figure in figures]
