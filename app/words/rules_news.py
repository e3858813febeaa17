"""What changed in the rules between two editions, in a sentence each."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.domain.program.rulebook import News
from app.language import day_and_month
from app.language import gettext as _
from app.words.days import NEARBY
from app.words.program import weekday_name
from app.words.rules import Content, name_of

Kind = Mapping[str, Any]


def sentences(news: News, today: date) -> list[str]:
    """What somebody who knows the one edition should know of the other; the newest says from when."""
    before, after = news.known.content, news.newest.content
    return [*_kinds(before, after, today), *_bonuses(before["bonuses"], after["bonuses"]), *_chapters(before, after)]


def _kinds(before: Content, after: Content, today: date) -> Iterator[str]:
    was, now = _by_code(before), _by_code(after)
    for code, kind in now.items():
        if code not in was:
            yield _("%(kind)s earns %(points)s points.", kind=name_of(kind), points=_worth(kind))
        elif _worth(was[code]) != _worth(kind):
            yield _changed(kind, _worth(was[code]), today)
    for code in was.keys() - now.keys():
        yield _("%(kind)s is not logged any more.", kind=name_of(was[code]))


def _changed(kind: Kind, was: int, today: date) -> str:
    facts = {"kind": name_of(kind), "points": _worth(kind), "was": was}
    since = date.fromisoformat(kind["worth"][-1][0]) if kind["worth"][-1][0] else today
    if since <= today:
        return _("%(kind)s is %(points)s points instead of %(was)s.", **facts)
    return _("%(kind)s is %(points)s points instead of %(was)s %(day)s.", **facts, day=_from(since, today))


def _from(since: date, today: date) -> str:
    near = (since - today).days < NEARBY
    return _("from %(day)s on", day=weekday_name(since.weekday()) if near else day_and_month(since))


def _bonuses(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[str]:
    if before != after:
        yield _("What is earned extra has changed: see below.")


def _chapters(before: Content, after: Content) -> Iterator[str]:
    titles = {
        "proof": _("Proof"),
        "places": _("Limits that protect candidates"),
        "day": _("Limits that protect candidates"),
        "backdated": _("Limits that protect candidates"),
        "fair": _("The fair score"),
        "board": _("Who sees what"),
        "kudos": _("Kudos"),
        "adjustment": _("Adjusted by hand"),
        "seasons": _("Seasons"),
    }
    changed = dict.fromkeys(title for name, title in titles.items() if before.get(name) != after.get(name))
    for title in changed:
        yield _("There is something new under “%(title)s”.", title=title)


def _by_code(content: Content) -> dict[str, Kind]:
    return {kind["code"]: kind for kind in content["kinds"]}


def _worth(kind: Kind) -> int:
    return int(kind["worth"][-1][1])
