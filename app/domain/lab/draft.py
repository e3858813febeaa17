"""A draft in the lab: rules of points or of the score that hold nowhere yet, to be tried on the past."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.lab import logbook
from app.domain.lab.run import LabRun

MOST = 100
POINTS, SCORE = SUBJECTS = ("points", "score")
Rules = dict[str, Any]


class Outdated(Exception):  # noqa: N818 - it says how the draft stands
    """The rules changed after the draft was last saved: to accept it would take those changes back unseen."""


class LabDraft(Base):
    """`subject` is `points` or `score`; `published_as` is the number of the version that it became.

    `key` is that of the form that made it, so that it is one draft however often that arrives.
    """

    __tablename__ = "lab_draft"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subject: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_as: Mapped[int | None] = mapped_column(default=None)
    discarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True, unique=True, default=None)

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed: it was neither published nor thrown away."""
        return self.published_at is None and self.discarded_at is None


def make(
    subject: str,
    name: str,
    rules: Rules,
    by_id: int | None,
    now: datetime,
    *,
    of: datetime | None = None,
    key: bytes | None = None,
) -> LabDraft:
    """A draft of other rules; they hold nowhere. `of`: the moment whose rules it was made beside, where not now.

    With a `key` that came before it is the draft that was made then, as it is now.

    Raises:
        ValueError: there are rules of points and of the score, and no others.
    """
    if subject not in SUBJECTS:
        raise ValueError(subject)
    facts = {"subject": subject, "name": name, "rules": rules, "made_at": now, "changed_at": of or now}
    once = insert(LabDraft).values(**facts, made_by_id=by_id, key=key).on_conflict_do_nothing(index_elements=["key"])
    row: LabDraft | None = db.session.scalar(once.returning(LabDraft))
    if row is None:
        return db.session.scalars(select(LabDraft).where(LabDraft.key == key)).one()
    logbook.write("drafted", by_id, now, draft_id=row.id, name=name, subject=subject)
    return row


def change(row: LabDraft, name: str, rules: Rules, by_id: int, now: datetime) -> None:
    """Other rules, or another name; runs keep the rules that they were asked for with.

    Saved as it was, it was looked at beside the rules that hold now.
    """
    row.changed_at = now
    if (name, rules) == (row.name, row.rules):
        return
    row.name, row.rules = name, rules
    logbook.write("changed", by_id, now, draft_id=row.id, name=name)


def discard(row: LabDraft, by_id: int, now: datetime) -> None:
    """Throw a draft away; what was tried with it stays to be read."""
    row.discarded_at = now
    logbook.write("discarded", by_id, now, draft_id=row.id, name=row.name)


def is_outdated(row: LabDraft, rules_changed_at: datetime | None) -> bool:
    """Whether the rules that hold changed after it was last saved."""
    return rules_changed_at is not None and rules_changed_at > row.changed_at


def mark_published(row: LabDraft, version: int, note: str, by_id: int, now: datetime) -> None:
    """It became a version: from now on it is what that version says."""
    row.published_at, row.published_as = now, version
    facts: dict[str, Any] = {"name": row.name, "subject": row.subject, "version": version, "note": note}
    logbook.write("published", by_id, now, draft_id=row.id, **facts)


def open_ones() -> Sequence[LabDraft]:
    """The drafts that may still be changed, the last one that was first."""
    rows = select(LabDraft).where(LabDraft.published_at.is_(None), LabDraft.discarded_at.is_(None))
    return db.session.scalars(rows.order_by(LabDraft.changed_at.desc(), LabDraft.id.desc()).limit(MOST)).all()


def held(draft_id: int) -> LabDraft | None:
    """A draft for changing it; None when there is none, or it may not be changed any more."""
    row = db.session.get(LabDraft, draft_id, with_for_update=True, populate_existing=True)
    return row if row and row.is_open else None


def names_of(runs: Iterable[LabRun]) -> Mapping[int, str]:
    """What the drafts of some runs are called."""
    ids = {each.draft_id for each in runs if each.draft_id is not None}
    return dict(db.session.execute(select(LabDraft.id, LabDraft.name).where(LabDraft.id.in_(ids))).all())
