"""A screen on the wall: a link that shows the board without signing in, until it is revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import token

SECONDS = (10, 15, 20, 30)
USUAL_SECONDS = 15
SEEN_EVERY = timedelta(minutes=1)
MOST = 100


class Screen(Base):
    """Only the hash of its token is kept; without a team it shows the whole program."""

    __tablename__ = "screen"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    seconds: Mapped[int] = mapped_column(default=15)
    sound: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def was_seen_by(self, now: datetime) -> bool:
        """Whether it was known within the last minute that it is on."""
        return self.seen_at is not None and now - self.seen_at < SEEN_EVERY


def make(
    program_id: int,
    name: str,
    *,
    team_id: int | None,
    seconds: int,
    sound: bool,
    by_id: int | None,
    now: datetime,
    key: str | None = None,
) -> str:
    """A new screen; answers the token of its link, which nobody can ask for again. `key` is one that is known."""
    key = key or token.fresh()
    row = Screen(
        program_id=program_id,
        name=name,
        team_id=team_id,
        token_hash=token.hashed(key),
        seconds=seconds,
        sound=sound,
        made_by_id=by_id,
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return key


def revoke(row: Screen, now: datetime) -> None:
    """Its link opens nothing any more."""
    row.revoked_at = now


def bring_back(row: Screen) -> None:
    """Its link, which whoever hung it up still has, opens it again."""
    row.revoked_at = None


def seen(row: Screen, now: datetime) -> None:
    """It is on, and shows something; noted once a minute at most."""
    due = or_(Screen.seen_at.is_(None), Screen.seen_at <= now - SEEN_EVERY)
    db.session.execute(update(Screen).where(Screen.id == row.id, due).values(seen_at=now))


def opened_by(key: str) -> Screen | None:
    """The screen whose link this is; a revoked one and one that never was are the same None."""
    mine = Screen.token_hash == token.hashed(key), Screen.revoked_at.is_(None)
    return db.session.scalar(select(Screen).where(*mine))


def of_program(program_id: int) -> Sequence[Screen]:
    """The screens whose links work, the newest first."""
    standing = Screen.program_id == program_id, Screen.revoked_at.is_(None)
    return db.session.scalars(select(Screen).where(*standing).order_by(Screen.id.desc()).limit(MOST)).all()


def own(program_id: int, screen_id: int) -> Screen | None:
    """A screen of a program, revoked or not."""
    row = db.session.get(Screen, screen_id)
    return row if row is not None and row.program_id == program_id else None
