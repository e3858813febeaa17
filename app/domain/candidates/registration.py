"""Registering a candidate by hand: one step takes in who they are and how to reach them, and meets who is known."""

from collections.abc import Mapping
from datetime import date, datetime

from app.domain.agency.person import Person
from app.domain.candidates import candidate, identity, label, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Facts
from app.domain.candidates.label import LabelKind

Labels = Mapping[LabelKind, Mapping[str, date | None]]


def register(person: Person, facts: Facts, addresses: Mapping[Channel, str], now: datetime) -> Candidate:
    """Take a candidate into the pool with their addresses.

    Raises:
        Unreachable: an address is none.
        ExternalIdTaken: another candidate has the external id.
    """
    row = candidate.add(person, facts, now)
    for channel, text in addresses.items():
        identity.add(row, channel, text, now, facts.origin)
    retention.begin(row.id, now)
    return row


def correct(person: Person, row: Candidate, facts: Facts, labels: Labels, now: datetime, *, reason: str = "") -> None:
    """Put what somebody typed in the place of what we knew; `reason` goes with another stage.

    Raises:
        ExternalIdTaken: another candidate has the external id.
        Gone: they were forgotten.
    """
    candidate.change(row, facts, now, by_id=person.id, reason=reason)
    for kind, names in labels.items():
        label.put(row.id, kind, names, now)


def already_known(person: Person, address: str) -> Candidate | None:
    """Who of the candidates that this person may see has a normalised address."""
    known = identity.find_known((), (address,)).by_address.get(address, set())
    visible = (candidate.visible_to(person, candidate_id) for candidate_id in sorted(known))
    return next((row for row in visible if row), None)
