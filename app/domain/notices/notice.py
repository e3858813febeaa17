"""A notice: what somebody reads under the bell, as facts; it stays where it is until it is old."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.notices import preference
from app.domain.notices.preference import Way
from app.prepared import Prepared

KEPT = timedelta(days=90)
"""How long it may be read what somebody was told."""
PAGE = 30
MOST = 200
UNREAD = "unread notices"


class Notice(Base):
    """`recipient` and `about` are opaque (person:12, candidate:34); `period` is what makes it the same notice."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "period"),
        Index(None, "recipient", "at"),
        Index(None, "recipient", "read_at"),
        Index(None, "about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


TABLE = cast("Table", Notice.__table__)


def tell(
    kind: str,
    recipients: Iterable[str],
    *,
    period: str,
    facts: Mapping[str, Any],
    now: datetime,
    about: str = "",
) -> int:
    """Tell each of them once; answers for how many it is new.

    Whoever does not want it under the bell has it as read: it rings for nobody, and the mail of the day can tell it.
    """
    return tell_each(kind, dict.fromkeys(recipients, facts), period=period, now=now, about=about)


def tell_each(kind: str, told: Mapping[str, Mapping[str, Any]], *, period: str, now: datetime, about: str = "") -> int:
    """Tell each recipient facts of their own, as above."""
    people = sorted(told)
    if not people:
        return 0
    silent = preference.refusing(people, kind, Way.APP)
    same = {"kind": kind, "period": period, "about": about, "at": now}
    rows = [same | _one(each, told[each], now if each in silent else None) for each in people]
    db.session.info.pop(UNREAD, None)
    unique = insert(Notice).on_conflict_do_nothing(index_elements=["kind", "recipient", "period"])
    return len(db.session.execute(unique.returning(Notice.id), rows).all())


def _one(recipient: str, facts: Mapping[str, Any], read_at: datetime | None) -> dict[str, Any]:
    return {"recipient": recipient, "facts": dict(facts), "read_at": read_at}


def withdraw(about: str, kinds: Collection[str], now: datetime, *, recipient: str | None = None) -> None:
    """What was told by now is no longer so, or no longer of one recipient's: it goes from where it was not read."""
    gone = delete(Notice).where(Notice.about == about, Notice.kind.in_(kinds), Notice.at <= now)
    if recipient is not None:
        gone = gone.where(Notice.recipient == recipient)
    db.session.execute(gone.where(Notice.read_at.is_(None)))


def rename(about: str, now_about: str) -> None:
    """Two whom it was about are one."""
    db.session.execute(update(Notice).where(Notice.about == about).values(about=now_about))


def of_page(recipient: str, number: int = 1, size: int = PAGE) -> Page[Notice]:
    """One page of what somebody was told and wants to read here, newest first."""
    mine = select(Notice).where(
        Notice.recipient == recipient, Notice.kind.not_in(preference.refused(recipient, Way.APP))
    )
    return page_of(mine.order_by(Notice.at.desc(), Notice.id.desc()), number, size)


def told_since(recipient: str, kinds: Collection[str], since: datetime, until: datetime) -> Sequence[Notice]:
    """What somebody was told of these kinds after one moment and by another, and has not read, oldest first."""
    silent = preference.refused(recipient, Way.APP)
    mine = select(Notice).where(Notice.recipient == recipient, Notice.kind.in_(kinds), Notice.at > since)
    not_read = or_(Notice.read_at.is_(None), Notice.kind.in_(silent))
    return db.session.scalars(mine.where(Notice.at <= until, not_read).order_by(Notice.at, Notice.id).limit(MOST)).all()


def find(recipient: str, notice_id: int) -> Notice | None:
    """One that somebody was told."""
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.recipient == recipient))


def waiting(recipient: ColumnElement[str]) -> ColumnElement[int]:
    """How many a recipient has not read, as part of another question."""
    unread = Notice.recipient == recipient, Notice.read_at.is_(None)
    return select(func.count()).select_from(Notice).where(*unread).scalar_subquery()


def unread(recipient: str) -> int:
    """How many of them somebody has not read; the session holds on to it, so that it is asked once."""
    held: dict[str, int] = db.session.info.setdefault(UNREAD, {})
    if recipient not in held:
        held[recipient] = db.session.scalar(select(waiting(literal(recipient)))) or 0
    return held[recipient]


def hold_unread(recipient: str, number: int) -> None:
    """What the session was found to have unread."""
    db.session.info.setdefault(UNREAD, {})[recipient] = number


def read(recipient: str, until: datetime, now: datetime, notice_id: int | None = None) -> None:
    """Somebody read what they were told until a moment, or one of it."""
    mine = Notice.recipient == recipient, Notice.read_at.is_(None), Notice.at <= until
    which = (Notice.id == notice_id,) if notice_id is not None else ()
    db.session.execute(update(Notice).where(*mine, *which).values(read_at=now))
    db.session.info.pop(UNREAD, None)


def settle(recipient: str, about: str, kinds: Collection[str], until: datetime, now: datetime) -> None:
    """What was told of somebody until a moment has led to something: it rings no more.

    Where the session was found to have nothing unread there is nothing to ask.
    """
    if db.session.info.get(UNREAD, {}).get(recipient) == 0:
        return
    _over(tuple(kinds)).run({"whose": recipient, "whom": about, "until": until, "now": now})
    db.session.info.pop(UNREAD, None)


@cache
def _over(kinds: tuple[str, ...]) -> Prepared:
    """With each action: building it anew would be a quarter of what an action costs."""
    mine = TABLE.c.recipient == bindparam("whose"), TABLE.c.about == bindparam("whom"), TABLE.c.read_at.is_(None)
    of_kinds = or_(*(TABLE.c.kind == kind for kind in kinds))
    over = update(TABLE).where(*mine, of_kinds, TABLE.c.at <= bindparam("until"))
    return Prepared(over.values(read_at=bindparam("now")))


def forget(before: datetime) -> int:
    """Notices of before a moment have served; answers how many went."""
    old = delete(Notice).where(Notice.at < before)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
