"""Who takes part in a competition, and on which side."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


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
