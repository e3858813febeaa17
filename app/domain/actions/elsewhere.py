"""What a recruiter logged in another system counts here too, once."""

from collections.abc import Mapping
from datetime import datetime

from app.db import db
from app.domain.actions import action
from app.domain.actions.contact import DateNeeded, InTheFuture, KeyReused, NotLoggable, TooOld, UnknownKind
from app.domain.actions.event import Became, Fate, Logged, Refusal
from app.domain.agency.person import Person, by_email
from app.domain.candidates import candidate

NOT_LOGGABLE: Mapping[type[NotLoggable], Refusal] = {
    TooOld: Refusal.TOO_OLD,
    InTheFuture: Refusal.IN_THE_FUTURE,
    UnknownKind: Refusal.UNKNOWN_KIND,
    DateNeeded: Refusal.DATE_NEEDED,
    KeyReused: Refusal.MESSAGE_ID_REUSED,
}


def log(
    event: Logged, candidate_id: int, now: datetime, *, source: str = "api", heard_at: datetime | None = None
) -> Became:
    """Log the action as the recruiter would have, with the points that it earns.

    `heard_at`: when we heard of it first, if that was before: so old it was then.
    """
    recruiter = _recruiter(event.recruiter)
    if recruiter is None:
        return Became(Refusal.UNKNOWN_RECRUITER)
    row = candidate.visible_to(recruiter, candidate_id)
    if row is None:
        return Became(Refusal.UNKNOWN_CANDIDATE)
    try:
        with db.session.begin_nested():
            logged = action.log(
                recruiter,
                row,
                event.outcome,
                at=event.at,
                now=now,
                kind=event.kind,
                note=event.note,
                promise_at=event.promise_at,
                source=source,
                external_id=event.message_id,
                heard_at=heard_at,
            )
    except NotLoggable as reason:
        return Became(NOT_LOGGABLE[type(reason)], candidate_id)
    return Became(Fate.ACCEPTED if logged.fresh else Fate.DUPLICATE, candidate_id)


def _recruiter(mail: str) -> Person | None:
    found = by_email(mail)
    return found if found and found.is_active else None
