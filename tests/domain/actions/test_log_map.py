"""The map says what a log's kinds mean; what is not of its form is refused."""

import json

import pytest

from app.config import ROOT
from app.domain.actions import log_map
from app.domain.actions.log_map import BadMap, LogMap, Meaning
from app.domain.actions.outcome import Outcome


def test_the_desk_s_own_map_can_be_read() -> None:
    found = log_map.read((ROOT / "docs/examples/followup_desk.json").read_text())
    assert found.agency == "Follow-up desk"
    assert found.meaning("Nabellen offertes") == Meaning(Outcome.SPOKE)
    assert found.touchpoint("O_SENT_BACK") == "form"


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [
        ("no_answer", Meaning(Outcome.NO_ANSWER)),
        ("status_update", Meaning(Outcome.DONE, "status_update")),
        ("Koffie", Meaning(Outcome.DONE, "Koffie")),
    ],
)
def test_without_a_map_a_kind_is_ours_or_unknown(kind: str, meaning: Meaning) -> None:
    assert LogMap().meaning(kind) == meaning
    assert LogMap().touchpoint(kind) == kind


def test_an_outcome_and_a_kind() -> None:
    found = log_map.read(
        json.dumps({"actions": {"Lead": {"outcome": "spoke", "kind": "inbound"}, "X": {"kind": "event"}}})
    )
    assert found.actions == {"Lead": Meaning(Outcome.SPOKE, "inbound"), "X": Meaning(Outcome.DONE, "event")}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"actions": []}',
        '{"actions": {"a": "spoke"}}',
        '{"actions": {"a": {"outcome": "sang"}}}',
        '{"actions": {"a": {"outcome": "done"}}}',
        '{"actions": {"a": {"outcome": "spoke", "kind": 3}}}',
        '{"touchpoints": {"a": ""}}',
        '{"agency": ""}',
        '{"program": "' + "p" * 61 + '"}',
        '{"timezone": "Mars/Olympus"}',
    ],
)
def test_what_is_not_of_the_form_is_refused(text: str) -> None:
    with pytest.raises(BadMap):
        log_map.read(text)
