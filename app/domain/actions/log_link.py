"""A link in a mail by which its recipient logs a contact with one candidate, without signing in and by a button."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, Select, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.actions import action, follow_up, queue_log
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.agency import leaving, token
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible_to

LASTS = clock.WEEK


class LogLink(Base):
    """We keep only the token's hash. It serves for one person, one candidate and one contact."""

    __tablename__ = "log_link"
    __table_args__ = (Index(None, "candidate_id"), Index(None, "expires_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)


def make(person_id: int, candidate_id: int, now: datetime) -> str:
    """A new link; returns its token, which is nowhere else."""
    return make_all([(person_id, candidate_id)], now)[person_id, candidate_id]


def make_all(who: Collection[tuple[int, int]], now: datetime) -> dict[tuple[int, int], str]:
    """A new link for each of these pairs of a person and a candidate; returns their tokens."""
    made = {pair: token.fresh() for pair in who}
    dates = {"made_at": now, "expires_at": now + LASTS}
    rows = [
        {"token_hash": token.hashed(fresh), "person_id": person_id, "candidate_id": candidate_id, **dates}
        for (person_id, candidate_id), fresh in made.items()
    ]
    if rows:
        db.session.execute(insert(LogLink), rows)
    return made


@leaving.listen
def end_of_leaver(person_id: int, at: datetime) -> None:
    """Nobody logs by a mail that was sent to somebody before they left."""
    theirs = LogLink.person_id == person_id, LogLink.expires_at > at
    db.session.execute(update(LogLink).where(*theirs).values(expires_at=at))


class Opened(NamedTuple):
    """A link that serves, with whose and about whom it is; `logged` is the action that stands by it."""

    link: LogLink
    person: Person
    candidate: Candidate
    logged: EngagementAction | None


def opened(sent: str, now: datetime) -> Opened | None:
    """What a token opens; None when it ended, they left, or may not see the candidate now."""
    return _open(select(LogLink), sent, now)


def log(sent: str, outcome: Outcome, now: datetime) -> Opened | None:
    """Log what came of it, once: pressed again it is what was logged before. None as `opened` has it.

    After an undo it serves once more, which has a key of its own.

    Raises:
        NotLoggable: nothing was written.
    """
    found = _open(select(LogLink).with_for_update(), sent, now)
    if found is None or found.logged:
        return found
    done = action.log(
        found.person,
        found.candidate,
        outcome,
        at=now,
        now=now,
        promise_at=follow_up.usual(outcome, now, the_zone()),
        key=hashlib.sha256(f"{sent} {found.link.action_id}".encode()).digest()[:16],
        source="mail",
    )
    found.link.action_id = done.action_id
    db.session.flush()
    return found._replace(logged=db.session.get(EngagementAction, done.action_id))


def undo(sent: str, now: datetime) -> Opened | None:
    """Take it back, within a day; None as `opened` has it, or when there is nothing that may be taken back."""
    found = opened(sent, now)
    if found is None or found.logged is None or queue_log.undo(found.person, found.logged.id, now) is None:
        return None
    return found._replace(logged=None)


def _open(query: Select[LogLink], sent: str, now: datetime) -> Opened | None:
    link = db.session.scalar(query.where(LogLink.token_hash == token.hashed(sent), LogLink.expires_at > now))
    person = db.session.get(Person, link.person_id) if link else None
    if link is None or person is None or not person.is_active:
        return None
    candidate = visible_to(person, link.candidate_id)
    done = db.session.get(EngagementAction, link.action_id) if link.action_id else None
    stands = done if done and done.undone_at is None else None
    return Opened(link, person, candidate, stands) if candidate else None
