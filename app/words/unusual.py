"""What stood out in how somebody logs, in words: what it is, the figures behind it, and from where on it stands out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.oversight import unusual
from app.language import day_and_month
from app.language import gettext as _
from app.words.program import wall_time


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


def limit_sentence(kind: str) -> str:
    """From where on it stands out."""
    return {
        "burst": _(
            "%(least)s or more recorded within %(minutes)s minutes", least=unusual.BURST, minutes=unusual.BURST_MINUTES
        ),
        "after_hours": _(
            "%(least)s or more recorded within %(minutes)s minutes between %(first)s and %(last)s",
            least=unusual.NIGHT_BATCH,
            minutes=unusual.NIGHT_MINUTES,
            first=wall_time(60 * unusual.NIGHT_FROM),
            last=wall_time(60 * unusual.NIGHT_UNTIL),
        ),
        "same_note": _(
            "the same note %(least)s times or more, %(share)s of all notes",
            least=unusual.SAME_NOTE,
            share=_percent(unusual.SAME_NOTE_SHARE),
        ),
        "backdated": _(
            "of %(least)s actions or more, %(share)s dated on an earlier day",
            least=unusual.BACKDATED,
            share=_percent(unusual.BACKDATED_SHARE),
        ),
        "one_candidate": _(
            "%(least)s actions or more for one candidate, %(share)s of all",
            least=unusual.FARMED,
            share=_percent(unusual.FARMED_SHARE),
        ),
        "low_yield": _(
            "%(least)s points or more, and per proven outcome %(times)s times what is usual",
            least=unusual.YIELD_POINTS,
            times=unusual.YIELD_TIMES,
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
