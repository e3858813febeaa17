"""What a note in Bullhorn is called there, and the engagement action for which the agency takes it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import String, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.outcome import Outcome

LONGEST = 60
MOST = 300
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)
PRESET: Mapping[str, Outcome | None] = MappingProxyType(
    {
        "Outbound Call": Outcome.SPOKE,
        "Inbound Call": Outcome.SPOKE,
        "Phone Call": Outcome.SPOKE,
        "Call": Outcome.SPOKE,
        "Prescreen": Outcome.SPOKE,
        "Left Message": Outcome.NO_ANSWER,
        "No Answer": Outcome.NO_ANSWER,
        "Email": Outcome.MESSAGE_SENT,
        "Text": Outcome.MESSAGE_SENT,
        "Text Message": Outcome.MESSAGE_SENT,
        "SMS": Outcome.MESSAGE_SENT,
        "WhatsApp": Outcome.MESSAGE_SENT,
        "LinkedIn": Outcome.MESSAGE_SENT,
        "Appointment": Outcome.APPOINTMENT,
        "Other": None,
    }
)
"""What comes with Bullhorn, as far as it can mean only one thing; the list of actions is each agency's own there."""
NOT_OFFERED = frozenset({Outcome.LATER, Outcome.DONE, Outcome.DO_NOT_CONTACT})
"""They need a day, or a kind; and that nobody may contact somebody is too much to follow from a name."""


class BullhornMeaning(Base):
    """`name` is folded: capitals differ. Without an outcome the note is passed over; `kind` says more of `done`.

    `own`: the agency said so.
    """

    __tablename__ = "bullhorn_meaning"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str | None] = mapped_column(String(16), default=None)
    kind: Mapped[str | None] = mapped_column(String(40), default=None)
    own: Mapped[bool] = mapped_column(default=False)
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)


def folded(label: str) -> str:
    """A name as it is compared."""
    return " ".join(label.split()).casefold()[:LONGEST]


def install_preset() -> None:
    """Make the preset known; what the agency said stays as it is."""
    rows = [
        {"name": folded(label), "label": label, "outcome": outcome, "own": False, "mapped_at": BEFORE_ALL}
        for label, outcome in PRESET.items()
    ]
    db.session.execute(insert(BullhornMeaning).on_conflict_do_nothing(), rows)


def map_to(label: str, outcome: Outcome | None, kind: str | None, now: datetime) -> BullhornMeaning:
    """From now on notes of this name are this; without an outcome they are passed over."""
    row = db.session.get(BullhornMeaning, folded(label), with_for_update=True, populate_existing=True)
    if row is None:
        row = BullhornMeaning(name=folded(label), label=label[:LONGEST], mapped_at=now)
        db.session.add(row)
    row.outcome, row.kind, row.own, row.mapped_at = outcome, kind, True, now
    db.session.flush()
    return row


def one(label: str) -> BullhornMeaning | None:
    """What a name means; None when nobody said."""
    return db.session.get(BullhornMeaning, folded(label), populate_existing=True)


def listed() -> Sequence[BullhornMeaning]:
    """All names that mean something or nothing, the agency's own first."""
    query = select(BullhornMeaning).order_by(BullhornMeaning.own.desc(), BullhornMeaning.name)
    return db.session.scalars(query.limit(MOST)).all()
