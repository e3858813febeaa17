"""Anonymising: all that is known of a candidate goes, and a number stays for figures and for the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Column, ForeignKey, String, Table, delete, exists, or_, select, update
from sqlalchemy import cast as cast_to

from app.db import Base, db
from app.domain.actions.queue import Queue, QueueCard
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import CrmId
from app.domain.candidates.identity import Identity
from app.domain.candidates.label import CandidateLabel, Label
from app.domain.custody import access, known_by, remains
from app.domain.custody.access import personal, refers
from app.domain.journey.settling import Settling
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from app.domain.journey.visitor import Visitor
from app.domain.notices import webhook_event
from app.domain.notices.alert import Alert
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import FlaggedAddress, Unsubscription
from app.domain.notices.recipient import name_candidate, name_for_carerix
from app.domain.notices.webhook import Kind

CANDIDATE = cast("Table", Candidate.__table__)
STAYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "candidate": frozenset({"name", "sort_name", "stage", "registered_at"}),
        "engagement_action": frozenset({"outcome", "occurred_at"}),
        "promise": frozenset({"due_at"}),
        "award_place": frozenset(),
        "queue_card": frozenset(),
        "shown_row": frozenset(),
        "verification": frozenset(),
    }
)
"""Tables whose rows stay, because points, streaks, figures or the log of lists rest on them, and what stays in them.

The name becomes a number. Rows of all other tables that refer to a candidate go, also of tables that come later.
"""


def anonymise_many(candidate_ids: Collection[int], now: datetime) -> None:
    """Forget some hundreds at most, and whoever was merged into them, everywhere in the database.

    What was deleted still has to leave the files: `db.wipe()` does that, after the commit.
    """
    db.session.flush()
    ids = hold(candidate_ids)
    known, labels = known_by.of(ids), _labels(ids)
    _tell_outside(ids, now)
    _forget_mails(ids)
    _forget_visits(ids)
    _forget_cards(ids)
    _let_go(ids)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in STAYS and (columns := refers(table)):
            db.session.execute(delete(table).where(or_(*[column.in_(ids) for column in columns])))
    for name in STAYS:
        _empty(CANDIDATE.metadata.tables[name], ids)
    _number(ids, now)
    _forget_labels(labels)
    remains.forget(known)
    db.session.expire_all()


def hold(candidate_ids: Collection[int]) -> list[int]:
    """They and whoever was merged into them, held until the transaction ends; before them files, then contact states.

    Whoever writes something of them at that moment is waited for, so that it goes too, or waits and finds nobody.
    """
    remains.hold()
    held: list[int] = []
    while held != (ids := sorted(set(access.with_merged(candidate_ids)))):  # somebody may merge while this waits
        contact_state.hold_many(ids)
        held = ids
    db.session.execute(select(CANDIDATE.c.id).where(CANDIDATE.c.id.in_(ids)).order_by(CANDIDATE.c.id).with_for_update())
    return ids


def _tell_outside(ids: Collection[int], now: datetime) -> None:
    """Other software forgets them too: by our number, and by its own where we know it."""
    still = select(Candidate.id, Candidate.external_id).where(Candidate.id.in_(ids), Candidate.anonymised_at.is_(None))
    numbers = _crm_ids(ids)
    for candidate_id, external_id in db.session.execute(still.order_by(Candidate.id)):
        facts = {"candidate_id": candidate_id, "external_id": external_id, "crm_ids": numbers[candidate_id]}
        webhook_event.tell(Kind.CANDIDATE_ERASED, candidate_id, facts, now)


def _crm_ids(ids: Collection[int]) -> Mapping[int, Sequence[Mapping[str, str]]]:
    """By which numbers other systems know each of them."""
    found = defaultdict[int, list[Mapping[str, str]]](list)
    rows = select(CrmId.candidate_id, CrmId.crm, CrmId.number).where(CrmId.candidate_id.in_(ids)).order_by(CrmId.id)
    for candidate_id, crm, number in db.session.execute(rows):
        found[candidate_id].append({"crm": str(crm), "number": number})
    return found


def _forget_mails(ids: Collection[int]) -> None:
    """What was mailed to or of them, what they unsubscribed from, and what mail servers said of their addresses."""
    recipients = [name(each) for each in ids for name in (name_candidate, name_for_carerix)]
    addresses = Identity.candidate_id.in_(ids)
    refused = delete(FlaggedAddress).where(FlaggedAddress.address.in_(select(Identity.address).where(addresses)))
    db.session.execute(refused.execution_options(synchronize_session=False))
    for told in (Alert, Notice):
        db.session.execute(delete(told).where(told.about.in_(recipients)))
    for row in (OutboxRow, Unsubscription):
        db.session.execute(delete(row).where(row.recipient.in_(recipients)))


def _forget_visits(ids: Collection[int]) -> None:
    """What their browsers did and had not become theirs yet: afterwards nobody could tell whose it was."""
    theirs = select(Visitor.anonymous_id).where(Visitor.candidate_id.in_(ids))
    db.session.execute(delete(Visit).where(Visit.anonymous_id.in_(theirs)).execution_options(synchronize_session=False))


def _forget_cards(ids: Collection[int]) -> None:
    """A queue that is open forgets them; of one that ended, streaks rest on what was done in it."""
    waiting = select(Queue.id).where(Queue.ended_at.is_(None))
    unused = or_(QueueCard.action_id.is_(None), QueueCard.queue_id.in_(waiting))
    gone = delete(QueueCard).where(QueueCard.candidate_id.in_(ids), unused)
    db.session.execute(gone.execution_options(synchronize_session=False))


def _let_go(ids: Collection[int]) -> None:
    """Rows that stay, or that point at no candidate, must not point at rows that go."""
    mine = select(Touchpoint.id).where(Touchpoint.candidate_id.in_(ids))
    db.session.execute(delete(Settling).where(Settling.touchpoint_id.in_(mine)))
    for table in (CANDIDATE.metadata.tables[name] for name in STAYS if name != CANDIDATE.name):
        loose = [column for column in table.c if column.nullable and any(map(_goes, column.foreign_keys))]
        if loose:
            about = or_(*[column.in_(ids) for column in refers(table)])
            db.session.execute(update(table).where(about).values({column.name: None for column in loose}))


def _goes(key: ForeignKey) -> bool:
    table = key.column.table
    return bool(refers(table)) and table.name not in STAYS


def _labels(ids: Collection[int]) -> list[int]:
    return list(db.session.scalars(select(CandidateLabel.label_id).where(CandidateLabel.candidate_id.in_(ids))))


def _forget_labels(label_ids: Collection[int]) -> None:
    """A word that was said of nobody else tells of them."""
    used = exists().where(CandidateLabel.label_id == Label.id)
    alone = delete(Label).where(Label.id.in_(label_ids), ~used)
    db.session.execute(alone.execution_options(synchronize_session=False))


def _empty(table: Table, ids: Collection[int]) -> None:
    facts = {column.name: _nothing(column) for column in table.c if personal(column) and not _stays(column)}
    if facts:
        about = or_(*[column.in_(ids) for column in refers(table)])
        db.session.execute(update(table).where(about).values(facts))


def _stays(column: Column[Any]) -> bool:
    return column.name in STAYS[column.table.name]


def _nothing(column: Column[Any]) -> object:
    if column.nullable:
        return None
    if isinstance(column.type, String):
        return ""
    raise TypeError(f"nothing can be put in the place of {column}")


def _number(ids: Collection[int], now: datetime) -> None:
    """A candidate becomes a number; nobody looks after it, and nobody is said to have brought or been brought by it."""
    name = "#" + cast_to(CANDIDATE.c.id, String)
    gone = {"name": name, "sort_name": name, "owner_id": None, "referred_by_id": None}
    stamps = {"anonymised_at": now, "updated_at": now}
    db.session.execute(update(CANDIDATE).where(CANDIDATE.c.id.in_(ids)).values(**gone, **stamps))
    db.session.execute(update(CANDIDATE).where(CANDIDATE.c.referred_by_id.in_(ids)).values(referred_by_id=None))
