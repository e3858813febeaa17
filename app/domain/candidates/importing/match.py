"""Rows of a file against the pool: who is new, who changes, who is known just so, who cannot be told apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, branch_of, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity, Known, find_known
from app.domain.candidates.importing.rows import Entry, Reason, Refusal
from app.domain.candidates.preference import ChannelPreference, SaidBy


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Owner(NamedTuple):
    id: int
    branch_id: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row; `by` is what the candidate is known again by, `missing` are the addresses to add."""

    verdict: Verdict
    entry: Entry
    candidate: Candidate | None = None
    by: str = ""
    missing: tuple[tuple[Channel, str], ...] = ()
    owner: Owner | None = None
    preferred: Channel | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """What the pool knows about the people of some rows."""

    known: Known
    candidates: Mapping[int, Candidate]
    visible: Collection[int]
    addresses: dict[int, set[tuple[str, str]]]
    preferred: Mapping[int, str]
    owners: Mapping[str, Owner]


def judge(person: Person, items: Sequence[Entry | Refusal]) -> list[Judged | Refusal]:
    """What becomes of each of some hundreds of rows; nothing is written."""
    pool = _look_up(person, [item for item in items if isinstance(item, Entry)])
    return [_judge(item, pool) if isinstance(item, Entry) else item for item in items]


def owners() -> dict[str, Owner]:
    """Everybody who may look after candidates, by mail address and by name."""
    people = select(Person.id, Person.name, Person.email, Team.branch_id).outerjoin(Team, Team.id == Person.team_id)
    found: dict[str, Owner] = {}
    for person_id, name, email, branch_id in db.session.execute(people.where(Person.deactivated_at.is_(None))):
        found |= {key.casefold(): Owner(person_id, branch_id) for key in (name, email) if key}
    return found


def carry_out(person: Person, judged: Sequence[Judged], zone: ZoneInfo, now: datetime) -> None:
    """Write what was judged: new candidates with their contact state, changes, addresses and preferences."""
    branch = branch_of(person.id)
    added = [(each, _new(each, branch, zone, now)) for each in judged if each.verdict == Verdict.NEW]
    db.session.add_all([row for _, row in added])
    db.session.flush()
    db.session.add_all([ContactState(candidate_id=row.id, owner_id=row.owner_id) for _, row in added])
    for each, row in added:
        _reach(row.id, each, person, now)
    for each in judged:
        if each.verdict == Verdict.CHANGED and each.candidate:
            _change(each.candidate, each, now)
            _reach(each.candidate.id, each, person, now)
    db.session.flush()


def _look_up(person: Person, entries: Sequence[Entry]) -> Pool:
    external_ids = {entry.facts["external_id"] for entry in entries if "external_id" in entry.facts}
    addresses = {address for entry in entries for channel, address in entry.addresses if channel != Channel.LINKEDIN}
    known = find_known(external_ids, addresses)
    ids = set(known.by_external_id.values()).union(*known.by_address.values())
    candidates = db.session.scalars(select(Candidate).where(Candidate.id.in_(ids)))
    seen = db.session.scalars(visible(person).where(Candidate.id.in_(ids)).with_only_columns(Candidate.id))
    held: dict[int, set[tuple[str, str]]] = {}
    rows = select(Identity.candidate_id, Identity.channel, Identity.address).where(Identity.candidate_id.in_(ids))
    for candidate_id, channel, address in db.session.execute(rows):
        held.setdefault(candidate_id, set()).add((channel, address))
    return Pool(known, {row.id: row for row in candidates}, set(seen), held, _preferred(ids), owners())


def _preferred(ids: Collection[int]) -> dict[int, str]:
    preferences = select(ChannelPreference.candidate_id, ChannelPreference.channel).where(
        ChannelPreference.candidate_id.in_(ids), ChannelPreference.purpose == "contact"
    )
    rows = db.session.execute(preferences.order_by(ChannelPreference.id))
    return {row.candidate_id: row.channel for row in rows}


def _judge(entry: Entry, pool: Pool) -> Judged | Refusal:
    found = _who(entry, pool.known)
    if isinstance(found, Refusal):
        return found
    owner = pool.owners.get(entry.owner.casefold())
    if found is None:
        return Judged(Verdict.NEW, entry, missing=entry.addresses, owner=owner, preferred=entry.preferred)
    candidate_id, by = found
    candidate = pool.candidates[candidate_id]
    if candidate_id not in pool.visible:
        return Refusal(entry.line, Reason.ELSEWHERE, by)
    external_id = entry.facts.get("external_id", candidate.external_id)
    if candidate.external_id and candidate.external_id != external_id:
        return Refusal(entry.line, Reason.OTHER_ID, candidate.name)
    return _compare(entry, candidate, by, owner, pool)


def _compare(entry: Entry, candidate: Candidate, by: str, owner: Owner | None, pool: Pool) -> Judged:
    """What the row adds to what is known; later rows about the same person meet what this one adds."""
    held = pool.addresses.setdefault(candidate.id, set())
    missing = tuple(way for way in entry.addresses if way not in held)
    held.update(missing)
    differs = any(getattr(candidate, fact) != value for fact, value in entry.facts.items())
    moves = owner is not None and owner.id != candidate.owner_id
    preferred = entry.preferred if entry.preferred != pool.preferred.get(candidate.id) else None
    verdict = Verdict.CHANGED if differs or moves or missing or preferred else Verdict.SAME
    return Judged(verdict, entry, candidate, by, missing, owner, preferred)


def _who(entry: Entry, known: Known) -> tuple[int, str] | Refusal | None:
    """The one candidate whom a row means: by external id first, else by its addresses."""
    external_id = entry.facts.get("external_id", "")
    if external_id in known.by_external_id:
        return known.by_external_id[external_id], "external_id"
    hits = [
        (candidate_id, "email" if channel == Channel.EMAIL else "phone")
        for channel, address in entry.addresses
        for candidate_id in sorted(known.by_address.get(address, ()))
    ]
    if len({candidate_id for candidate_id, _ in hits}) > 1:
        return Refusal(entry.line, Reason.TWO_PEOPLE)
    return hits[0] if hits else None


def _new(judged: Judged, branch: int | None, zone: ZoneInfo, now: datetime) -> Candidate:
    day, owner = judged.entry.registered, judged.owner
    row = Candidate(
        name="",
        sort_name="",
        owner_id=owner.id if owner else None,
        branch_id=owner.branch_id if owner and owner.branch_id else branch,
        registered_at=clock.midnight(day, zone) if day else now,
        updated_at=now,
    )
    _tell(row, judged)
    return row


def _change(candidate: Candidate, judged: Judged, now: datetime) -> None:
    _tell(candidate, judged)
    candidate.updated_at = now
    if judged.owner and judged.owner.id != candidate.owner_id:
        candidate.owner_id = judged.owner.id
        candidate.branch_id = judged.owner.branch_id or candidate.branch_id
        state = update(ContactState).where(ContactState.candidate_id == candidate.id)
        db.session.execute(state.values(owner_id=judged.owner.id))


def _tell(candidate: Candidate, judged: Judged) -> None:
    for fact, value in judged.entry.facts.items():
        setattr(candidate, fact, value)


def _reach(candidate_id: int, judged: Judged, person: Person, now: datetime) -> None:
    for channel, address in judged.missing:
        db.session.add(
            Identity(candidate_id=candidate_id, channel=channel, address=address, origin="import", added_at=now)
        )
    if judged.preferred:
        preference = ChannelPreference(
            candidate_id=candidate_id,
            channel=judged.preferred,
            said_by=SaidBy.IMPORTED,
            recorded_by_id=person.id,
            recorded_at=now,
        )
        db.session.add(preference)
