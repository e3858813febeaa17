"""What a note or a status in Bullhorn is called there, and what the agency takes it for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn import preset
from app.domain.actions.bullhorn.record import LONGEST_NAME, Entity, folded
from app.domain.actions.outcome import Outcome

MOST = 300
KIND = "kind:"
NOT_OFFERED = frozenset({Outcome.LATER, Outcome.DONE, Outcome.DO_NOT_CONTACT})
"""They need a day, or a kind; and that nobody may contact somebody is too much to follow from a name."""


class BullhornMeaning(Base):
    """What the agency said of a name, which is folded: capitals differ. Without `means` it is passed over.

    A note means an outcome, or a kind of action by its code behind `kind:`; a status means a step.
    """

    __tablename__ = "bullhorn_meaning"

    entity: Mapped[Entity] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(60))
    means: Mapped[str | None] = mapped_column(String(48), default=None)
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Meant(NamedTuple):
    """What a name is taken for; None: it is passed over."""

    means: str | None


PRESET: Mapping[tuple[Entity, str], Meant] = MappingProxyType(
    {
        (entity, folded(label)): Meant(means)
        for entity, meanings in preset.ALL.items()
        for means, labels in meanings.items()
        for label in labels
    }
)


def map_to(entity: Entity, label: str, means: str | None, now: datetime) -> BullhornMeaning:
    """From now on a name is this, whatever it was; without a meaning it is passed over."""
    key = entity, folded(label)
    row = db.session.get(BullhornMeaning, key, with_for_update=True, populate_existing=True)
    if row is None:
        row = BullhornMeaning(entity=entity, name=key[1], label=label[:LONGEST_NAME], mapped_at=now)
        db.session.add(row)
    row.means, row.mapped_at = means, now
    db.session.flush()
    return row


def one(entity: Entity, label: str) -> Meant | None:
    """What a name means, by the agency's word before what is preset; None when nobody said."""
    key = entity, folded(label)
    row = db.session.get(BullhornMeaning, key, populate_existing=True)
    return Meant(row.means) if row else PRESET.get(key)


def own(limit: int = MOST) -> Sequence[BullhornMeaning]:
    """What the agency said, in order of the names."""
    return db.session.scalars(select(BullhornMeaning).order_by(BullhornMeaning.name).limit(limit)).all()


def action_of(means: str) -> tuple[Outcome, str | None]:
    """With which outcome a note is logged, and as which kind when that says more."""
    kind = means.removeprefix(KIND)
    return (Outcome(means), None) if kind == means else (Outcome.DONE, kind)
