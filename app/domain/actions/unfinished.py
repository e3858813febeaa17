"""Unfinished applications: found after an hour of silence, told to whoever looks after them, closed when they go on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.actions import alerting, owed
from app.domain.candidates import candidate_mail, contact_flags, contact_state, hot_trigger
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.application import IDLE, Application, ApplicationState
from app.domain.journey.vacancy import Vacancy
from app.domain.notices import outbox, webhook_event
from app.domain.notices.alert import AlertKind
from app.domain.notices.recipient import name_candidate
from app.domain.notices.webhook import Kind

TRIGGER = AlertKind.UNFINISHED_APPLICATION
TOO_LATE = timedelta(days=2)
PORTION = 100


def silent_since(now: datetime, most: int = PORTION) -> Sequence[tuple[int, int]]:
    """Application and candidate of those who stopped an hour ago or more; after two days it is no news any more."""
    query = (
        select(Application.id, Application.candidate_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            PRESENT,
            Application.state == ApplicationState.STARTED,
            Application.stopped_at.is_(None),
            Application.active_at <= now - IDLE,
            Application.active_at > now - TOO_LATE,
        )
        .order_by(Application.active_at, Application.id)
    )
    return [(row.id, row.candidate_id) for row in db.session.execute(query.limit(most))]


def find(application_id: int, candidate_id: int, now: datetime) -> Application | None:
    """They stopped here: a reason to be in touch, once for an application. None when they went on in the meantime."""
    contact_state.lock(candidate_id)
    row = db.session.get(Application, application_id, populate_existing=True)
    if row is None or row.state != ApplicationState.STARTED or row.stopped_at or row.active_at > now - IDLE:
        return None
    row.stopped_at = now
    hot_trigger.triggered(candidate_id, TRIGGER, row.active_at)
    vacancy = db.session.get_one(Vacancy, row.vacancy_id)
    alerting.tell_owner(
        candidate_id,
        AlertKind.UNFINISHED_APPLICATION,
        period=f"{row.vacancy_id}:{row.started_at.isoformat()}",
        facts={"vacancy": vacancy.title, "step": row.step},
        now=now,
    )
    facts = {"application_id": row.id, "candidate_id": candidate_id, "vacancy": vacancy.reference or None}
    webhook_event.tell(Kind.APPLICATION_UNFINISHED, f"{row.id} {row.active_at.isoformat()}", facts, now)
    return row


def close(candidate_id: int, why: str, now: datetime) -> None:
    """They went on, or it is no longer so: nobody needs to hear of it, and what was not mailed yet is not mailed."""
    contact_flags.untriggered(candidate_id, TRIGGER)
    alerting.withdraw(candidate_id, [AlertKind.UNFINISHED_APPLICATION], now)
    outbox.skip(candidate_mail.UNFINISHED, name_candidate(candidate_id), why)


def let_go(now: datetime, most: int = PORTION) -> int:
    """Applications that nobody went on with for two weeks set no rhythm any more; answers how many candidates.

    Nor is the word about an application waited for after thirty days, but a later one may be.
    """
    query = (
        select(Application.candidate_id)
        .join(ContactState, ContactState.candidate_id == Application.candidate_id)
        .where(
            ContactState.application_state == ApplicationState.STARTED,
            Application.state == ApplicationState.STARTED,
            Application.active_at <= now - owed.STALE,
        )
        .distinct()
        .limit(most)
    )
    found = sorted({*db.session.scalars(query), *owed.lapsed(now, most)})
    for candidate_id in found:
        owed.tell(candidate_id, now)
    return len(found)
