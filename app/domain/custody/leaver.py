"""Whoever left two years ago: figures stay under a pseudonym, and their name, address and words about them go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.sql.dml import Delete, Update

from app.db import Base, db
from app.domain.agency import factors
from app.domain.agency.api_token import ApiToken
from app.domain.agency.idempotency_key import IdempotencyKey
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person
from app.domain.agency.provisioned import Provisioned
from app.domain.agency.second_factor import OutsideAccount
from app.domain.game.adjustment import Adjustment
from app.domain.game.appearance import mask_of
from app.domain.game.competing.result import Dispute
from app.domain.game.recognition.kudos import Kudos
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program

KEPT = timedelta(days=2 * 365)
MOST = 10_000


def forget_due(program: Program, language: str, now: datetime) -> int:
    """Forget who left two years ago and is still known by name; answers how many."""
    left = select(Person).where(Person.deactivated_at <= now - KEPT).order_by(Person.deactivated_at, Person.id)
    known = [each for each in db.session.scalars(left.limit(MOST)) if each.name != mask_of(program, each.id, language)]
    for each in known:
        _forget(each, mask_of(program, each.id, language), now)
    return len(known)


def _forget(person: Person, mask: str, now: datetime) -> None:
    """Nothing that was counted changes: numbers, dates and kinds stay."""
    person.name, person.sort_name = mask, sort_name(mask)
    person.email = person.password_hash = person.picture_id = None
    factors.end_all(person.id)
    for statement in _wordless(person.id, now):
        db.session.execute(statement)
    db.session.flush()


def _wordless(person_id: int, now: datetime) -> Sequence[Update | Delete]:
    anomaly, views = Base.metadata.tables["anomaly"], Base.metadata.tables["person_view"]  # of a room above this one
    asked = select(Redemption.id).where(Redemption.person_id == person_id)
    mails = OutboxRow.recipient == name_person(person_id), OutboxRow.state != "pending"
    return (
        delete(OutsideAccount).where(OutsideAccount.person_id == person_id),
        delete(Provisioned).where(Provisioned.person_id == person_id),
        delete(ApiToken).where(ApiToken.person_id == person_id),
        delete(IdempotencyKey).where(IdempotencyKey.person_id == person_id),
        delete(ChatTarget).where(ChatTarget.person_id == person_id),
        delete(Notice).where(Notice.recipient == name_person(person_id)),
        update(Adjustment).where(Adjustment.person_id == person_id).values(reason=""),
        update(anomaly).where(anomaly.c.person_id == person_id).values(answer="", settled_note=""),
        delete(views).where(or_(views.c.person_id == person_id, views.c.viewer_id == person_id)),
        update(Dispute).where(Dispute.person_id == person_id).values(reason="", answer=""),
        update(Kudos).where(Kudos.receiver_id == person_id).values(text="", hidden_at=now, hidden_reason=None),
        update(Kudos).where(Kudos.giver_id == person_id).values(hidden_reason=None),
        update(OutboxRow).where(*mails).values(payload={}, last_error=None),
        update(RedemptionMove).where(RedemptionMove.redemption_id.in_(asked)).values(note=""),
        update(Surprise).where(Surprise.receiver_id == person_id).values(text=""),
    )
