"""How candidates are reached, in words of both languages."""

from datetime import timedelta

import pytest

from app.domain.actions.asking import Reason, Why
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.preference import Arrangement, Purpose, Wish
from app.domain.candidates.sensitive import Subject
from app.language import in_language
from app.words import reach as words
from tests import make

pytestmark = pytest.mark.usefixtures("session")
BY_PHONE = Wish((Channel.PHONE,))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_has_its_own_words(language: str) -> None:
    with in_language(language):
        for kind, label in (
            (Purpose, words.purpose_label),
            (Arrangement, words.arrangement_label),
            (IdentityState, words.state_label),
            (IdentityState, words.state_button),
            (Why, lambda why: words.ask_sentence(Reason(why, None, Channel.PHONE, Channel.SMS), "Bram")),
            (Subject, lambda subject: words.warning({subject})),
        ):
            said = [label(each) for each in kind]
            assert len(set(said)) == len(said), said


def test_channels_in_their_order() -> None:
    with in_language("nl"):
        assert words.channels_sentence(BY_PHONE) == "telefoon"
        wish = Wish((Channel.WHATSAPP, Channel.EMAIL, Channel.PHONE))
        assert words.channels_sentence(wish) == "WhatsApp, anders e-mail, telefoon"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (BY_PHONE, ""),
        (Wish((Channel.PHONE,), days="13"), "maandag, woensdag"),
        (Wish((Channel.PHONE,), from_minute=1080), "van 18:00 tot 24:00"),
        (Wish((Channel.PHONE,), until_minute=750), "van 00:00 tot 12:30"),
        (Wish((Channel.PHONE,), days="5", from_minute=540, until_minute=600), "vrijdag, van 09:00 tot 10:00"),
    ],
)
def test_times(wish: Wish, said: str) -> None:
    with in_language("nl"):
        assert words.times_sentence(wish) == said


def test_the_rest_of_a_wish() -> None:
    wish = Wish((Channel.PHONE,), language="pl", no_voicemail=True, arrangement="for_them", note="Na het eten.")
    with in_language("nl"):
        assert words.wish_lines(wish) == ["wij vullen formulieren in", "in het Pools", "geen voicemail", "Na het eten."]
        assert words.wish_lines(BY_PHONE) == []


def test_a_language_without_a_name_keeps_its_code() -> None:
    with in_language("en"):
        assert [words.language_label(code) for code in ("uk", "qq")] == ["Ukrainian", "qq"]


def address(origin: str) -> Identity:
    return Identity(candidate_id=1, channel=Channel.PHONE, address="x", origin=origin, added_at=make.START)


@pytest.mark.parametrize(
    ("origin", "said"), [("page", "met de hand toegevoegd"), ("", "bron onbekend"), ("HubSpot", "HubSpot")]
)
def test_where_an_address_came_from(origin: str, said: str) -> None:
    with in_language("nl"):
        assert words.address_source(address(origin)) == said


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("bounce", "er kwam een mail terug"),
        ("candidate", "dat zegt de kandidaat"),
        ("moved", "WhatsApp meldde een nieuw nummer"),
        ("x", "x"),
    ],
)
def test_who_says_what_is_known(origin: str, said: str) -> None:
    with in_language("nl"):
        assert words.state_source(origin) == said


def test_why_to_ask() -> None:
    moved = Reason(Why.MOVED, make.START + timedelta(days=1), Channel.WHATSAPP)
    with in_language("nl"):
        assert words.ask_sentence(moved, "Bram") == (
            "Bram ging naar een andere fase. Is WhatsApp nog steeds de beste weg?"
        )


def test_a_warning_names_what_it_is_about() -> None:
    with in_language("nl"):
        assert words.warning({Subject.RELIGION, Subject.HEALTH}).startswith(
            "Dit lijkt te gaan over gezondheid, geloof."
        )
