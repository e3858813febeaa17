"""The agency's privacy terms: how long data are kept and what candidates consent to; every change is a new version."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class PrivacyTerms(Base):
    """The newest row is in force; its id is the version that a consent refers to. Days are calendar days.

    The texts are what a candidate reads when consent is asked; an empty one means the house's own text.
    """

    __tablename__ = "privacy_terms"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    applicant_days: Mapped[int] = mapped_column(default=28)
    pool_days: Mapped[int] = mapped_column(default=365)
    registered_days: Mapped[int] = mapped_column(default=730)
    placed_years: Mapped[int] = mapped_column(default=7)
    text_nl: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    statement_url: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
