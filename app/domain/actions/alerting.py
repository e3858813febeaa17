"""Alerting: what a candidate did is told under the bell and at once, when and to whom it may be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from app import clock
from app.db import db
from app.domain.actions import hearing
from app.domain.agency.agency import the_zone
from app.domain.candidates.candidate import Candidate
from app.domain.notices import alert, catalogue, notice
from app.domain.notices.alert import Alert, AlertKind, AlertState
from app.domain.notices.recipient import candidate_in, name_candidate, name_person
from app.domain.scoring.agency_calendar import calendar_at

NUDGES = frozenset({AlertKind.UNFINISHED_APPLICATION, AlertKind.KEEPS_COMING_BACK, AlertKind.FAN})
"""What only tells that this is a good moment; whoever objects or wants to be left alone is not a moment."""
TOLD = [catalogue.alert(kind) for kind in AlertKind]
LONGEST = 80


def tell_owner(
    candidate_id: int,
    kind: AlertKind,
    *,
    period: str,
    facts: Mapping[str, Any],
    now: datetime,
    knows_id: int | None = None,
) -> int:
    """Tell whoever looks after a candidate, at the next working hour; when nobody does, who leads their branch.

    It stands under their bell at once, also under that of an owner who has the day off. `period` is what makes it the
    same alert about this candidate: saying it twice tells it once. `facts` are the kind's own, for its sentence. The
    person `knows_id` told us of it. Answers for how many others it is new.
    """
    same, of = _short(f"{candidate_id}:{period}"), name_candidate(candidate_id)
    listening = [name_person(each) for each in listeners(candidate_id, now) if each != knows_id]
    owner = hearing.owner_of(db.session.get_one(Candidate, candidate_id))
    bells = [*listening, name_person(owner.id)] if owner and owner.id != knows_id else listening
    notice.tell(catalogue.alert(kind), bells, period=same, about=of, facts=facts, now=now)
    return alert.put(kind, listening, of, period=same, facts=facts, now=now, due_at=next_opening(now))


def withdraw(candidate_id: int, kinds: Collection[AlertKind], now: datetime) -> None:
    """What was said by now is no longer so: whoever was not told yet is not told, and the bell rings no more."""
    alert.withdraw(name_candidate(candidate_id), kinds, now)
    notice.withdraw(name_candidate(candidate_id), [catalogue.alert(kind) for kind in kinds], now)


def acted(person_id: int, candidate_id: int, at: datetime, now: datetime) -> None:
    """Somebody was in touch with a candidate: what they were told about them by then asks for nothing more."""
    notice.settle(name_person(person_id), name_candidate(candidate_id), TOLD, at, now)


def _short(period: str) -> str:
    return period if len(period) <= LONGEST else sha256(period.encode()).hexdigest()


def pass_on(gone: Alert, now: datetime) -> None:
    """Who was to hear it does not look after the candidate any more, or they are one with another: tell who does."""
    them = db.session.get(Candidate, whom(gone))
    if them is not None and them.merged_into_id is not None:
        notice.rename(gone.about, name_candidate(them.merged_into_id))
        gone.about, gone.state = name_candidate(them.merged_into_id), AlertState.WAITING
        return
    listening = [name_person(each) for each in listeners(them.id, now)] if them is not None else [gone.recipient]
    if gone.recipient not in listening:
        _hand_on(gone, listening, now)


def _hand_on(gone: Alert, listening: Sequence[str], now: datetime) -> None:
    """The bell of an owner who is off goes on ringing; under that of whoever has nothing to do with it, it ends."""
    kind, period, facts, raised_at = AlertKind(gone.kind), gone.period, gone.facts, gone.raised_at
    owner = hearing.owner_of(db.session.get_one(Candidate, whom(gone)))
    if owner is None or name_person(owner.id) != gone.recipient:
        notice.withdraw(gone.about, [catalogue.alert(kind)], now, recipient=gone.recipient)
    notice.tell(catalogue.alert(kind), listening, period=period, about=gone.about, facts=facts, now=raised_at)
    alert.put(kind, listening, gone.about, period=period, facts=facts, now=raised_at, due_at=now)


def listeners(candidate_id: int, now: datetime) -> list[int]:
    """Who hears of a candidate when it is told at the next working hour."""
    opens = clock.local_day(next_opening(now), the_zone())
    return hearing.who(db.session.get_one(Candidate, candidate_id), opens)


def next_opening(now: datetime) -> datetime:
    """Now during the agency's working hours, else when they begin again."""
    opens = calendar_at(now).next_opening(now.timestamp())
    return now if opens is None or opens <= now.timestamp() else datetime.fromtimestamp(opens, UTC)


def whom(alert: Alert) -> int:
    """The candidate whom an alert is about."""
    return candidate_in(alert.about) or 0
