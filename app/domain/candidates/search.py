"""What a candidate is found by: name, role, number, addresses and labels in one line, without capitals and accents."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Integer,
    Row,
    Select,
    SmallInteger,
    Text,
    column,
    delete,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.address import Channel, is_mobile
from app.domain.candidates.folding import fold

PORTION = 500
USABLE = frozenset({"unverified", "verified"})
BIT = {channel: 1 << at for at, channel in enumerate(Channel)}

FACTS = ("name", "role_sought", "region", "external_id")
CANDIDATE = table("candidate", column("id"), *(column(name) for name in FACTS))
IDENTITY = table("identity", column("candidate_id"), column("channel"), column("address"), column("state"))
LABEL = table("label", column("id"), column("folded"))
CANDIDATE_LABEL = table("candidate_label", column("candidate_id"), column("label_id"))
CONSENT = table(
    "consent",
    column("id", Integer),
    column("candidate_id", Integer),
    column("purpose"),
    column("given", Boolean),
    column("until", UtcDateTime()),
)
WITHOUT_END = datetime(9999, 1, 1, tzinfo=UTC)


class CandidateSearch(Base):
    """A copy in a table of its own, so that looking through a hundred thousand reads little.

    `channels` holds a bit for each channel on which the candidate can be reached; `agreed_until` is when their
    consent to stay in the pool ends, None when it does not stand.
    """

    __tablename__ = "candidate_search"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    channels: Mapped[int] = mapped_column(SmallInteger, default=0, info=PERSONAL)
    agreed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)


def refresh(candidate_ids: Collection[int]) -> None:
    """Write anew what these candidates are found by; call it after every change of what the line is made of."""
    ids = sorted(set(candidate_ids))
    db.session.flush()
    for start in range(0, len(ids), PORTION):
        _refresh(ids[start : start + PORTION])


def forget(candidate_id: int) -> None:
    """Let a candidate be found no more."""
    db.session.execute(delete(CandidateSearch).where(CandidateSearch.candidate_id == candidate_id))


def _refresh(ids: Sequence[int]) -> None:
    connection = db.session.connection()
    facts = connection.execute(select(CANDIDATE).where(CANDIDATE.c.id.in_(ids)))
    addresses = _by_candidate(connection.execute(select(IDENTITY).where(IDENTITY.c.candidate_id.in_(ids))))
    told = select(CANDIDATE_LABEL.c.candidate_id, LABEL.c.folded).join(LABEL, LABEL.c.id == CANDIDATE_LABEL.c.label_id)
    labels = _by_candidate(connection.execute(told.where(CANDIDATE_LABEL.c.candidate_id.in_(ids))))
    agreed = {row.candidate_id: row.until or WITHOUT_END for row in connection.execute(_newest_word(ids)) if row.given}
    rows = [
        {
            "candidate_id": row.id,
            "text": _line(row, addresses[row.id], labels[row.id]),
            "channels": mask(open_channels(addresses[row.id])),
            "agreed_until": agreed.get(row.id),
        }
        for row in facts
    ]
    connection.execute(delete(CandidateSearch).where(CandidateSearch.candidate_id.in_(ids)))
    if rows:
        connection.execute(insert(CandidateSearch), rows)


def _newest_word(ids: Sequence[int]) -> Select[Any]:
    """What candidates said last of staying in the pool."""
    newest = select(func.max(CONSENT.c.id)).where(CONSENT.c.candidate_id.in_(ids), CONSENT.c.purpose == "pool")
    return select(CONSENT).where(CONSENT.c.id.in_(newest.group_by(CONSENT.c.candidate_id)))


def _by_candidate(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.candidate_id].append(row)
    return found


def _line(facts: Row[Any], addresses: Iterable[Row[Any]], labels: Iterable[Row[Any]]) -> str:
    """What a candidate is found by, in one line."""
    told = [fold(getattr(facts, name) or "") for name in FACTS]
    found = [*told, *sorted({fold(row.address) for row in addresses}), *sorted(row.folded for row in labels)]
    return " ".join(filter(None, found))


def open_channels(addresses: Iterable[Row[Any]]) -> set[Channel]:
    """On which channels somebody can be reached; a mobile number also receives WhatsApp and SMS unless refused."""
    closed = {row.channel for row in addresses if row.state not in USABLE}
    usable = [row for row in addresses if row.state in USABLE]
    found = {Channel(row.channel) for row in usable}
    if any(row.channel == Channel.PHONE and is_mobile(row.address) for row in usable):
        found |= {Channel.WHATSAPP, Channel.SMS} - closed
    return found


def mask(channels: Iterable[Channel]) -> int:
    """A bit for each of some channels."""
    return sum(BIT[channel] for channel in set(channels))
