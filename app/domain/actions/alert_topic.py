"""What there is to tell a person about one candidate, asked when a mail is planned and once more when it leaves."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from app.db import db
from app.domain.actions import alerting, hearing
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.notices import catalogue, preference
from app.domain.notices.alert import Alert, AlertKind
from app.domain.notices.preference import Choice, Way
from app.domain.notices.recipient import name_person

KIND = catalogue.ALERT
ALL = Choice(KIND, Way.MAIL)
BY_MAIL = frozenset({Way.MAIL})
PRESSING = {kind: place for place, kind in enumerate(AlertKind)}


class Topic(NamedTuple):
    """The alerts about a candidate, what presses most first; `owner`: who looks after them, if anybody does."""

    candidate: Candidate
    alerts: list[Alert]
    owner: Person | None

    @property
    def owned(self) -> bool:
        return self.owner is not None

    @property
    def covered(self) -> str:
        """The colleague whose place the reader takes today; empty for one's own candidates."""
        own = self.owner is None or name_person(self.owner.id) == self.alerts[0].recipient
        return "" if own or self.owner is None else self.owner.name


def topics(alerts: Iterable[Alert], now: datetime, ways: Collection[Way] = BY_MAIL) -> list[Topic]:
    """Those of one person's alerts that still are so, by candidate; whatever presses most comes first.

    `ways`: wanted in one of these.
    """
    by_candidate = defaultdict[int, list[Alert]](list)
    for each in alerts:
        by_candidate[alerting.whom(each)].append(each)
    found = [topic for who, theirs in by_candidate.items() if (topic := _topic(who, theirs, now, ways))]
    return sorted(found, key=lambda topic: _pressing(topic.alerts[0]))


def _topic(candidate_id: int, alerts: list[Alert], now: datetime, ways: Collection[Way]) -> Topic | None:
    candidate, state = db.session.get(Candidate, candidate_id), db.session.get(ContactState, candidate_id)
    if (
        candidate is None
        or state is None
        or candidate.merged_into_id is not None
        or candidate.anonymised_at is not None
    ):
        return None
    listening = {name_person(person_id) for person_id in alerting.listeners(candidate_id, now)}
    left = [each for each in alerts if each.recipient in listening and _is_so(each, state, now, ways)]
    left.sort(key=_pressing)
    return Topic(candidate, left, hearing.owner_of(candidate)) if left else None


def _pressing(alert: Alert) -> tuple[int, datetime, int]:
    return PRESSING[AlertKind(alert.kind)], alert.raised_at, alert.id


def _is_so(alert: Alert, state: ContactState, now: datetime, ways: Collection[Way]) -> bool:
    """Nobody was in touch since, the reader wants to hear of it, and the candidate wants to be approached."""
    kind = AlertKind(alert.kind)
    if not any(kind in wanted(alert.recipient, way) for way in ways):
        return False
    if kind is AlertKind.RECOVERY:
        return state.recovery_due_at is not None
    tried = max((at for at in (state.last_attempt_at, state.last_two_way_at) if at is not None), default=None)
    if tried is not None and tried >= alert.raised_at:
        return False
    if kind is AlertKind.FAN and state.fan_since is None:
        return False
    return kind not in alerting.NUDGES or not _left_alone(alert, state, now)


def _left_alone(alert: Alert, state: ContactState, now: datetime) -> bool:
    """They objected, asked for rest, or a colleague is with them."""
    if state.do_not_contact_at is not None or state.objected_at is not None:
        return True
    if state.paused_until is not None and state.paused_until > now:
        return True
    taken = state.claimed_until is not None and state.claimed_until > now and state.claimed_by_id is not None
    return taken and alert.recipient != name_person(state.claimed_by_id or 0)


def wanted(recipient: str, way: Way = Way.MAIL) -> list[AlertKind]:
    """Of what a person wants to hear at once in a way."""
    refused = preference.refused(recipient, way)
    return [] if KIND in refused else [kind for kind in AlertKind if catalogue.alert(kind) not in refused]


def refusals(recipient: str) -> set[Choice]:
    """Everything to which a person said no; a no to all alerts by mail is one to each."""
    said = preference.refusals(recipient)
    return said | {Choice(catalogue.alert(kind), Way.MAIL) for kind in AlertKind} if ALL in said else said


def with_all(offered: Collection[Choice], wanted: Collection[Choice]) -> tuple[list[Choice], list[Choice]]:
    """The same choices with that of all alerts by mail: yes, as soon as any of them is wanted."""
    each = {Choice(catalogue.alert(kind), Way.MAIL) for kind in AlertKind}
    return [*offered, ALL], [*wanted, ALL] if each & set(wanted) else list(wanted)
