"""Who is in an export: some hundred candidates at a time, with all that the file tells of them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import cast

from sqlalchemy import Select, Table, func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import label
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.exporting_columns import PLAIN, REPEATED
from app.domain.candidates.exporting_lines import Line, Widths, Wording, cells
from app.domain.candidates.identity import USABLE, Identity
from app.domain.candidates.preference import ChannelPreference

PORTION = 500
FACTS = [
    cast("Table", Candidate.__table__).c[name]
    for name in ("id", *PLAIN, "available_from", "stage", "registered_at")
    if name != "owner"
]


def widths(ids: Sequence[int]) -> dict[str, int]:
    """How many columns each channel needs: as many as somebody has addresses on it, and one at least."""
    wide = dict.fromkeys(REPEATED, 1)
    for portion in _portions(ids):
        counts = _usable(portion).with_only_columns(Identity.channel, func.count())
        counts = counts.where(Identity.channel.in_(REPEATED)).group_by(Identity.candidate_id, Identity.channel)
        for channel, count in db.session.execute(counts):
            wide[channel] = max(wide[channel], count)
    return wide


def lines(
    person: Person, ids: Sequence[int], wide: Widths, wording: Wording, tell: Callable[[int], None]
) -> Iterator[list[str]]:
    """The cells of each candidate whom the person may see; `tell` hears how many ids are behind it."""
    behind = 0
    for portion in _portions(ids):
        for line in _known(person, portion):
            yield cells(line, wide, wording)
        behind += len(portion)
        tell(behind)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))


def _known(person: Person, ids: Sequence[int]) -> Iterator[Line]:
    """Some hundred candidates, in the order of their ids here."""
    owner = func.coalesce(Person.email, Person.name, "").label("owner")
    query = visible(person).where(Candidate.id.in_(ids)).outerjoin(Person, Person.id == Candidate.owner_id)
    facts = {row["id"]: row for row in db.session.execute(query.with_only_columns(owner, *FACTS)).mappings()}
    addresses, labels = _addresses(ids), label.of(ids)
    preferred, consents = _preferred(ids), _consents(ids)
    for each in ids:
        if each in facts:
            yield Line(
                facts[each], addresses.get(each, {}), labels.get(each, ()), preferred.get(each), consents.get(each)
            )


def _usable(ids: Collection[int]) -> Select[Identity]:
    """The addresses that may be used: one that must rest is told to nobody, nor any of who wants no contact."""
    return (
        select(Identity)
        .join(ContactState, ContactState.candidate_id == Identity.candidate_id)
        .where(Identity.candidate_id.in_(ids), Identity.state.in_(USABLE), ContactState.do_not_contact_at.is_(None))
    )


def _addresses(ids: Collection[int]) -> dict[int, dict[str, list[str]]]:
    told = _usable(ids).with_only_columns(Identity.candidate_id, Identity.channel, Identity.address)
    found: dict[int, dict[str, list[str]]] = {}
    for candidate_id, channel, address in db.session.execute(told.order_by(Identity.id)):
        found.setdefault(candidate_id, {}).setdefault(channel, []).append(address)
    return found


def _preferred(ids: Collection[int]) -> dict[int, str]:
    query = select(ChannelPreference.candidate_id, ChannelPreference.channel).where(
        ChannelPreference.candidate_id.in_(ids), ChannelPreference.purpose == "contact"
    )
    return {row.candidate_id: str(row.channel) for row in db.session.execute(query.order_by(ChannelPreference.id))}


def _consents(ids: Collection[int]) -> dict[int, Consent]:
    """The newest word of each about staying in the pool."""
    query = select(Consent).where(Consent.candidate_id.in_(ids), Consent.purpose == ConsentPurpose.POOL)
    return {row.candidate_id: row for row in db.session.scalars(query.order_by(Consent.id))}
