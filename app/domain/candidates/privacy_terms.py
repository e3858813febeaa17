"""The agency's privacy terms: how long data are kept and what candidates consent to; every change is a new version."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

SHOWN = 50


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


HOUSE_TERMS_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agency decides about its candidates' data."""

    applicant_days: int = 28
    pool_days: int = 365
    registered_days: int = 730
    placed_years: int = 7
    text_nl: str = ""
    text_en: str = ""
    statement_url: str = ""
    contact: str = ""


def in_force() -> PrivacyTerms:
    """The newest terms; those of the house, without an id, while the agency has none of its own."""
    newest = db.session.scalar(select(PrivacyTerms).order_by(PrivacyTerms.id.desc()).limit(1))
    return newest or PrivacyTerms(**asdict(Terms()), made_at=HOUSE_TERMS_SINCE)


def on_record(now: datetime) -> PrivacyTerms:
    """The terms in force as a version that a consent can refer to: those of the house are written down first."""
    present = in_force()
    return present if present in db.session else _save(present, now)


def publish(terms: Terms, *, by_id: int | None, now: datetime) -> PrivacyTerms:
    """Put new terms in force; those that say what the present ones say are no new version."""
    present = in_force()
    if present in db.session and terms_of(present) == terms:
        return present
    return _save(PrivacyTerms(**asdict(terms), made_by_id=by_id, made_at=now), now)


def _save(row: PrivacyTerms, now: datetime) -> PrivacyTerms:
    row.made_at = now
    db.session.add(row)
    db.session.flush()
    return row


def terms_of(row: PrivacyTerms) -> Terms:
    """What a version says, apart from who made it and when."""
    return Terms(**{field.name: getattr(row, field.name) for field in fields(Terms)})


def versions(limit: int = SHOWN) -> Sequence[PrivacyTerms]:
    """All versions, newest first."""
    return db.session.scalars(select(PrivacyTerms).order_by(PrivacyTerms.id.desc()).limit(limit)).all()
