"""Channel identities: every way in which a candidate can be reached, each with what we know of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, ForeignKey, Index, String, UniqueConstraint, bindparam, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import changed, contact_state, search
from app.domain.candidates.address import NUMBERED, Channel, Unreachable, href, is_mobile, normalise
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.preference import ChannelPreference, preferred

__all__ = ["Channel", "ChannelPreference", "Identity", "IdentityState", "Unreachable", "normalise", "preferred"]

MOST = 20
SHOWN = 3 * MOST
"""A phone number may become an address on three channels when the candidate closes one of them."""


class IdentityState(StrEnum):
    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    INVALID = "invalid"
    OPTED_OUT = "opted_out"


UNUSABLE = "state IN ('invalid', 'opted_out')"
USABLE = frozenset({IdentityState.UNVERIFIED, IdentityState.VERIFIED})
CANDIDATE = "candidate"
SPEAKING_FOR_THEM = frozenset({CANDIDATE, "recruiter"})
"""Only the candidate, or who heard it from them, opens a channel again that they closed."""


class Identity(Base):
    """`address` is the normalised form: E.164, a lower-case mail address, or the channel's own id.

    `origin` is where it came from; `state_origin` who or what said that it works, fails or must rest, and
    `state_at` when.
    """

    __tablename__ = "identity"
    __table_args__ = (
        UniqueConstraint("candidate_id", "channel", "address"),
        Index(None, "channel", "address"),
        Index("ix_identity_closed", "candidate_id", postgresql_where=text(UNUSABLE), sqlite_where=text(UNUSABLE)),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    channel: Mapped[Channel] = mapped_column(String(10), info=PERSONAL)
    address: Mapped[str] = mapped_column(String(254), info=PERSONAL)
    state: Mapped[IdentityState] = mapped_column(String(12), default=IdentityState.UNVERIFIED, info=PERSONAL)
    state_origin: Mapped[str] = mapped_column(String(20), default="", info=PERSONAL)
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    origin: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)


CLOSED = text(UNUSABLE)
"""Said as the index of those few says it, or it would not be used."""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel that is open, its address, and the link that opens it."""

    channel: Channel
    address: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """Who of the pool has these external ids and addresses; numbers are shared by phone, WhatsApp and SMS."""

    by_external_id: dict[str, int]
    by_address: dict[str, set[int]]


class Full(Exception):  # noqa: N818 - it names what is the case
    """The candidate has as many addresses as we keep."""


def add(candidate: Candidate, channel: Channel, text: str, now: datetime, origin: str = "") -> Identity:
    """Keep an address of a candidate; one that is there already is the same one.

    Raises:
        Unreachable: it is no address on this channel.
        Full: there are too many already.
    """
    address = normalise(channel, text)
    contact_state.lock(candidate.id)
    present = identities_of(candidate.id)
    for row in present:
        if (row.channel, row.address) == (channel, address):
            return row
    if len(present) >= MOST:
        raise Full
    row = Identity(candidate_id=candidate.id, channel=channel, address=address, origin=origin, added_at=now)
    db.session.add(row)
    search.refresh([candidate.id])
    changed.note([candidate.id], now)
    return row


def mark(identity: Identity, state: IdentityState, *, origin: str, now: datetime) -> bool:
    """Say what is known of an address, and who or what says so: candidate, recruiter, bounce, reply or import.

    False, and nothing changes, when a machine would open what the candidate closed.
    """
    if identity.state == IdentityState.OPTED_OUT and origin not in SPEAKING_FOR_THEM:
        return False
    before = identity.state
    identity.state, identity.state_origin, identity.state_at = state, origin, now
    if state != before:
        search.refresh([identity.candidate_id])
        changed.note([identity.candidate_id], now)
    return True


def opt_out(candidate_id: int, channel: Channel, *, origin: str, now: datetime) -> None:
    """The candidate wants nothing more on this channel; on the others they stay as reachable as they were.

    What was closed before stays as it was said then, unless they say it again themselves: a slip that is taken back
    must not open it.
    """
    contact_state.lock(candidate_id)
    rows = identities_of(candidate_id)
    kept = {(row.channel, row.address) for row in rows}
    for way in ways(rows).values():
        if (way.channel, way.address) not in kept and channel in (Channel.PHONE, way.channel):
            rows.append(_of_its_own(candidate_id, way, now))
    for row in rows:
        if row.channel == channel and (row.state != IdentityState.OPTED_OUT or origin == CANDIDATE):
            mark(row, IdentityState.OPTED_OUT, origin=origin, now=now)


def _of_its_own(candidate_id: int, way: Way, now: datetime) -> Identity:
    """What followed from a phone number becomes an address, so that it can have a state."""
    row = Identity(
        candidate_id=candidate_id, channel=way.channel, address=way.address, origin=Channel.PHONE, added_at=now
    )
    db.session.add(row)
    db.session.flush()
    return row


def remove(identity: Identity, now: datetime) -> None:
    """Forget an address that is not this candidate's."""
    candidate_id = identity.candidate_id
    db.session.delete(identity)
    search.refresh([candidate_id])
    changed.note([candidate_id], now)


def identities_of(candidate_id: int) -> list[Identity]:
    """All addresses of a candidate, oldest first."""
    rows = select(Identity).where(Identity.candidate_id == candidate_id).order_by(Identity.id).limit(SHOWN)
    return list(db.session.scalars(rows))


def one_of(candidate_id: int, identity_id: int) -> Identity | None:
    """One address of this candidate and of nobody else."""
    return db.session.scalar(select(Identity).where(Identity.id == identity_id, Identity.candidate_id == candidate_id))


def ways(identities: Collection[Identity]) -> dict[Channel, Way]:
    """The channels that are open, each on its best address; a mobile number also receives WhatsApp and SMS.

    What a link opens goes first, then what works: nobody can write to an id of WhatsApp's from here.
    """
    usable = [(_way(Channel(row.channel), row.address), row.state) for row in identities if row.state in USABLE]
    usable.sort(key=lambda each: (each[0].href is None, each[1] != IdentityState.VERIFIED))
    found: dict[Channel, Way] = {}
    for way, _state in usable:
        found.setdefault(way.channel, way)
    phone = found.get(Channel.PHONE)
    closed = {row.channel for row in identities if row.state not in USABLE}
    if phone and is_mobile(phone.address):
        for channel in (Channel.WHATSAPP, Channel.SMS):
            if channel not in closed and (channel not in found or found[channel].href is None):
                found[channel] = _way(channel, phone.address)
    return {channel: found[channel] for channel in Channel if channel in found}


def _way(channel: Channel, address: str) -> Way:
    return Way(channel, address, href(channel, address))


THESE: BindParameter[str] = bindparam("these", expanding=True)
WHO = func.coalesce(Candidate.merged_into_id, Candidate.id)
BY_EXTERNAL_ID = select(Candidate.external_id, WHO).where(Candidate.external_id.in_(THESE))
BY_ADDRESS = (
    select(Identity.address, WHO)
    .join(Candidate, Candidate.id == Identity.candidate_id)
    .where(Identity.channel.in_((Channel.EMAIL, *NUMBERED)), Identity.address.in_(THESE))
)


def find_known(external_ids: Collection[str], addresses: Collection[str]) -> Known:
    """Who in the whole pool has one of these external ids or normalised addresses; at most some hundreds at once.

    Whoever was merged is known as the one who was kept.
    """
    known, connection = Known({}, {}), db.session.connection()
    if external_ids:
        rows = connection.execute(BY_EXTERNAL_ID, {"these": list(external_ids)})
        known.by_external_id.update({str(key): number for key, number in rows})
    if addresses:
        for address, candidate_id in connection.execute(BY_ADDRESS, {"these": list(addresses)}):
            known.by_address.setdefault(address, set()).add(candidate_id)
    return known
