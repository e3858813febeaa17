"""What a source calls an event, and the kind of touchpoint that the agency takes it for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from sqlalchemy import JSON, ForeignKey, String, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import CODES

LONGEST = 80
MOST = 300
PAGE = "page"
SCREEN = "screen"
SEEN = "page seen"
TEST = "fanfare test"
RESERVED = frozenset((SEEN, TEST))
"""What only says that somebody really looked, or that the connection works, is nobody's touchpoint."""
PRESET: Mapping[str, str | None] = MappingProxyType(
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
        "whatsapp read": "mail_open",
        "sms read": "mail_open",
        "hubspot hs_email_last_open_date": "mail_open",
        "hubspot hs_email_last_click_date": "mail_click",
        "hubspot hs_email_last_reply_date": "inbound_reply",
        "hubspot hs_sales_email_last_opened": "mail_open",
        "hubspot hs_sales_email_last_clicked": "mail_click",
        "hubspot hs_sales_email_last_replied": "inbound_reply",
        "hubspot hs_analytics_last_visit_timestamp": "site_visit",
        "hubspot recent_conversion_date": "form",
        "hubspot num_conversion_events": None,
        "hubspot lifecyclestage": None,
        **{code: code for code in sorted(CODES)},
    }
)
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


class EventName(Base):
    """`name` is folded: sources differ in capitals. Without `kind` the event is passed over on purpose.

    `was`: the kinds that it had before. Signals of the past follow the newest: those up to number `relabelled` did,
    and `relabel_until` is the last that must; without it all did.
    """

    __tablename__ = "event_name"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str | None] = mapped_column(ForeignKey("touchpoint_kind.code"), default=None)
    mapped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    was: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    relabelled: Mapped[int] = mapped_column(default=0)
    relabel_until: Mapped[int | None] = mapped_column(default=None)

    @property
    def progress(self) -> int | None:
        """How much of the past has followed, in hundredths; None when there is nothing to do."""
        return None if self.relabel_until is None else 100 * self.relabelled // max(1, self.relabel_until)


TABLE = cast("Table", EventName.__table__)
MAPPED = select(TABLE.c.name, TABLE.c.kind).where(TABLE.c.name.in_(bindparam("names", expanding=True)))


def folded(name: str) -> str:
    """An event's name as it is compared: sources differ in capitals."""
    return name.casefold()[:LONGEST]


def kinds_of(names: Collection[str]) -> dict[str, str | None]:
    """The kind of every folded name; None: to be passed over. What nobody mapped is absent."""
    found = _mapped(names) if names else {}
    missing = set(names) - set(found)
    if missing and (missing & set(PRESET) or PAGE not in _mapped([PAGE])):
        install_preset()
        found = _mapped(names)
    return found


def _mapped(names: Collection[str]) -> dict[str, str | None]:
    return {str(name): kind for name, kind in db.session.connection().execute(MAPPED, {"names": list(names)})}


def install_preset() -> None:
    """Make the preset names known; what the agency mapped otherwise stays as it is."""
    touchpoint_kind.install_preset()
    rows: list[dict[str, object]] = [
        {"name": name, "kind": kind, "mapped_at": BEFORE_ALL, "was": [], "relabelled": 0}
        for name, kind in PRESET.items()
    ]
    db.session.connection().execute(insert(TABLE).on_conflict_do_nothing(), rows)


def map_to(name: str, kind: str | None, by_id: int, now: datetime) -> EventName:
    """From now on an event of this name is a touchpoint of this kind, and signals of the past become it one by one.

    None: it is passed over from now on; what came before stays as it is.
    """
    key, newest = folded(name), newest_signal()
    kinds_of([key])
    row = db.session.get(EventName, key, with_for_update=True, populate_existing=True)
    if row is None:
        row = EventName(name=key, mapped_at=now)
        db.session.add(row)
    if row.kind is not None and row.kind != kind:
        row.was = [*row.was, row.kind]
    row.kind, row.mapped_by_id, row.mapped_at = kind, by_id, now
    row.relabelled, row.relabel_until = 0, newest if kind else None
    db.session.flush()
    return row


def newest_signal() -> int:
    """The number of the touchpoint that was taken in last."""
    return db.session.scalar(select(func.max(Touchpoint.id))) or 0


def is_relabelling() -> bool:
    """Whether the past of some name has not followed yet."""
    return db.session.scalar(select(TABLE.c.name).where(TABLE.c.relabel_until.is_not(None)).limit(1)) is not None


def relabelling() -> EventName | None:
    """A name whose past has not followed yet, the first that was mapped; held until the transaction ends."""
    waiting = select(EventName).where(EventName.relabel_until.is_not(None)).order_by(EventName.mapped_at)
    return db.session.scalar(waiting.limit(1).with_for_update())


def one(name: str) -> EventName | None:
    """A name that is mapped or passed over."""
    return db.session.get(EventName, folded(name))


def beginning(prefix: str, limit: int = MOST) -> dict[str, str | None]:
    """The names of one system, which all begin alike, and what each is taken for; None: passed over."""
    came_with_it = {name: kind for name, kind in PRESET.items() if name.startswith(prefix)}
    theirs = select(TABLE.c.name, TABLE.c.kind).where(TABLE.c.name.startswith(prefix, autoescape=True)).limit(limit)
    return dict(sorted((came_with_it | dict(db.session.execute(theirs).all())).items()))


def own(limit: int = MOST) -> Sequence[EventName]:
    """The names that the agency mapped itself, newest first."""
    mine = select(EventName).where(EventName.mapped_by_id.is_not(None))
    return db.session.scalars(mine.order_by(EventName.mapped_at.desc(), EventName.name).limit(limit)).all()


def preset(limit: int = MOST) -> dict[str | None, list[str]]:
    """The names that came with the program, by kind; those that are the kind's own code say nothing new.

    None: those that are passed over.
    """
    found: dict[str | None, list[str]] = {}
    query = select(TABLE.c.name, TABLE.c.kind).where(TABLE.c.mapped_by_id.is_(None))
    query = query.where(TABLE.c.name.is_distinct_from(TABLE.c.kind))
    for name, kind in db.session.connection().execute(query.order_by(TABLE.c.name).limit(limit)):
        found.setdefault(kind, []).append(name)
    return found
