"""A link of ours to a page elsewhere: following it is a touchpoint of the candidate to whom it was given."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class TrackedLink(Base):
    """We keep only the token's hash. Links of one `message` went out together; a `trap` is seen by machines only."""

    __tablename__ = "tracked_link"
    __table_args__ = (Index(None, "candidate_id", "made_at"), Index(None, "item_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("shared_item.id"), default=None)
    url: Mapped[str] = mapped_column(String(500), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    message: Mapped[str] = mapped_column(String(64))
    trap: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
