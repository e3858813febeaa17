"""What is said of proposed times, to the recruiter and to the candidate."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.domain.actions.time_offer import TimeOffer
from app.domain.candidates.address import Channel
from app.language import in_language
from app.words import times
from tests import make
from tests.domain.scoring.scene import NOW


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    make.agency()
    with in_language("nl"):
        yield


def offer(**facts: Any) -> TimeOffer:  # noqa: ANN401 - any column of it
    rest: dict[str, Any] = {
        "candidate_id": 1,
        "person_id": 1,
        "channel": Channel.PHONE,
        "minutes": 30,
        "starts": [],
        "made_at": NOW,
    }
    return TimeOffer(**rest | {"expires_at": NOW + timedelta(days=2)} | facts)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "open tot vrijdag 3 april om 11:00"),
        ({"expires_at": NOW}, "niets gekozen"),
        ({"withdrawn_at": NOW}, "ingetrokken"),
        ({"picked_at": NOW, "picked": NOW + timedelta(days=1)}, "gekozen: donderdag 2 april om 11:00"),
    ],
    ids=["open", "over", "withdrawn", "chosen"],
)
def test_what_became_of_an_offer(facts: dict[str, Any], said: str) -> None:
    assert times.state(offer(**facts), NOW) == said


def test_a_call_is_named_apart_from_other_ways() -> None:
    said = [times.agreed_sentence("Sanne", channel, NOW) for channel in (Channel.PHONE, Channel.WHATSAPP)]
    assert said == [
        "Sanne belt jou op woensdag 1 april om 11:00.",
        "Sanne neemt op woensdag 1 april om 11:00 contact met je op via WhatsApp.",
    ]
    assert times.appointment("Pieter P.", None) == "Bel Pieter P."
    assert times.appointment("Pieter P.", Channel.WHATSAPP) == "Contact met Pieter P. via WhatsApp"


def test_whoever_has_one_name_has_no_letter() -> None:
    assert [times.initialled(make.candidate(name)) for name in ("Pelé", "Jan van der berg")] == ["Pelé", "Jan B."]
