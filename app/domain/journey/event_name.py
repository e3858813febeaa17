"""What a source calls an event, and the kind of touchpoint that the agency takes it for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from sqlalchemy import ForeignKey, String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint_kind import CODES

LONGEST = 80
PAGE = "page"
SCREEN = "screen"
SEEN = "page seen"
TEST = "fanfare test"
RESERVED = frozenset((SEEN, TEST))
"""What only says that somebody really looked, or that the connection works, is nobody's touchpoint."""
PRESET: Mapping[str, str] = MappingProxyType(
    {
        PAGE: "site_visit",
        SCREEN: "site_visit",
        "page viewed": "site_visit",
        "site visited": "site_visit",
        "form started": "site_visit",
        "form submitted": "form",
        "job viewed": "job_view",
        "vacancy viewed": "job_view",
        "application started": "application_started",
        "application completed": "application_completed",
        "application submitted": "application_completed",
        "email opened": "mail_open",
        "email clicked": "mail_click",
        "email link clicked": "mail_click",
        "email replied": "inbound_reply",
        "reply received": "inbound_reply",
        "message received": "inbound_reply",
        "ad clicked": "ad_click",
        "event attended": "event_attended",
        "survey answered": "survey_answered",
        "candidate referred": "referral",
        **{code: code for code in sorted(CODES)},
    }
)
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


class EventName(Base):
    """`name` is folded: sources differ in capitals. Without `kind` the event is passed over on purpose."""

    __tablename__ = "event_name"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str | None] = mapped_column(ForeignKey("touchpoint_kind.code"), default=None)
    mapped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)


TABLE = cast("Table", EventName.__table__)
_NEW = insert(TABLE)
PUT = _NEW.on_conflict_do_update(
    index_elements=["name"], set_={name: _NEW.excluded[name] for name in ("kind", "mapped_by_id", "mapped_at")}
)


def folded(name: str) -> str:
    """An event's name as it is compared: sources differ in capitals."""
    return name.casefold()[:LONGEST]


def kinds_of(names: Collection[str]) -> dict[str, str | None]:
    """The kind of every folded name; None: to be passed over. What nobody mapped is absent."""
    found = _mapped(names)
    if (set(names) - set(found)) & set(PRESET):
        install_preset()
        found = _mapped(names)
    return found


def _mapped(names: Collection[str]) -> dict[str, str | None]:
    query = select(TABLE.c.name, TABLE.c.kind).where(TABLE.c.name.in_(names))
    return {str(name): kind for name, kind in db.session.connection().execute(query)}


def install_preset() -> None:
    """Make the preset names known; what the agency mapped otherwise stays as it is."""
    touchpoint_kind.install_preset()
    rows = [{"name": name, "kind": kind, "mapped_at": BEFORE_ALL} for name, kind in PRESET.items()]
    db.session.connection().execute(insert(TABLE).on_conflict_do_nothing(), rows)


def put(name: str, kind: str | None, by_id: int, now: datetime) -> None:
    """From now on an event of this name is a touchpoint of this kind; None: it is passed over."""
    row = {"name": folded(name), "kind": kind, "mapped_by_id": by_id, "mapped_at": now}
    db.session.connection().execute(PUT, row)


def listed(limit: int = 300) -> Sequence[EventName]:
    """All names, those that the agency mapped itself first, then by name."""
    query = select(EventName).order_by(EventName.mapped_by_id.is_(None), EventName.name).limit(limit)
    return db.session.scalars(query).all()
