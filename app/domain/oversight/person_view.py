"""Who looked at figures of a person: once a day for each, for that person and the works council to see."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class PersonView(Base):
    """`viewer_id` looked at what is known of `person_id` under the name `what`."""

    __tablename__ = "person_view"
    __table_args__ = (UniqueConstraint("person_id", "viewer_id", "what", "day"), Index(None, "viewer_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
