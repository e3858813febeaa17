"""Which of two candidates' facts stays when they become one: what somebody chose, else what is told at all."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import IdentityState

Value = TypeVar("Value", date, datetime, int)


class Side(StrEnum):
    KEPT = "kept"
    OTHER = "other"


FACTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "sort_name", "given_name", "prefix", "family_name"),
    "role_sought": ("role_sought",),
    "aspiration": ("aspiration",),
    "region": ("region",),
    "travel_km": ("travel_km",),
    "available_from": ("available_from",),
    "hours_week": ("hours_week",),
    "stage": ("stage",),
    "origin": ("origin",),
    "external_id": ("external_id",),
    "owner": ("owner_id", "branch_id"),
    "language": ("language",),
    "referred_by": ("referred_by_id",),
}
"""What can be chosen. The columns of one choice go together, and its first one says whether it is told."""
RECKONED = frozenset(
    ("id", "registered_at", "updated_at", "retention", "keep_until", "acted_at", "merged_into_id", "anonymised_at")
)
"""What nobody chooses: it follows from the two."""
REFUSALS = (IdentityState.OPTED_OUT, IdentityState.INVALID, IdentityState.VERIFIED, IdentityState.UNVERIFIED)


def told(candidate: Candidate, fact: str) -> Any:  # noqa: ANN401 - a fact is text, a number, a day or an id
    """The fact as it stands, or None."""
    value = getattr(candidate, FACTS[fact][0])
    return None if value == "" else value


def facts(kept: Candidate, other: Candidate, choices: Mapping[str, Side]) -> dict[str, dict[str, Any]]:
    """The facts that the one who is kept will have, by choice; without a choice their own come first."""
    chosen = {fact: _facts_of(kept, other, fact, choices.get(fact)) for fact in FACTS}
    if chosen["referred_by"]["referred_by_id"] in (kept.id, other.id):
        chosen["referred_by"]["referred_by_id"] = None
    return chosen


def _facts_of(kept: Candidate, other: Candidate, fact: str, side: Side | None) -> dict[str, Any]:
    side = side or (Side.OTHER if told(kept, fact) is None and told(other, fact) is not None else Side.KEPT)
    source = kept if side is Side.KEPT else other
    return {column: getattr(source, column) for column in FACTS[fact]}


def wishes(kept: ContactState, other: ContactState) -> list[dict[str, Any]]:
    """What both together allow: every refusal stands, the longer rest holds, the newer event asks for a contact."""
    newest = latest(kept.trigger_at, other.trigger_at)
    newer = kept if kept.trigger_at == newest else other
    return [
        {"do_not_contact_at": kept.do_not_contact_at or other.do_not_contact_at},
        {"paused_until": latest(kept.paused_until, other.paused_until)},
        {"rest_days": latest(kept.rest_days, other.rest_days)},
        {"objected_at": kept.objected_at or other.objected_at},
        {"trigger": newer.trigger, "trigger_at": newer.trigger_at},
    ]


def address_state(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of an address that both have: a refusal stands, else what was said last."""
    return dict(one if _weight(one) <= _weight(two) else two)


def _weight(known: Mapping[str, Any]) -> tuple[bool, float, int]:
    at = known["state_at"]
    refused = known["state"] == IdentityState.OPTED_OUT
    return not refused, -at.timestamp() if at else 0.0, REFUSALS.index(known["state"])


def latest(*values: Value | None) -> Value | None:
    """The greatest of those that are there."""
    return max(_there(values), default=None)


def earliest(*values: Value | None) -> Value | None:
    """The least of those that are there."""
    return min(_there(values), default=None)


def _there(values: Iterable[Value | None]) -> list[Value]:
    return [value for value in values if value is not None]
