"""The agency: one installation is one agency, with its zone, its form of address and its visibility rule."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Agency(Base):
    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="nl")
    address_form: Mapped[str] = mapped_column(String(2), default="je")
    visibility: Mapped[str] = mapped_column(String(10), default="agency")
    ats_url_template: Mapped[str | None] = mapped_column(String(300), default=None)
    setup_step: Mapped[int] = mapped_column(default=2)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def the_agency() -> Agency | None:
    """The agency of this installation, or None before setup."""
    return db.session.scalar(select(Agency).order_by(Agency.id).limit(1))
