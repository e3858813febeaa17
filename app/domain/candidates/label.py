"""Labels: the skills, certificates and tags of candidates, each name kept once and found whatever its capitals."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class LabelKind(StrEnum):
    SKILL = "skill"
    CERTIFICATE = "certificate"
    TAG = "tag"


class Label(Base):
    """`folded` is the name without capitals and accents, by which it is known again."""

    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("kind", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[LabelKind] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(80))


class CandidateLabel(Base):
    """`until` is the last day on which a certificate is valid."""

    __tablename__ = "candidate_label"
    __table_args__ = (Index(None, "label_id", "candidate_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"), primary_key=True, info=PERSONAL)
    until: Mapped[date | None] = mapped_column(default=None, info=PERSONAL)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
