"""Whose a chat is: which chats somebody has, which they look after, and who should know that one pauses itself."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.recipient import CHAT, number_in

MOST = 200
SHARED = ChatTarget.person_id.is_(None)
OPEN = ChatTarget.paused_at.is_(None)


def named(recipient: str) -> ChatTarget | None:
    """The chat for which a message is; None when it was removed."""
    number = number_in(recipient, CHAT)
    return db.session.get(ChatTarget, number, populate_existing=True) if number is not None else None


def has_own(person_id: int) -> bool:
    """Whether somebody can be told in a chat of their own."""
    return db.session.scalar(select(ChatTarget.id).where(ChatTarget.person_id == person_id, OPEN).limit(1)) is not None


def own_of(person_id: int) -> Sequence[ChatTarget]:
    """Somebody's own chats, in the order in which they came."""
    return db.session.scalars(
        select(ChatTarget).where(ChatTarget.person_id == person_id).order_by(ChatTarget.id).limit(MOST)
    ).all()


def open_of(person_ids: Collection[int]) -> Mapping[int, list[ChatTarget]]:
    """The own chats of these people that are not paused; who is missing has none."""
    found = defaultdict[int, list[ChatTarget]](list)
    if person_ids:
        mine = select(ChatTarget).where(ChatTarget.person_id.in_(person_ids), OPEN).order_by(ChatTarget.id)
        for row in db.session.scalars(mine):
            found[row.person_id or 0].append(row)
    return found


def with_open() -> Select[int | None]:
    """Who has a chat of their own that is not paused, as part of another question."""
    return select(ChatTarget.person_id).where(ChatTarget.person_id.is_not(None), OPEN)


def open_shared() -> Sequence[ChatTarget]:
    """The chats of teams and of the agency that are not paused."""
    return db.session.scalars(select(ChatTarget).where(SHARED, OPEN).order_by(ChatTarget.id).limit(MOST)).all()


def run_by(person: Person) -> Sequence[ChatTarget]:
    """The chats of others that somebody looks after: an administrator all, a lead those of the own team."""
    which = _run_by(person)
    if which is None:
        return []
    return db.session.scalars(select(ChatTarget).where(which).order_by(ChatTarget.id).limit(MOST)).all()


def of(person: Person, target_id: int) -> ChatTarget | None:
    """A chat that somebody may test, pause and remove."""
    run = _run_by(person)
    theirs = ChatTarget.person_id == person.id if run is None else or_(ChatTarget.person_id == person.id, run)
    return db.session.scalar(select(ChatTarget).where(ChatTarget.id == target_id, theirs))


def _run_by(person: Person) -> ColumnElement[bool] | None:
    if person.role == Role.ADMIN:
        return SHARED
    if person.role == Role.LEAD and person.team_id is not None:
        return and_(SHARED, ChatTarget.team_id == person.team_id)
    return None


def keepers(target: ChatTarget) -> list[int]:
    """Who should know that it pauses: whose it is, else who leads the team, and whoever administers."""
    if target.person_id is not None:
        return [target.person_id]
    leads = and_(Person.role == Role.LEAD, Person.team_id == target.team_id)
    who = select(Person.id).where(Person.deactivated_at.is_(None), or_(Person.role == Role.ADMIN, leads))
    return list(db.session.scalars(who.order_by(Person.id).limit(MOST)))
