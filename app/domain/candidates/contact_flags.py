"""What the contact state says beside contacts: what they asked of us, a fan, an application, who is at work now."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Integer, Table, bindparam, select, update

from app.db import UtcDateTime, db
from app.domain.candidates.contact_state import WRITTEN, ContactState

TABLE = cast("Table", ContactState.__table__)
THIS, BY = TABLE.c.candidate_id == bindparam("this"), bindparam("by", type_=Integer())
FREE = TABLE.c.claimed_by_id.is_(None) | (TABLE.c.claimed_until <= bindparam("now", type_=UtcDateTime()))
CLAIMED = (
    update(TABLE)
    .where(THIS, (TABLE.c.claimed_by_id == BY) | FREE)
    .values(claimed_by_id=BY, claimed_until=bindparam("until", type_=UtcDateTime()))
)
TURNED = CLAIMED.returning(*WRITTEN)
UNCLAIMED = update(TABLE).where(THIS, TABLE.c.claimed_by_id == BY).values(claimed_by_id=None, claimed_until=None)


def fan(candidate_id: int, since: datetime | None) -> None:
    """They became a fan then; None when they no longer are one."""
    _set(candidate_id, fan_since=since)


def coming_back(candidate_id: int, at: datetime | None) -> None:
    """They were found to keep coming back then; None when that was wrong."""
    _set(candidate_id, coming_back_at=at)


def applied(candidate_id: int, state: str | None, owed_at: datetime | None) -> None:
    """The state of the open application that moved last, and when our earliest word about one was due."""
    _set(candidate_id, application_state=state, application_owed_at=owed_at)


def untriggered(candidate_id: int, kind: str) -> None:
    """What asked for a contact is over; a trigger of another kind stays."""
    over = update(TABLE).where(TABLE.c.candidate_id == candidate_id, TABLE.c.trigger == kind)
    db.session.execute(over.values(trigger=None, trigger_at=None))


def recovering(candidate_id: int, due_at: datetime | None) -> None:
    """When something that went wrong must have been put right; None when nothing has."""
    _set(candidate_id, recovery_due_at=due_at)


def claimed(candidate_id: int, by_id: int, now: datetime, until: datetime) -> bool:
    """Somebody is at work with the candidate until a moment; False, and nothing changes, while a colleague is."""
    facts = {"this": candidate_id, "by": by_id, "now": now, "until": until}
    return db.session.connection().execute(CLAIMED, facts).rowcount == 1


def turned(candidate_id: int, left_id: int | None, by_id: int, now: datetime, until: datetime) -> ContactState | None:
    """Somebody turns from one candidate to another, of whom a copy is answered that no session watches.

    None while a colleague is at work with them; the one who was left is free in either case. Whoever has the lower
    number goes first, so that no two writers cross.
    """
    if left_id is not None and left_id < candidate_id:
        unclaimed(left_id, by_id)
    facts = {"this": candidate_id, "by": by_id, "now": now, "until": until}
    row = db.session.connection().execute(TURNED, facts).mappings().first()
    if left_id is not None and left_id > candidate_id:
        unclaimed(left_id, by_id)
    return ContactState(**row) if row else None


def unclaimed(candidate_id: int, by_id: int) -> None:
    """They are no longer at work with the candidate; the claim of somebody else stays."""
    db.session.connection().execute(UNCLAIMED, {"this": candidate_id, "by": by_id})


def agreed(candidate_id: int, days: int | None) -> None:
    """We agreed to be in touch every so many days; None is as usual."""
    _set(candidate_id, cadence_days=days)


def paused(candidate_id: int, until: datetime | None) -> None:
    """Leave the candidate alone until a moment; None ends the pause."""
    _set(candidate_id, paused_until=until)


def rested(candidate_id: int, days: int | None) -> None:
    """The candidate wants at least so many days between contacts; None is our own rhythm again."""
    _set(candidate_id, rest_days=days)


def objected(candidate_id: int, at: datetime | None) -> None:
    """The candidate does not want to be scored, though they may be contacted; None when they take that back."""
    _set(candidate_id, objected_at=at)


def refused(candidate_id: int, at: datetime | None) -> None:
    """The candidate asked not to be contacted any more; None when that was a mistake."""
    _set(candidate_id, do_not_contact_at=at)


def refusals(candidate_ids: Collection[int]) -> dict[int, datetime]:
    """Who of some candidates asked not to be contacted, and since when."""
    asked = select(TABLE.c.candidate_id, TABLE.c.do_not_contact_at).where(TABLE.c.candidate_id.in_(candidate_ids))
    rows = db.session.execute(asked.where(TABLE.c.do_not_contact_at.is_not(None)))
    return {row.candidate_id: row.do_not_contact_at for row in rows}


def _set(candidate_id: int, **facts: object) -> None:
    db.session.execute(update(TABLE).where(TABLE.c.candidate_id == candidate_id).values(**facts))
