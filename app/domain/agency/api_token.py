"""A token by which software acts for somebody: what it may, and until when; only its hash is kept."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, String, Table, bindparam, case, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency import per_minute, token
from app.domain.agency.person import Person

PREFIX = "fanfare_"
"""By which those who look for keys in files and logs know ours."""
MOST = 20
LONGEST = timedelta(days=366)
A_MINUTE = 300
"""How many requests a token may make in a minute."""
OF_ALL = 600
"""How many all tokens of somebody together may: with twenty nobody is twenty times as fast."""
SHOWN_AFTER = timedelta(days=90)
"""How long an ended token stays on its owner's page."""


class Scope(StrEnum):
    """What a token may be used for; the role of its person bounds it further."""

    CANDIDATES_READ = "candidates:read"
    CANDIDATES_WRITE = "candidates:write"
    TOUCHPOINTS_READ = "touchpoints:read"
    TOUCHPOINTS_WRITE = "touchpoints:write"
    ACTIONS_READ = "actions:read"
    ACTIONS_WRITE = "actions:write"
    BOARDS_READ = "boards:read"
    REWARDS_READ = "rewards:read"
    REWARDS_WRITE = "rewards:write"
    FIGURES_READ = "figures:read"


class ApiToken(Base):
    """`scopes` have spaces between them, as in OAuth 2; `used` counts the requests of the minute `minute`."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    used: Mapped[int] = mapped_column(default=0)
    minute: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def may(self, scope: Scope) -> bool:
        """Whether it was made for this."""
        return scope in self.scopes.split()

    def works(self, at: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.ended_at is None and self.expires_at > at


class Full(Exception):  # noqa: N818 - it names what is the case
    """Somebody has as many tokens as they may."""


TABLE = cast("Table", ApiToken.__table__)
OF_VALUE = (
    select(Person, ApiToken)
    .join(ApiToken, ApiToken.person_id == Person.id)
    .where(
        Person.deactivated_at.is_(None),
        ApiToken.token_hash == bindparam("value"),
        ApiToken.ended_at.is_(None),
        ApiToken.expires_at > bindparam("now", type_=UtcDateTime()),
    )
)
"""The active person and the token that works; built once, because every request asks it."""


def make(person: Person, name: str, scopes: Collection[Scope], until: datetime, at: datetime) -> tuple[ApiToken, str]:
    """A new token, which is known only now; it lasts a year at most.

    Raises:
        Full: there are as many already.
    """
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())  # two presses are one by one
    if len([each for each in of_person(person.id, at) if each.works(at)]) >= MOST:
        raise Full
    value = PREFIX + token.fresh()
    row = ApiToken(
        person_id=person.id,
        name=name,
        token_hash=token.hashed(value),
        hint=f"{value[: len(PREFIX) + 4]}…{value[-4:]}",
        scopes=" ".join(scope for scope in Scope if scope in scopes),
        created_at=at,
        expires_at=min(until, at + LONGEST),
    )
    db.session.add(row)
    db.session.flush()
    return row, value


def end(token_id: int, at: datetime, person_id: int | None = None) -> bool:
    """A token opens nothing from now on; with a person only one of theirs. False when there is none that works."""
    mine = TABLE.c.person_id == person_id if person_id is not None else TABLE.c.id == token_id
    return _end(at, TABLE.c.id == token_id, mine) == 1


def end_all(person_id: int, at: datetime) -> int:
    """None of somebody's tokens opens anything any more; answers how many did."""
    return _end(at, TABLE.c.person_id == person_id)


def _end(at: datetime, *which: ColumnElement[bool]) -> int:
    ended = update(TABLE).where(*which, TABLE.c.ended_at.is_(None), TABLE.c.expires_at > at).values(ended_at=at)
    result = db.session.connection().execute(ended)
    return cast("CursorResult[object]", result).rowcount


def works_with(value: str, at: datetime) -> dict[str, object]:
    """What the question OF_VALUE is asked with."""
    return {"value": token.hashed(value), "now": at}


def count(token_id: int, at: datetime) -> bool:
    """Count a request of this minute; False when there were as many before as it may bring, of one token or of all."""
    used = per_minute.count(TABLE, token_id, at)
    return 0 < used <= A_MINUTE and _used_of_all(token_id, at) <= OF_ALL


def _used_of_all(token_id: int, at: datetime) -> int:
    """How many requests of this minute the tokens of a token's person made, also those that ended since."""
    whose = select(TABLE.c.person_id).where(TABLE.c.id == token_id).scalar_subquery()
    of_now = TABLE.c.person_id == whose, TABLE.c.minute >= at.replace(second=0, microsecond=0)
    return db.session.connection().scalar(select(func.sum(TABLE.c.used)).where(*of_now)) or 0


def of_person(person_id: int, at: datetime) -> Sequence[ApiToken]:
    """Somebody's tokens, those that work first, then what ended lately."""
    theirs = select(ApiToken).where(ApiToken.person_id == person_id, _shown(at))
    first = (ApiToken.ended_at.is_not(None) | (ApiToken.expires_at <= at)), ApiToken.id.desc()
    return db.session.scalars(theirs.order_by(*first).limit(10 * MOST)).all()


def working(at: datetime, number: int) -> Page[ApiToken]:
    """Everybody's tokens that open something, the last made first."""
    active = select(Person.id).where(Person.deactivated_at.is_(None))
    works = ApiToken.ended_at.is_(None), ApiToken.expires_at > at, ApiToken.person_id.in_(active)
    return page_of(select(ApiToken).where(*works).order_by(ApiToken.id.desc()), number)


def _shown(at: datetime) -> ColumnElement[bool]:
    ended = case((ApiToken.ended_at.is_not(None), ApiToken.ended_at), else_=ApiToken.expires_at)
    return ended > at - SHOWN_AFTER
