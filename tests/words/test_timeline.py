"""What is said of the moments of a timeline."""

from collections.abc import Iterator

import pytest

from app.domain.candidates.consent import ConsentPurpose
from app.domain.journey.machine import Verdict
from app.language import in_language
from app.words import timeline


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def test_a_move_says_from_where_to_where() -> None:
    assert timeline.moved("engage", "nurture") == "Van boeien naar warmhouden"
    assert timeline.moved(None, "attract") == "Binnengekomen bij aantrekken"


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
@pytest.mark.parametrize("given", [True, False])
def test_consent_says_for_what(purpose: ConsentPurpose, given: bool) -> None:
    said = timeline.consented(purpose, None, given=given)
    assert said == f"Toestemming {'gegeven' if given else 'ingetrokken'} voor: {timeline.purpose_name(purpose)}"


def test_consent_says_by_which_channel() -> None:
    assert timeline.consented("contact", "whatsapp", given=True).endswith("WhatsApp")


@pytest.mark.parametrize("payload", [None, {}, {"note": ""}, {"note": 3}, {"url": "x"}])
def test_without_a_note_nothing_is_said(payload: dict[str, object] | None) -> None:
    assert timeline.payload_note(payload) is None


def test_a_note_is_told() -> None:
    assert timeline.payload_note({"title": "Lasser", "note": "Op de open dag."}) == "Op de open dag."
    assert timeline.payload_note({"title": "Lasser"}) == "Lasser"


def test_a_machine_is_not_taken_for_the_candidate() -> None:
    said = [timeline.done_by(verdict) for verdict in Verdict]
    assert said == ["kandidaat", "de kandidaat of een machine", "een machine, dus telt niet mee"]


def test_a_time_that_was_chosen_is_named() -> None:
    assert timeline.payload_note({"time": "2026-11-24T09:00:00+00:00"}) == "Koos dinsdag 24 november om 09:00"
