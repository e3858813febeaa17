"""What the talent pool knows of the people in some hundred rows of a file, looked up in a handful of questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.candidates import consent, crm_id
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.identity import Identity, Known, find_known
from app.domain.candidates.importing import trace
from app.domain.candidates.importing.entry import Entry
from app.domain.candidates.label import CandidateLabel, Label
from app.domain.candidates.preference import ChannelPreference, Purpose

FACTS = Candidate.__table__.c
LabelKey = tuple[str, str]


class Owner(NamedTuple):
    id: int
    branch_id: int | None


class Preferred(NamedTuple):
    channel: str
    said_by: str


class Held(NamedTuple):
    """A label that a candidate has, and its last day."""

    label_id: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Pool:
    """By candidate, except the first three, and the numbers in other systems that somebody has.

    `numbered`: who has their number in the agency's own system by this import, so that another number of the same file
    means somebody else.
    """

    known: Known
    owners: Mapping[str, Owner]
    zone: ZoneInfo
    candidates: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    numbered: set[int] = field(default_factory=set)
    visible: Collection[int] = ()
    addresses: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    preferred: Mapping[int, Preferred] = field(default_factory=dict)
    labels: Mapping[int, Mapping[LabelKey, Held]] = field(default_factory=dict)
    consents: Mapping[int, Consent] = field(default_factory=dict)
    crm_ids: set[tuple[Crm, str]] = field(default_factory=set)


def look_up(person: Person, entries: Sequence[Entry], zone: ZoneInfo, import_id: int) -> Pool:
    """What is known of the people whom these rows may mean."""
    external_ids = {entry.facts["external_id"] for entry in entries if "external_id" in entry.facts}
    addresses = {address for entry in entries for channel, address in entry.addresses if channel != Channel.LINKEDIN}
    known = find_known(external_ids, addresses)
    ids = set(known.by_external_id.values()).union(*known.by_address.values())
    numbers = crm_id.held({number for entry in entries for number in entry.crm_ids})
    if not ids:
        return Pool(known, owners(), zone, crm_ids=numbers)
    rows = db.session.execute(select(*FACTS).where(FACTS.id.in_(ids))).mappings()
    seen = db.session.scalars(visible(person).where(Candidate.id.in_(ids)).with_only_columns(Candidate.id))
    agreed = consent.current_of(ids)
    pool_key = (ConsentPurpose.POOL, None)
    return Pool(
        known=known,
        owners=owners(),
        zone=zone,
        candidates={row["id"]: dict(row) for row in rows},
        numbered=trace.numbered_by(import_id, ids),
        visible=set(seen),
        addresses=_addresses(ids),
        preferred=_preferred(ids),
        labels=_labels(ids),
        consents={key: given[pool_key] for key, given in agreed.items() if pool_key in given},
        crm_ids=numbers,
    )


def owners() -> dict[str, Owner]:
    """Everybody who may look after candidates, by mail address and by name."""
    people = select(Person.id, Person.name, Person.email, Team.branch_id).outerjoin(Team, Team.id == Person.team_id)
    found: dict[str, Owner] = {}
    for person_id, name, email, branch_id in db.session.execute(people.where(Person.deactivated_at.is_(None))):
        found |= {key.casefold(): Owner(person_id, branch_id) for key in (name, email) if key}
    return found


def _addresses(ids: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    held: dict[int, set[tuple[str, str]]] = {}
    rows = select(Identity.candidate_id, Identity.channel, Identity.address).where(Identity.candidate_id.in_(ids))
    for candidate_id, channel, address in db.session.execute(rows):
        held.setdefault(candidate_id, set()).add((channel, address))
    return held


def _preferred(ids: Collection[int]) -> dict[int, Preferred]:
    said = select(ChannelPreference.candidate_id, ChannelPreference.channel, ChannelPreference.said_by).where(
        ChannelPreference.candidate_id.in_(ids), ChannelPreference.purpose == Purpose.CONTACT
    )
    rows = db.session.execute(said.order_by(ChannelPreference.id))
    return {row.candidate_id: Preferred(row.channel, row.said_by) for row in rows}


def _labels(ids: Collection[int]) -> dict[int, dict[LabelKey, Held]]:
    query = (
        select(CandidateLabel.candidate_id, Label.kind, Label.folded, Label.id.label("label_id"), CandidateLabel.until)
        .join(Label, Label.id == CandidateLabel.label_id)
        .where(CandidateLabel.candidate_id.in_(ids))
    )
    found: dict[int, dict[LabelKey, Held]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.candidate_id, {})[row.kind, row.folded] = Held(row.label_id, row.until)
    return found
