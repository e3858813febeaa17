"""What stood out in how somebody logs, in words: what it is, the figures behind it, and from where on it stands out."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.domain.oversight import unusual
from app.domain.oversight.anomaly import Conclusion
from app.language import day_and_month
from app.language import gettext as _
from app.words.program import wall_time

LEAST = MappingProxyType({**unusual.LOWEST._asdict(), "low_yield": unusual.YIELD_TIMES})


def kind_name(kind: str) -> str:
    """What it is called."""
    return {
        "burst": _("Many conversations in a few minutes"),
        "after_hours": _("Much logged at night"),
        "same_note": _("One note under many actions"),
        "backdated": _("Mostly logged later"),
        "one_candidate": _("Much for one candidate"),
        "low_yield": _("Many points, few proven outcomes"),
    }[kind]


def conclusions() -> list[tuple[str, str]]:
    """What may have come of it, the most common first."""
    return [
        (Conclusion.EXPLAINED, _("It is explained: nothing was wrong")),
        (Conclusion.TALKED, _("We talked about it, and it will be done otherwise")),
        (Conclusion.CORRECTED, _("Points were adjusted by hand")),
    ]


def conclusion(code: str) -> str:
    """How it was closed."""
    return dict(conclusions())[code]


def limit_sentence(kind: str, limit: int | None = None) -> str:
    """From where on it stands out: by a limit that was in force, or where there is no past of the agency's own."""
    least = limit or LEAST[kind]
    return {
        "burst": _("%(least)s or more recorded within %(minutes)s minutes", least=least, minutes=unusual.BURST_MINUTES),
        "after_hours": _(
            "%(least)s or more recorded within %(minutes)s minutes between %(first)s and %(last)s",
            least=least,
            minutes=unusual.NIGHT_MINUTES,
            first=wall_time(60 * unusual.NIGHT_FROM),
            last=wall_time(60 * unusual.NIGHT_UNTIL),
        ),
        "same_note": _(
            "the same note %(least)s times or more, %(share)s of all notes",
            least=least,
            share=_percent(unusual.SAME_NOTE_SHARE),
        ),
        "backdated": _(
            "of %(least)s actions or more, %(share)s dated on an earlier day",
            least=unusual.BACKDATED,
            share=_percent(least / 100),
        ),
        "one_candidate": _(
            "%(least)s actions or more for one candidate, %(share)s of all",
            least=least,
            share=_percent(unusual.FARMED_SHARE),
        ),
        "low_yield": _(
            "%(least)s points or more, and per proven outcome %(times)s times what is usual",
            least=unusual.YIELD_POINTS,
            times=least,
        ),
    }[kind]


def figures(kind: str, evidence: Mapping[str, Any]) -> str:
    """What was counted, in a sentence."""
    if kind in {"burst", "after_hours"}:
        at = datetime.fromisoformat(evidence["from"])
        return _(
            "%(count)s within %(minutes)s minutes, from %(time)s on %(day)s.",
            count=evidence["count"],
            minutes=evidence["minutes"],
            time=wall_time(60 * at.hour + at.minute),
            day=day_and_month(at.date()),
        )
    if kind == "low_yield":
        return _(
            "%(points)s points with %(proven)s proven outcomes; usual is one for every %(usual)s points.", **evidence
        )
    return _("%(count)s of %(of)s in four weeks.", count=evidence["count"], of=evidence["of"])


def _percent(share: float) -> str:
    return f"{share:.0%}"
