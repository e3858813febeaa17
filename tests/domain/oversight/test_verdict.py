"""The verdict's rules, case by case, and its sentences in both languages."""

import pytest

from app.domain.oversight.verdict import Figures, Use, Verdict, Waiting, judge
from app.language import in_language
from app.words.verdict import verdict_sentence, verdict_tone

THURSDAY = 3
USUAL = {
    "active": 35,
    "expected": 42,
    "active_last_week": 40,
    "expected_last_week": 42,
    "actions": 900,
    "weekday": THURSDAY,
    "candidates": 3200,
    "owned": 3000,
    "late": 61,
}


def verdict(**facts: int) -> Verdict:
    return judge(Figures(**(USUAL | facts)))  # type: ignore[arg-type] # 0 is False


@pytest.mark.parametrize(
    ("facts", "use"),
    [
        ({}, Use.YES),
        ({"active": 42}, Use.YES),
        ({"active": 3, "expected": 4}, Use.YES),
        ({"active": 31}, Use.PARTLY),
        ({"active": 17}, Use.PARTLY),
        ({"active": 16}, Use.NO),
        ({"active": 0}, Use.NO),
        ({"actions": 0, "active": 0}, Use.NOT_BEGUN),
        ({"expected": 0, "active": 0, "actions": 0}, Use.NO_RECRUITERS),
        ({"told": False}, Use.WITHHELD),
    ],
)
def test_use(facts: dict[str, int], use: Use) -> None:
    assert verdict(**facts).use == use


@pytest.mark.parametrize(
    ("facts", "waiting"),
    [
        ({}, Waiting.SOME),
        ({"late": 0}, Waiting.NOBODY),
        ({"owned": 0, "late": 0}, Waiting.NO_OWNERS),
        ({"candidates": 0, "owned": 0, "late": 0}, Waiting.NO_CANDIDATES),
    ],
)
def test_waiting(facts: dict[str, int], waiting: Waiting) -> None:
    assert verdict(**facts).waiting == waiting


@pytest.mark.parametrize("weekday", [0, 1])
def test_a_young_week_is_judged_by_the_last(weekday: int) -> None:
    assert verdict(active=4, weekday=weekday) == Verdict(Use.YES, Waiting.SOME, 40, 42, 61, last_week=True)


def test_a_young_week_that_says_yes_speaks_for_itself() -> None:
    assert not verdict(weekday=0).last_week


def test_from_wednesday_on_the_week_is_judged() -> None:
    assert verdict(active=4, weekday=2) == Verdict(Use.NO, Waiting.SOME, 4, 42, 61)


def test_a_young_week_after_an_empty_one_is_judged() -> None:
    assert not verdict(active=4, weekday=0, active_last_week=0).last_week


SENTENCES = [
    ({}, "Ja, 35 van de 42 doen mee; 61 kandidaten wachten te lang op ons.", "Yes, 35 of 42 take part; 61 candid"),
    ({"active": 20, "late": 1}, "Deels, 20 van de 42 doen mee; 1 kandidaat wacht te lang op ons.", "Partly, 20 of 42"),
    ({"active": 2}, "Nee, nog maar 2 van de 42 doen mee; 61 kandidaten wachten te lang op ons.", "No, only 2 of 42"),
    (
        {"active": 2, "weekday": 0},
        "Ja, vorige week deden 40 van de 42 mee; 61 kand",
        "Yes, last week 40 of 42 took part",
    ),
    ({"active": 2, "weekday": 0, "active_last_week": 20}, "Deels, vorige week deden 20 van de 42 mee;", "Partly, last"),
    ({"active": 2, "weekday": 0, "active_last_week": 2}, "Nee, vorige week deden maar 2 van de 42 mee;", "No, last w"),
    (
        {"actions": 0, "active": 0, "late": 0},
        "Nog niet, er is nog geen actie vastgelegd; niemand wacht",
        "Not yet, nobody",
    ),
    (
        {"expected": 0, "owned": 0},
        "Nog niet, er zijn nog geen recruiters; nog niemand heeft kandidaten",
        "Not yet, there",
    ),
    (
        {"told": 0, "candidates": 0},
        "Hoeveel mensen meedoen tonen we vanaf vijf mensen; er zijn nog geen",
        "How many take",
    ),
]


@pytest.mark.parametrize(("facts", "dutch", "english"), SENTENCES)
def test_sentences(session: None, facts: dict[str, int], dutch: str, english: str) -> None:
    with in_language("nl"):
        assert verdict_sentence(verdict(**facts)).startswith(dutch)
    with in_language("en"):
        assert verdict_sentence(verdict(**facts)).startswith(english)


@pytest.mark.parametrize(
    ("facts", "tone"), [({}, "ok"), ({"active": 20}, "accent"), ({"active": 1}, "hot"), ({"owned": 0}, "accent")]
)
def test_tone(facts: dict[str, int], tone: str) -> None:
    assert verdict_tone(verdict(**facts)) == tone
