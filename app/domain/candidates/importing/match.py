"""Rows of a file against the pool: who is new, who changes, who is known just so, who cannot be told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.domain.agency.person import Person
from app.domain.candidates import namesake
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import Consent
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.importing.entry import Agreed, Entry, Reason, Refusal
from app.domain.candidates.importing.pool import Held, Owner, Pool, look_up
from app.domain.candidates.label import LabelKind, folded_name
from app.domain.candidates.preference import SaidBy

PARTS = ("given_name", "prefix", "family_name")


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LabelTold:
    """A label that the row adds, or whose last day it tells; `held` is what the candidate had."""

    kind: LabelKind
    name: str
    until: date | None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row: `by` is what the candidate is known again by, the rest is what there is to write."""

    verdict: Verdict
    entry: Entry
    candidate: Mapping[str, Any] | None = None
    by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[tuple[Channel, str], ...] = ()
    crm_ids: tuple[tuple[Crm, str], ...] = ()
    labels: tuple[LabelTold, ...] = ()
    preferred: Channel | None = None
    consent: Agreed | None = None


def judge(person: Person, items: Sequence[Entry | Refusal], zone: ZoneInfo, import_id: int) -> list[Judged | Refusal]:
    """What becomes of each of some hundreds of rows of an import; nothing is written."""
    pool = look_up(person, [item for item in items if isinstance(item, Entry)], zone, import_id)
    return [_judge(item, pool) if isinstance(item, Entry) else item for item in items]


def _judge(entry: Entry, pool: Pool) -> Judged | Refusal:
    found = _who(entry, pool)
    if isinstance(found, Refusal):
        return found
    owner = pool.owners.get(entry.owner.casefold())
    if found is None:
        return _new(entry, owner, pool)
    candidate_id, by = found
    candidate = pool.candidates.get(candidate_id)
    if candidate is None or candidate_id not in pool.visible:
        return Refusal(entry.line, Reason.ELSEWHERE, by, entry.cells)
    external_id = entry.facts.get("external_id", candidate["external_id"])
    if candidate["external_id"] and candidate["external_id"] != external_id:
        return Refusal(entry.line, Reason.OTHER_ID, candidate["name"], entry.cells)
    if by == "phone" and not namesake.is_akin(entry.facts["name"], candidate["name"]):
        return Refusal(entry.line, Reason.OTHER_NAME, candidate["name"], entry.cells)
    return _compare(entry, candidate, by, owner, pool)


def _new(entry: Entry, owner: Owner | None, pool: Pool) -> Judged:
    labels = (LabelTold(kind, name, until) for kind, told in entry.labels.items() for name, until in told.items())
    return Judged(
        Verdict.NEW,
        entry,
        facts={**entry.facts, **_moved(owner, None)},
        missing=entry.addresses,
        crm_ids=_numbers(entry, pool),
        labels=tuple(labels),
        preferred=entry.preferred,
        consent=entry.consent,
    )


def _numbers(entry: Entry, pool: Pool) -> tuple[tuple[Crm, str], ...]:
    """The numbers in other systems that nobody has: one stays with whoever had it first."""
    found = tuple(number for number in dict.fromkeys(entry.crm_ids) if number not in pool.crm_ids)
    pool.crm_ids.update(found)
    return found


def _moved(owner: Owner | None, candidate: Mapping[str, Any] | None) -> dict[str, Any]:
    """The owner and with that the branch, when the row says so."""
    if owner is None or (candidate is not None and candidate["owner_id"] == owner.id):
        return {}
    return {"owner_id": owner.id} | ({"branch_id": owner.branch_id} if owner.branch_id else {})


def _compare(entry: Entry, candidate: Mapping[str, Any], by: str, owner: Owner | None, pool: Pool) -> Judged:
    """What the row adds to what is known; later rows about the same person meet what this one adds."""
    candidate_id = candidate["id"]
    held = pool.addresses.setdefault(candidate_id, set())
    missing = tuple(way for way in entry.addresses if way not in held)
    held.update(missing)
    facts = _differing(entry.facts, candidate) | _moved(owner, candidate)
    preferred = pool.preferred.get(candidate_id)
    own_word = preferred is not None and preferred.said_by == SaidBy.CANDIDATE
    wanted = None if own_word or (preferred and preferred.channel == entry.preferred) else entry.preferred
    pool.candidates[candidate_id] = {**candidate, **facts}
    if "external_id" in facts:
        pool.numbered.add(candidate_id)
    labels = _labels(entry, pool.labels.get(candidate_id, {}))
    agreed = entry.consent if _is_news(entry.consent, pool.consents.get(candidate_id), pool.zone) else None
    numbers = _numbers(entry, pool)
    changes = facts or missing or numbers or wanted or labels or agreed
    verdict = Verdict.CHANGED if changes else Verdict.SAME
    return Judged(verdict, entry, candidate, by, facts, missing, numbers, labels, wanted, agreed)


def _differing(told: Mapping[str, Any], candidate: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that are new; parts of a name that the new name does not have any more are not kept beside it."""
    found = {fact: value for fact, value in told.items() if candidate[fact] != value}
    if "name" in found and not any(part in told for part in PARTS):
        found |= {part: "" for part in PARTS if candidate[part] and candidate[part] not in found["name"]}
    if not {"name", *PARTS} & found.keys():
        found.pop("sort_name", None)
    return found


def _labels(entry: Entry, held: Mapping[tuple[str, str], Held]) -> tuple[LabelTold, ...]:
    found = []
    for kind, told in entry.labels.items():
        for name, until in told.items():
            known = held.get((kind, folded_name(name)))
            if known is None or (until and until != known.until):
                found.append(LabelTold(kind, name, until, known))
    return tuple(found)


def _is_news(told: Agreed | None, known: Consent | None, zone: ZoneInfo) -> bool:
    """Whether a row says more of consent than is written down: older news, and an undated yes after a no, are none."""
    if told is None or known is None:
        return told is not None
    known_on = clock.local_day(known.at, zone)
    if told.on and told.on < known_on:
        return False
    if told.given != known.given:
        return not told.given or (told.on is not None and told.on > known_on)
    known_until = clock.local_day(known.until, zone) if known.until else None
    return bool((told.on and told.on > known_on) or (told.until and told.until != known_until))


def _who(entry: Entry, pool: Pool) -> tuple[int, str] | Refusal | None:
    """The one candidate whom a row means: by external id first, else by its addresses."""
    known, external_id = pool.known, entry.facts.get("external_id", "")
    if external_id in known.by_external_id:
        return known.by_external_id[external_id], "external_id"
    hits = [
        (candidate_id, "email" if channel == Channel.EMAIL else "phone")
        for channel, address in entry.addresses
        for candidate_id in sorted(known.by_address.get(address, ()))
        if not (external_id and _is_numbered(candidate_id, pool))
    ]
    if len({candidate_id for candidate_id, _ in hits}) > 1:
        return Refusal(entry.line, Reason.TWO_PEOPLE, cells=entry.cells)
    return min(hits, key=lambda hit: hit[1]) if hits else None


def _is_numbered(candidate_id: int, pool: Pool) -> bool:
    """Whether the same file told their number: a row with another number is about somebody else at the same address."""
    return candidate_id in pool.numbered and bool(pool.candidates[candidate_id]["external_id"])
