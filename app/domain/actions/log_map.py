"""The map of a log: which of its kinds is which outcome and action kind, or which kind of touchpoint."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.actions.outcome import KINDS, Outcome


class BadMap(Exception):  # noqa: N818 - it says what is the case
    """The map is no JSON of the documented form; the text says where."""


class Meaning(NamedTuple):
    """Without a kind it is the outcome's own."""

    outcome: Outcome
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LogMap:
    """`agency`, `program` and `timezone` name what is made when there is none yet."""

    agency: str = "Agency"
    program: str = "Fanfare"
    timezone: str = "Europe/Amsterdam"
    actions: Mapping[str, Meaning] = field(default_factory=dict)
    touchpoints: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, kind: str) -> Meaning:
        """What a kind of the log means; without the map it is an outcome or an action kind of ours."""
        if kind in self.actions:
            return self.actions[kind]
        return Meaning(Outcome(kind)) if kind in KINDS else Meaning(Outcome.DONE, kind)

    def touchpoint(self, kind: str) -> str:
        """The kind of touchpoint that a kind of the log is."""
        return self.touchpoints.get(kind, kind)


def read(text: str) -> LogMap:
    """A map from its JSON.

    Raises:
        BadMap: it is not of the documented form.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadMap(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadMap("not an object")
    names = {name: _name(found, name) for name in ("agency", "program", "timezone") if name in found}
    actions = {kind: _meaning(kind, told) for kind, told in _part(found, "actions").items()}
    touchpoints = {kind: _name({kind: told}, kind) for kind, told in _part(found, "touchpoints").items()}
    return LogMap(**names, actions=actions, touchpoints=touchpoints)


def _part(found: dict[str, Any], name: str) -> dict[str, Any]:
    part = found.get(name, {})
    if not isinstance(part, dict):
        raise BadMap(f"{name}: not an object")
    return part


def _name(found: dict[str, Any], name: str) -> str:
    text = found[name]
    if not isinstance(text, str) or not 0 < len(text) <= (60 if name == "program" else 80):
        raise BadMap(f"{name}: a short text is expected")
    if name == "timezone":
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadMap(f"timezone: {text} is none") from error
    return text


def _meaning(kind: str, told: object) -> Meaning:
    if not isinstance(told, dict) or told.get("outcome", Outcome.DONE) not in list(Outcome):
        raise BadMap(f"actions: {kind}: an outcome is expected, one of {', '.join(Outcome)}")
    outcome = Outcome(told.get("outcome", Outcome.DONE))
    if outcome is Outcome.DONE and "kind" not in told:
        raise BadMap(f"actions: {kind}: done needs the action kind")
    return Meaning(outcome, _name(told, "kind") if "kind" in told else None)
