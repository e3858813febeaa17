"""A week decided again: what every action earned, and what it would have earned under drafted points."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.actions.award import PROOF_FROM, Award
from app.domain.actions.replayed import Caps, Happened
from app.domain.actions.reply import key_of
from app.domain.lab.past_week import Answered, Kinds, PastWeek, Posted

CHECKED_EVERY = 4
Draft = Mapping[int, int]
"""What each kind is worth, by its id; a kind that is not there keeps what it was worth."""


@dataclass(slots=True)
class Sums:
    """Before and after."""

    was: int = 0
    then: int = 0

    def add(self, was: int, then: int) -> None:
        self.was += was
        self.then += then


@dataclass(slots=True)
class Replayed:
    """What a replay found so far; `change` is what the draft adds to a person's day.

    `total` is what each person had of all days, for whatever it was.

    `otherwise`: actions, of those `checked`, that even the rules of their day would decide otherwise now. `unproven`:
    they would wait for a proof that nobody ever gave. `unknown_bonus`: they earned nothing, so that nobody looked
    whether a bonus was due.
    """

    actions: int = 0
    checked: int = 0
    otherwise: int = 0
    unproven: int = 0
    unknown_bonus: int = 0
    change: defaultdict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))
    kinds: defaultdict[int, Sums] = field(default_factory=lambda: defaultdict(Sums))
    logged: Counter[int] = field(default_factory=Counter)
    teams: defaultdict[int | None, Sums] = field(default_factory=lambda: defaultdict(Sums))
    total: Counter[int] = field(default_factory=Counter)
    unpaid: set[int] = field(default_factory=set)
    unpaid_keys: set[bytes] = field(default_factory=set)


class Decided(NamedTuple):
    """One action under the draft; `was` under the rules of its day, where its week is checked."""

    row: Posted
    was: Award | None
    then: Award


def replay(week: PastWeek, draft: Draft, kinds: Kinds, into: Replayed) -> None:
    """Decide everything of a week in the order of recording, by the same rules as when it was logged."""
    for one in _decide(week, draft, kinds):
        into.actions += 1
        if one.was is not None:
            into.checked += 1
            into.otherwise += (one.was.points, one.was.reason or "") != (one.row.points, one.row.reason)
        _count(one, week, kinds, into)
    for total in week.totals:
        into.teams[total.team_id].add(total.points, total.points)
        into.total[total.person_id] += total.points
    for reply in week.replies:
        _count_reply(reply, into)


def _decide(week: PastWeek, draft: Draft, kinds: Kinds) -> Iterable[Decided]:
    """Those that stand, also with what they earned taken back by what was undone later."""
    was, then = Caps() if _is_checked(week, draft) else None, Caps()
    found: dict[int, Decided] = {}
    for row in week.rows:
        worth = kinds.worth.get((row.kind_id, row.version), 0)
        other = _happened(row, week.monday, draft.get(row.kind_id, worth), kinds)
        present = _happened(row, week.monday, worth, kinds) if was else other
        if not row.back:
            found[row.action_id] = Decided(row, was.decide(present) if was else None, then.decide(other))
        elif given := found.pop(row.action_id, None):
            stands = row.action_id in week.stripped
            _take_back(then, other, given.then, stands=stands)
            if was and given.was:
                _take_back(was, present, given.was, stands=stands)
    return found.values()


def _is_checked(week: PastWeek, draft: Draft) -> bool:
    """Every fourth week, and every week where nothing is drafted: it takes as long again."""
    return not draft or week.monday.toordinal() // 7 % CHECKED_EVERY == 0


def _take_back(caps: Caps, one: Happened, given: Award, *, stands: bool) -> None:
    (caps.take_points if stands else caps.take_back)(one, given)


def _happened(row: Posted, monday: date, worth: int, kinds: Kinds) -> Happened:
    action_id, person_id, _, candidate_id, kind_id, _, _, reason, day, _ = row
    places = kinds.places.get(kind_id)
    return Happened(action_id, person_id, candidate_id, kind_id, day, monday, worth, places, reason == "reply")


def _count(one: Decided, week: PastWeek, kinds: Kinds, into: Replayed) -> None:
    row, given = one.row, one.then
    bonus, proof = week.bonuses.get(row.action_id, 0), week.proofs.get(row.action_id, 0)
    was = row.points + bonus + proof
    then = given.points + (bonus if given.points else 0) + (given.owing if proof else 0)
    if given.owing:
        waited = row.points and kinds.worth.get((row.kind_id, row.version), 0) >= PROOF_FROM
        into.unproven += not waited
    if given.points and not row.points:
        into.unknown_bonus += 1
    if row.points and not given.points and row.kind_id in kinds.messages:
        into.unpaid.add(row.action_id)
        into.unpaid_keys.add(key_of(row.action_id))
    into.logged[row.kind_id] += 1
    into.kinds[row.kind_id].add(was, then)
    _change(into, row.person_id, row.team_id, row.day, then - was)


def _count_reply(reply: Answered, into: Replayed) -> None:
    """A message that earns nothing is not paid for its reply either."""
    lost = reply.message_id in into.unpaid or reply.key in into.unpaid_keys
    if reply.kind_id is not None:
        into.kinds[reply.kind_id].add(reply.points, 0 if lost else reply.points)
    if lost:
        _change(into, reply.person_id, reply.team_id, reply.day, -reply.points)


def _change(into: Replayed, person_id: int, team_id: int | None, day: date, more: int) -> None:
    if more:
        into.change[person_id, day] += more
        into.teams[team_id].then += more
