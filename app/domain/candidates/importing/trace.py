"""What an import left behind: refused rows with their cells, and per candidate what was there before."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base


class ImportRefusal(Base):
    """`cells` are the row as it was brought, so that it can be downloaded after the file itself is gone."""

    __tablename__ = "import_refusal"
    __table_args__ = (Index(None, "import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("candidate_import.id"))
    line: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(160), default="")
    cells: Mapped[list[str]] = mapped_column(JSON)


class ImportChange(Base):
    """`added`: the import brought the candidate; else `before` and `after` are the facts that it changed.

    `brought` are the ids of rows that it added, by table.
    """

    __tablename__ = "import_change"
    __table_args__ = (Index(None, "candidate_id"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("candidate_import.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    added: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info=PERSONAL)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info=PERSONAL)
    brought: Mapped[dict[str, list[int]]] = mapped_column(JSON, default_factory=dict)
