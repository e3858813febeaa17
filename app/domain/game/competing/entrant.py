"""Who takes part in a competition, and on which side."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Side(Base):
    """A team in a competition: one of the agency's, or one made for it."""

    __tablename__ = "competition_side"
    __table_args__ = (UniqueConstraint("competition_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)


class Entrant(Base):
    """Whoever is invited; `side_id` is theirs for the whole competition, also when they change teams meanwhile.

    They take part from `joined_at`, unless they left at `declined_at`. `seat` is their place in the pairs or in the
    bracket, drawn once at the start.
    """

    __tablename__ = "competition_entrant"
    __table_args__ = (Index(None, "person_id", "competition_id"), Index(None, "side_id"))

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    side_id: Mapped[int | None] = mapped_column(ForeignKey("competition_side.id"), default=None)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    seat: Mapped[int | None] = mapped_column(default=None)

    @property
    def takes_part(self) -> bool:
        """Whether they joined, and did not decline since."""
        return self.joined_at is not None and self.declined_at is None


ACTIVE: tuple[ColumnElement[bool], ...] = (Entrant.joined_at.is_not(None), Entrant.declined_at.is_(None))
"""The same of the rows of a question."""


def entrant_of(competition_id: int, person_id: int) -> Entrant | None:
    """Somebody's part in a competition; None when it is not for them."""
    return db.session.get(Entrant, (competition_id, person_id))


def active(competition_id: int) -> Sequence[Entrant]:
    """Who takes part, by their numbers."""
    rows = select(Entrant).where(Entrant.competition_id == competition_id, *ACTIVE)
    return db.session.scalars(rows.order_by(Entrant.person_id)).all()


def sides_of(competition_id: int) -> Sequence[Side]:
    """The sides in their order."""
    rows = select(Side).where(Side.competition_id == competition_id).order_by(Side.position)
    return db.session.scalars(rows).all()
