"""Labels: the skills, certificates and tags of candidates, each name kept once and found whatever its capitals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import changed, search
from app.domain.candidates.folding import fold

__all__ = ["CandidateLabel", "Label", "LabelKind", "Told", "add", "ensure", "fold", "of", "offered", "put", "remove"]

LONGEST = 60
MOST = 50
"""Of one kind, for one candidate."""
PORTION = 500
OFFERED = 300


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


@dataclass(frozen=True, slots=True)
class Told:
    """A label as it is told of a candidate."""

    kind: LabelKind
    name: str
    until: date | None = None


def ensure(kind: LabelKind, names: Iterable[str]) -> dict[str, int]:
    """The ids of labels by their folded name; those that are new are made. Two at once make one."""
    wanted = {folded: name for name in names if (folded := folded_name(name))}
    found = _ids(kind, wanted)
    new = [
        {"kind": kind, "name": _tidy(name), "folded": key} for key, name in sorted(wanted.items()) if key not in found
    ]
    for start in range(0, len(new), PORTION):
        missing = insert(Label).on_conflict_do_nothing(index_elements=["kind", "folded"])
        db.session.execute(missing, new[start : start + PORTION])
    return found | _ids(kind, [row["folded"] for row in new]) if new else found


def put(candidate_id: int, kind: LabelKind, names: Mapping[str, date | None], now: datetime) -> None:
    """Give a candidate exactly these labels of a kind, each with the last day on which it is valid."""
    ids = ensure(kind, names)
    wanted = {ids[key]: until for name, until in names.items() if (key := folded_name(name))}
    held = {row.label_id: row for row in _held(candidate_id, kind)}
    if wanted == {label_id: row.until for label_id, row in held.items()}:
        return
    for label_id in held.keys() - wanted.keys():
        db.session.delete(held[label_id])
    for label_id, until in wanted.items():
        if label_id in held:
            held[label_id].until = until
        else:
            db.session.add(CandidateLabel(candidate_id=candidate_id, label_id=label_id, until=until, added_at=now))
    search.refresh([candidate_id])
    changed.note([candidate_id], now)


def add(candidate_ids: Collection[int], kind: LabelKind, name: str, now: datetime) -> list[int]:
    """Give candidates a label; those who did not have it yet, at most some thousands at once."""
    (label_id,) = ensure(kind, [name]).values()
    ids = sorted(set(candidate_ids))
    new: list[int] = []
    for start in range(0, len(ids), PORTION):
        rows = [{"candidate_id": each, "label_id": label_id, "added_at": now} for each in ids[start : start + PORTION]]
        query = insert(CandidateLabel).values(rows).on_conflict_do_nothing().returning(CandidateLabel.candidate_id)
        new += db.session.scalars(query)
    search.refresh(new)
    changed.note(new, now)
    return sorted(new)


def remove(candidate_ids: Collection[int], label_id: int, now: datetime) -> None:
    """Take a label from candidates."""
    ids = sorted(set(candidate_ids))
    for start in range(0, len(ids), PORTION):
        these = CandidateLabel.candidate_id.in_(ids[start : start + PORTION])
        db.session.execute(delete(CandidateLabel).where(CandidateLabel.label_id == label_id, these))
    search.refresh(ids)
    changed.note(ids, now)


def of(candidate_ids: Collection[int]) -> dict[int, list[Told]]:
    """The labels of some candidates, by kind and name; whoever has none is not in it."""
    query = (
        select(CandidateLabel.candidate_id, Label.kind, Label.name, CandidateLabel.until)
        .join(Label, Label.id == CandidateLabel.label_id)
        .where(CandidateLabel.candidate_id.in_(candidate_ids))
        .order_by(CandidateLabel.candidate_id, Label.kind, Label.folded)
    )
    found: dict[int, list[Told]] = {}
    for candidate_id, kind, name, until in db.session.execute(query):
        found.setdefault(candidate_id, []).append(Told(LabelKind(kind), name, until))
    return found


def offered(most: int = OFFERED) -> dict[LabelKind, list[str]]:
    """The names of every kind, to choose from."""
    parts = [select(Label.kind, Label.name, Label.folded).where(Label.kind == kind) for kind in LabelKind]
    limited = [select(part.order_by(Label.folded).limit(most).subquery()) for part in parts]
    found: dict[LabelKind, list[str]] = {kind: [] for kind in LabelKind}
    for row in sorted(db.session.execute(union_all(*limited)), key=lambda row: row.folded):
        found[LabelKind(row.kind)].append(row.name)
    return found


def folded_name(name: str) -> str:
    """By what a name is known again."""
    return fold(_tidy(name))[:80]


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST].strip()


def _held(candidate_id: int, kind: LabelKind) -> list[CandidateLabel]:
    query = select(CandidateLabel).join(Label, Label.id == CandidateLabel.label_id)
    return list(db.session.scalars(query.where(CandidateLabel.candidate_id == candidate_id, Label.kind == kind)))


def _ids(kind: LabelKind, folded: Collection[str]) -> dict[str, int]:
    query = select(Label.folded, Label.id).where(Label.kind == kind, Label.folded.in_(folded))
    return {row.folded: row.id for row in db.session.execute(query)}
