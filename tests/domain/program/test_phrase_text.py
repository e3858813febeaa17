"""What phrases may name and may not say; every phrase that a program starts with keeps to it."""

import pytest

from app.domain.program.phrase import Occasion
from app.domain.program.phrase_preset import Preset, preset
from app.domain.program.phrase_text import fill, reveals_watching, unknown_names

FACTS = {"given_name": "Bram", "recruiter": "Sanne", "agency": "VK", "program": "Vaste Band"}
PRESETS = list(preset().values())


@pytest.mark.parametrize("each", PRESETS, ids=lambda each: each.code)
def test_no_phrase_of_ours_reveals_watching_or_names_what_we_do_not_know(each: Preset) -> None:
    assert not reveals_watching(f"{each.subject}. {each.text}")
    assert not unknown_names(each.subject + each.text)
    for formal in (True, False):
        assert not set("{}|") & set(fill(each.text, FACTS, formal=formal))


def test_every_phrase_is_there_in_both_languages() -> None:
    shared = {each.code.removesuffix("-nl").removesuffix("-en") for each in PRESETS}
    assert len(shared) * 2 == len(PRESETS)
    assert max(len(each.code) for each in PRESETS) <= 40


def test_every_occasion_has_something_to_begin_with() -> None:
    assert {each.occasion for each in PRESETS if each.use == "opening"} == set(Occasion)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hallo {voornaam}, {recruiter}", "Hallo Bram, Sanne"),
        ("{Given_Name} {agency} {bureau} {program} {programma}", "Bram VK VK Vaste Band Vaste Band"),
        ("{je|u} {heb je|hebt u}", "u hebt u"),
        ("{naam} {a|b|c} { voornaam }", "{naam} {a|b|c} Bram"),
    ],
)
def test_names_and_forms_are_filled_in(text: str, said: str) -> None:
    assert fill(text, FACTS, formal=True) == said


def test_a_value_is_not_read_as_a_name() -> None:
    assert fill("{voornaam}", FACTS | {"given_name": "{recruiter}"}, formal=False) == "{recruiter}"


def test_what_means_nothing_is_named_once() -> None:
    assert unknown_names("{naam} {naam} {voornaam} {je|u} {a|b|c} {}") == ["naam", "a|b|c", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Ik zag dat je onze vacature bekeek",
        "we zagen dat u belangstelling hebt",
        "Gisteren zag ik je op de website",
        "Het viel me op dat je vaak kijkt",
        "Je hebt onze mail geopend",
        "Fijn dat je de website bezocht",
        "je was op onze site",
        "I saw that you were looking",
        "We noticed you visited",
        "We\u2019ve seen how often you come",
        "You opened our e-mail",
        "Thanks for looking at our jobs",
    ],
)
def test_watching_is_recognised(text: str) -> None:
    assert reveals_watching(text)


@pytest.mark.parametrize(
    "text",
    [
        "We zien elkaar woensdag",
        "Ik zie je graag dinsdag",
        "Ik zag je vorige week op de beurs",
        "Bedankt voor het formulier",
        "Kijk gerust op onze site",
        "I will see you on Tuesday",
        "Have a look at our website",
    ],
)
def test_what_everybody_may_say(text: str) -> None:
    assert not reveals_watching(text)
