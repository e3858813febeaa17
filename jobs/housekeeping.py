"""Keeps tables small: what can have no effect any more goes, and so do old lists and the names of who left."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.db import db, write
from app.domain.actions.bullhorn import batch, gap, record
from app.domain.actions.contact_start import ContactStart
from app.domain.actions.log_link import LogLink
from app.domain.agency import audit, idempotency_key, reading
from app.domain.agency.agency import the_agency
from app.domain.agency.second_factor import SignInStep
from app.domain.agency.session import IDLE, LONGEST, SignInFailure, SignInSession
from app.domain.agency.sign_in_link import SignInLink
from app.domain.candidates import refused_address
from app.domain.candidates.importing.candidate_import import forget_old
from app.domain.custody import leaver
from app.domain.journey.tracked_link import TrackedLink
from app.domain.notices import alert, notice, outbox, provider_event, webhook_log
from app.domain.oversight import person_view
from app.domain.program.program import the_program
from app.domain.scoring import list_log

FAILURES = timedelta(days=1)
BEGUN = timedelta(days=7)
PORTION = 1_000


def tidy(_owner: str, now: datetime) -> int:
    """Delete what ended; returns how many rows went."""
    write()
    gone = 0
    for statement in (
        delete(SignInFailure).where(SignInFailure.at < now - FAILURES),
        delete(SignInSession).where((SignInSession.created_at < now - LONGEST) | (SignInSession.seen_at < now - IDLE)),
        delete(SignInStep).where(SignInStep.expires_at <= now),
        delete(SignInLink).where(SignInLink.expires_at < now - FAILURES),
        delete(LogLink).where(LogLink.expires_at < now),
        delete(ContactStart).where(ContactStart.started_at < now - BEGUN),
        delete(TrackedLink).where(TrackedLink.trap, TrackedLink.expires_at < now),
    ):
        gone += db.session.execute(statement).rowcount  # type: ignore[attr-defined] # a DELETE's result has it
    forget_old(now)
    gone += list_log.forget_old(now)
    gone += notice.forget(now - notice.KEPT)
    gone += alert.forget(now - alert.KEPT)
    gone += outbox.forget(now - outbox.KEPT)
    gone += provider_event.forget(now - provider_event.KEPT)
    gone += batch.forget(now - batch.KEPT)
    gone += record.forget(now - record.KEPT)
    gone += gap.forget(now - gap.KEPT)
    gone += webhook_log.forget(now - webhook_log.KEPT)
    gone += person_view.forget_old(now)
    gone += audit.forget_old(now)
    gone += idempotency_key.forget_old(now)
    gone += reading.forget_old(now)
    gone += _leavers(now)
    gone += refused_address.forget_of_nobody()
    db.session.commit()
    return gone + _of_removed_webhooks(now)


def _of_removed_webhooks(now: datetime) -> int:
    """In portions: thousands of messages in one would keep everybody waiting."""
    gone = 0
    while True:
        write()
        portion = webhook_log.forget_removed(now - webhook_log.SETTLED, PORTION)
        db.session.commit()
        if not portion:
            return gone
        gone += portion


def _leavers(now: datetime) -> int:
    agency, program = the_agency(), the_program()
    return leaver.forget_due(program, agency.language, now) if agency and program else 0
