"""An export of candidates: a file in the layout that an import reads, made for one person and kept for a day."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, UtcDateTime


class CandidateExport(Base):
    """`query` holds the list's filters, or the chosen ids; `content` is there once the file is made."""

    __tablename__ = "candidate_export"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    format: Mapped[str] = mapped_column(String(4))
    query: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    rows: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary, default=None))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
