"""The token by which the agency's identity provider adds and ends colleagues here; only its hash is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, String, Table, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import per_minute, token
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person

PREFIX = "fanfare_scim_"
MOST = 4
"""One in use, the next while they change over, and room for mistakes."""
LASTS = timedelta(days=366)
A_MINUTE = 1_500
"""What a first round of a provider needs: Microsoft asks for 25 a second."""
SHOWN = 20


class ProvisioningToken(Base):
    """`used` counts the requests of the minute `minute`."""

    __tablename__ = "provisioning_token"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    used: Mapped[int] = mapped_column(default=0)
    minute: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def works(self, at: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.ended_at is None and self.expires_at > at


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many tokens as there may be."""


TABLE = cast("Table", ProvisioningToken.__table__)


def make(by: Person, at: datetime) -> tuple[ProvisioningToken, str]:
    """A new token, which is known only now.

    Raises:
        Full: there are as many already.
    """
    db.session.execute(select(Agency.id).with_for_update())  # two presses are one by one
    if len([each for each in latest() if each.works(at)]) >= MOST:
        raise Full
    value = PREFIX + token.fresh()
    hint = f"{value[: len(PREFIX) + 4]}…{value[-4:]}"
    row = ProvisioningToken(
        made_by_id=by.id, token_hash=token.hashed(value), hint=hint, created_at=at, expires_at=at + LASTS
    )
    db.session.add(row)
    db.session.flush()
    return row, value


def end(token_id: int, at: datetime) -> bool:
    """A token opens nothing from now on; False when it opened nothing before."""
    ended = update(TABLE).where(TABLE.c.id == token_id, *_works(at)).values(ended_at=at)
    result = db.session.connection().execute(ended)
    return cast("CursorResult[object]", result).rowcount == 1


def end_of(person_id: int, at: datetime) -> list[int]:
    """None of the tokens that somebody made opens anything any more; answers which did."""
    ended = update(TABLE).where(TABLE.c.made_by_id == person_id, *_works(at)).values(ended_at=at)
    return list(db.session.connection().scalars(ended.returning(TABLE.c.id)))


def _works(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return TABLE.c.ended_at.is_(None), TABLE.c.expires_at > at


def find(value: str, at: datetime) -> ProvisioningToken | None:
    """The token that works, of which this is the value."""
    row = db.session.scalar(select(ProvisioningToken).where(ProvisioningToken.token_hash == token.hashed(value)))
    return row if row and row.works(at) else None


def count(token_id: int, at: datetime) -> bool:
    """Count a request of this minute; False when there were as many before as a minute may bring, or it is gone."""
    return 0 < per_minute.count(TABLE, token_id, at) <= A_MINUTE


def made_by(person_id: int, at: datetime) -> int:
    """How many tokens that somebody made still work."""
    theirs = select(func.count(TABLE.c.id)).where(TABLE.c.made_by_id == person_id, *_works(at))
    return db.session.scalar(theirs) or 0


def left_behind(at: datetime) -> frozenset[int]:
    """Which tokens work, and were made by somebody who left since."""
    gone = select(Person.id).where(Person.deactivated_at.is_not(None))
    return frozenset(db.session.scalars(select(TABLE.c.id).where(TABLE.c.made_by_id.in_(gone), *_works(at))))


def latest() -> Sequence[ProvisioningToken]:
    """The newest tokens, ended ones too, the last made first."""
    return db.session.scalars(select(ProvisioningToken).order_by(ProvisioningToken.id.desc()).limit(SHOWN)).all()
