"""What a pulse said: shares per question once it has closed, beside the quarter before; of few answers nothing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.oversight.pulse import HELPS, Pulse, PulseCount, Question, Said
from app.domain.oversight.window import FEWEST

HELPED = HELPS[-2]


class Share(NamedTuple):
    """How many of a hundred know it, or say that it helps; None when fewer than five answered, or it is still open."""

    question: Question
    percent: int | None
    answered: int
    change: int | None = None


class Result(NamedTuple):
    """A quarter, how many were asked, and its shares; `open`: it can still be answered, so nothing is told."""

    pulse: Pulse
    open: bool
    shares: Sequence[Share]

    @property
    def answered(self) -> int:
        return max((each.answered for each in self.shares), default=0)

    @property
    def asked(self) -> int:
        """How many could answer: whoever joined while it was open could as well."""
        return max(self.pulse.invited, self.answered)


def results(pulses: Sequence[Pulse], today: date) -> list[Result]:
    """Of pulses, the newest first, each beside the one before it."""
    counts = _counts([each.id for each in pulses])
    shares = [_shares(counts.get(each.id, {}), told=each.closes_on < today) for each in pulses]
    beside = [_changed(now, before) for now, before in zip_longest(shares, shares[1:], fillvalue=())]
    return [Result(each, each.closes_on >= today, found) for each, found in zip(pulses, beside, strict=True)]


def _counts(ids: Collection[int]) -> Mapping[int, Mapping[str, Counter[str]]]:
    found: dict[int, dict[str, Counter[str]]] = {}
    rows = db.session.scalars(select(PulseCount).where(PulseCount.pulse_id.in_(ids))) if ids else ()
    for row in rows:
        found.setdefault(row.pulse_id, {}).setdefault(row.question, Counter())[row.choice] += row.times
    return found


def _shares(counts: Mapping[str, Counter[str]], *, told: bool) -> list[Share]:
    if not told:
        return []
    return [_share(question, counts[question]) for question in Question if question in counts]


def _share(question: Question, said: Counter[str]) -> Share:
    whole = said.total()
    if whole < FEWEST:
        return Share(question, None, 0)
    good = {str(each) for each in HELPS if each >= HELPED} if question is Question.HELP else {Said.RIGHT}
    return Share(question, sum(said[each] for each in good) * 100 // whole, whole)


def _changed(shares: Sequence[Share], before: Sequence[Share]) -> list[Share]:
    known = {each.question: each.percent for each in before}
    return [each._replace(change=_change(each.percent, known.get(each.question))) for each in shares]


def _change(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before
