"""Entering touchpoints into the cells of one version of the rules: by candidate, kind and week, in any order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.journey.touchpoint import Scored
from app.domain.scoring import cell, score
from app.domain.scoring.cell import Held, Place
from app.domain.scoring.rules import Rules
from app.domain.scoring.ruleset import KindRule, sunday


class _Entry(NamedTuple):
    """A touchpoint that earns something, and the Sunday that ends its week."""

    touchpoint_id: int
    place: Place
    key: float
    sunday: date


def hit_of(touchpoint: Scored) -> score.Hit:
    """A touchpoint as the arithmetic sees it."""
    at, verdict = touchpoint.occurred_at.timestamp(), touchpoint.verdict
    return score.Hit(at, touchpoint.kind, touchpoint.local_date, None, verdict)  # type: ignore[arg-type] # checked there


def enter(touchpoints: Sequence[Scored], rules: Rules, taus: Mapping[int, float | None]) -> dict[int, float]:
    """Write what new touchpoints change; `taus` are those before it. Answers the taus that it moved.

    The caller holds the contact states of the candidates.
    """
    entries = [entry for touchpoint in touchpoints if (entry := _entry(touchpoint, rules))]
    if not entries:
        return {}
    book = _Book(rules, entries, taus)
    for entry in entries:
        book.admit(entry)
    cell.save(rules.id, book.changed, book.moved.items())
    return book.moved


def _entry(touchpoint: Scored, rules: Rules) -> _Entry | None:
    id_, candidate_id, kind, _, day, _ = touchpoint
    key = score.hit_key(hit_of(touchpoint), rules.ruleset, day)
    return None if key is None else _Entry(id_, Place(candidate_id, kind, day), key, sunday(day))


class _Book:
    """The cells of the weeks that some entries fall in, and what changes there."""

    def __init__(self, rules: Rules, entries: Sequence[_Entry], taus: Mapping[int, float | None]) -> None:
        self.rules, self.half_life = rules.ruleset, rules.half_life
        self.taus = dict(taus)
        asked = {(entry.place.candidate_id, entry.place.kind, entry.sunday) for entry in entries}
        self.weeks: dict[tuple[int, str, date], dict[date, Held]] = {week: {} for week in asked}
        for place, held in cell.of_weeks(rules.id, asked):
            self.weeks[place.candidate_id, place.kind, sunday(place.local_date)][place.local_date] = held
        self.changed: dict[Place, Held] = {}
        self.moved: dict[int, float] = {}

    def admit(self, entry: _Entry) -> None:
        candidate_id, kind, day = place = entry.place
        week, before = self.weeks[candidate_id, kind, entry.sunday], self.taus[candidate_id]
        present = week.get(day)
        if present is not None and entry.key <= present.key:
            return
        admission = score.admit(
            before,
            day,
            entry.key,
            present=present.key if present else None,
            others={other: held.key for other, held in week.items() if held.counted and other != day},
            rule=self._rule(kind, entry.sunday),
            half_life=self.half_life,
        )
        self._hold(week, place, Held(*admission.cell, entry.touchpoint_id))
        if admission.pushed_out is not None:
            out = week[admission.pushed_out]._replace(counted=False)
            self._hold(week, place._replace(local_date=admission.pushed_out), out)
        if admission.tau is not None and admission.tau != before:
            self.taus[candidate_id] = self.moved[candidate_id] = admission.tau

    def _rule(self, kind: str, last: date) -> KindRule:
        return self.rules.on(last).rule(kind)

    def _hold(self, week: dict[date, Held], place: Place, held: Held) -> None:
        week[place.local_date] = self.changed[place] = held
