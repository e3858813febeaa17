"""Facts that both candidates had: the row that stays takes over what is stricter or later in the one left behind."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.custody import choice, reference, rewriting
from app.domain.custody.reference import Reference
from app.domain.custody.rewriting import Rewriting

Known = Mapping[str, Any]


def _later(one: Known, two: Known) -> dict[str, Any]:
    return {"until": choice.latest(one["until"], two["until"])}


def _furthest(one: Known, two: Known) -> dict[str, Any]:
    """Of one vacancy the application that moved last stands, and it was completed if either was."""
    newest = max(one, two, key=lambda known: (known["state_at"], known["active_at"]))
    return {**newest, "completed_at": choice.earliest(one["completed_at"], two["completed_at"])}


TOGETHER: dict[str, tuple[tuple[str, ...], Callable[[Known, Known], dict[str, Any]]]] = {
    "identity.candidate_id": (("state", "state_origin", "state_at"), choice.address_state),
    "candidate_label.candidate_id": (("until",), _later),
    "application.candidate_id": (
        ("state", "state_at", "started_at", "completed_at", "active_at", "told_at", "starts_on", "ends_on"),
        _furthest,
    ),
}


def take_over(kept_id: int, other_id: int) -> list[Rewriting]:
    """Let the rows of the one who is kept know what their twins knew."""
    found = []
    for each in reference.references():
        if each.name in TOGETHER:
            for other_key, kept_key in reference.twins(each, kept_id, other_id).items():
                found += _together(each, _place(each, kept_id, kept_key), _place(each, other_id, other_key))
    return found


def _place(each: Reference, candidate_id: int, key: int) -> dict[str, int]:
    return {each.column.name: candidate_id, each.key.name: key}


def _together(each: Reference, kept: dict[str, int], other: dict[str, int]) -> list[Rewriting]:
    names, together = TOGETHER[each.name]
    known = (rewriting.read(each.table.name, place, names) for place in (kept, other))
    return rewriting.rewrite(each.table.name, kept, together(*known))
