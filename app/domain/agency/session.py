"""A sign-in session: a row per signed-in browser, found by a random token of which only the hash is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import token
from app.domain.agency.person import Person


class SignInSession(Base):
    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    agent: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInFailure(Base):
    """What may be tried only so often, as a wrong password, a code, or a file that is taken along; fingerprints only.

    Counted per account, or whoever else it is, and per address.
    """

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
MOST = 50
ALIVE = (
    SignInSession.created_at > bindparam("created", type_=UtcDateTime()),
    SignInSession.seen_at > bindparam("seen", type_=UtcDateTime()),
)
OF_TOKEN = (
    select(Person, SignInSession)
    .join(SignInSession, SignInSession.person_id == Person.id)
    .where(SignInSession.token_hash == bindparam("token"), *ALIVE, Person.deactivated_at.is_(None))
)
"""The person and the session behind a token; built once, because every request asks it."""


def open_session(person: Person, agent: str, at: datetime) -> str:
    """Sign a person in on one browser and return the token that the browser keeps."""
    value = token.fresh()
    row = SignInSession(
        person_id=person.id, token_hash=token.hashed(value), agent=agent[:60], created_at=at, seen_at=at
    )
    db.session.add(row)
    db.session.flush()
    return value


def find(value: str, at: datetime) -> tuple[Person, SignInSession] | None:
    """The active person and the session behind a token; None when it ended, idled out or never was."""
    row = db.session.execute(OF_TOKEN, alive_with(value, at)).first()
    return (row[0], row[1]) if row else None


def alive_with(value: str, at: datetime) -> dict[str, object]:
    """What the question OF_TOKEN is asked with."""
    return {"token": token.hashed(value)} | _since(at)


def _since(at: datetime) -> dict[str, object]:
    return {"created": at - LONGEST, "seen": at - IDLE}


def renew(session_id: int) -> str:
    """Give a session another token; what had the old one, a copy perhaps, is signed in no more."""
    value = token.fresh()
    kept = update(SignInSession).where(SignInSession.id == session_id).values(token_hash=token.hashed(value))
    db.session.execute(kept)
    return value


def touch(session_id: int, at: datetime) -> None:
    """Remember that a session was used, so that it does not idle out."""
    db.session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=at))


def close(session_id: int) -> None:
    """End one session: its token opens nothing any more."""
    db.session.execute(delete(SignInSession).where(SignInSession.id == session_id))


def close_all(person_id: int) -> int:
    """End every session of a person, as on a new password or a deactivation; answers how many there were."""
    ended = delete(SignInSession).where(SignInSession.person_id == person_id).returning(SignInSession.id)
    return len(db.session.scalars(ended).all())


def close_others(person_id: int, session_id: int) -> None:
    """End every session of a person but the one they are in, as after changing their password."""
    others = delete(SignInSession).where(SignInSession.person_id == person_id, SignInSession.id != session_id)
    db.session.execute(others)


def close_own(person_id: int, session_id: int) -> bool:
    """End one of a person's own sessions; False when it is not theirs or ended before."""
    own = delete(SignInSession).where(SignInSession.id == session_id, SignInSession.person_id == person_id)
    return bool(db.session.scalar(own.returning(SignInSession.id)))


def open_of(person_id: int, at: datetime) -> Sequence[SignInSession]:
    """The sessions in which a person is signed in, the last used first."""
    query = select(SignInSession).where(SignInSession.person_id == person_id, *ALIVE)
    newest = query.order_by(SignInSession.seen_at.desc(), SignInSession.id).limit(MOST)
    return db.session.scalars(newest, _since(at)).all()
