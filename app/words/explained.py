"""Words that explain a total: how the fair score comes about, and why a row of the ledger is worth so much."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from babel.lists import format_list

from app.domain.game.fairness import HUNDREDTHS, UNWEIGHED
from app.domain.game.ledger_entry import BONUS, EARN
from app.domain.game.recognition.giving import FULL
from app.domain.game.recognition.kudos import SOURCE
from app.language import current, day_and_month, decimal, ngettext
from app.language import gettext as _
from app.words.board import score
from app.words.program import Labelled, kind_label

DAY = timedelta(days=1)
PRAISE = frozenset({SOURCE, FULL})


class Posted(Protocol):
    """A row of the ledger."""

    kind: str
    reason: str
    points: int


class Detailed(Posted, Protocol):
    """With what else it knows."""

    rule_version: int | None
    occurred_at: datetime
    recorded_at: datetime


class WeighedBy(Protocol):
    """What a score comes from beside the points."""

    head_start: int
    standard_days: int
    available_days: int
    sort_key: int


class Proven(Protocol):
    """What became of the proof that an action waits for."""

    @property
    def owing(self) -> int: ...

    @property
    def evidence(self) -> str | None: ...

    @property
    def declined(self) -> bool: ...


def ways_words(ways: Sequence[tuple[Labelled, int]]) -> str:
    """As Bijvoorbeeld 2 x Gesprek of 5 x Bericht gestuurd, each with another candidate."""
    listed = [_("%(times)s x %(kind)s", times=times, kind=kind_label(kind)) for kind, times in ways]
    if not listed:
        return _("Today pays no more points: tomorrow it does again.")
    return _("For instance %(ways)s.", ways=format_list(listed, style="or", locale=current()))


def formula(points: int, standing: WeighedBy, left_out: int = 0) -> str:
    """How the fair score comes about, with the numbers filled in; `left_out` are points of days that do not count."""
    if _is_unweighed(standing):
        return _("%(points)s points = %(score)s", points=decimal(points), score=score(standing.sort_key, fine=True))
    return _(
        "(%(points)s + %(start)s) x (%(standard)s + 2) / (%(days)s + 2) = %(score)s",
        points=decimal(points - left_out),
        start=_start(standing, left_out),
        standard=standing.standard_days,
        days=standing.available_days,
        score=score(standing.sort_key, fine=True),
    )


def formula_explained(standing: WeighedBy, left_out: int = 0) -> str:
    """What the numbers of the formula are."""
    if _is_unweighed(standing):
        return _(
            "Nobody had a working day in this period, so there are no days to weigh by: the points count as they are."
        )
    what = _(
        "The points, plus the %(start)s with which everybody begins. That times the working days of this period "
        "(%(standard)s) plus 2, divided by one's own days (%(days)s) plus 2: those of the contract without days off.",
        start=_start(standing, left_out),
        standard=standing.standard_days,
        days=standing.available_days,
    )
    return " ".join(filter(None, (what, _best_days(standing, left_out))))


def _best_days(standing: WeighedBy, left_out: int) -> str:
    """What does not count of somebody who worked on more days than theirs."""
    if not left_out:
        return ""
    return _(
        "Something was logged on more days than that: the best %(days)s count. What the other days brought, %(points)s "
        "points, stays in the total and does not count in the score.",
        days=standing.available_days,
        points=decimal(left_out),
    )


def _start(standing: WeighedBy, left_out: int) -> str:
    return score(standing.head_start + HUNDREDTHS * left_out, fine=True) or "0"


def _is_unweighed(standing: WeighedBy) -> bool:
    return (standing.standard_days, standing.available_days, standing.head_start) == UNWEIGHED


def why(row: Posted, of: Labelled | None, title: str = "") -> str:
    """The sentence behind the points of one row of the ledger; an adjustment and kudos have no action kind.

    `title` is what the row is otherwise called.
    """
    kind = title or _kind(row, of)
    if row.kind == "reversal":
        return _("Undone: %(kind)s", kind=kind)
    reason = _reasons().get(row.reason if row.kind == BONUS or row.reason != "reply" else "reply_logged")
    if reason is None:
        return kind
    return _("%(kind)s: %(reason)s", kind=kind, reason=reason)


def _kind(row: Posted, of: Labelled | None) -> str:
    if of:
        return kind_label(of)
    return _("Kudos received") if row.reason in PRAISE else _("Adjusted by hand")


def _reasons() -> dict[str, str]:
    """Why an action earned less, or a bonus was earned, by the code in the ledger."""
    return {
        "already_today": _("earned for this candidate today already"),
        "week_full": _("this candidate's places of the week are taken"),
        "half": _("from the 21st a day half the points"),
        "beyond_day": _("from the 41st a day no points"),
        "reply": _("replied to"),
        "reply_logged": _("whoever sent the message gets the points for the reply"),
        "rescue": _("application rescued"),
        "preferred": _("on the channel that the candidate prefers"),
        "in_block": _("within the follow-up block"),
        "neglected": _("with somebody who waited too long for us"),
        "proof": _("the rest, because there is proof"),
        FULL: _("this week's points from kudos are full"),
    }


def row_details(row: Detailed, proof: Proven | None, reason: str | None) -> str:
    """What else is to be said of a row: the version of the rule, when it was recorded later, its proof, the reason."""
    said = [
        reason or "",
        _proof_words(proof) if proof and row.kind == EARN else "",
        _("version %(version)s of the rule", version=row.rule_version) if (row.rule_version or 0) > 1 else "",
        _late_words(row),
    ]
    return " · ".join(filter(None, said))


def _late_words(row: Detailed) -> str:
    if row.recorded_at - row.occurred_at < DAY:
        return ""
    return _("recorded on %(day)s", day=day_and_month(row.recorded_at.date()))


def _proof_words(proof: Proven) -> str:
    if proof.evidence:
        return _("proven by %(evidence)s", evidence=_evidence()[proof.evidence])
    if proof.declined:
        return _("not confirmed")
    return ngettext("%(num)d more on proof", "%(num)d more on proof", proof.owing)


def _evidence() -> dict[str, str]:
    return {
        "reply": _("a reply"),
        "calendar": _("the calendar"),
        "provider": _("the system in which it is kept"),
        "approval": _("somebody's approval"),
    }
