"""What is said of actions: outcomes, points and why they are less, notes for elsewhere."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.actions.outcome import Outcome
from app.domain.actions.reminder import LastWeek
from app.language import in_language
from app.words import actions
from tests.words.test_reasons import FATIGUE, PROMISE, next_up


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def test_the_six_keys_are_the_words_of_the_house() -> None:
    assert {one.key: one.label for one in actions.keyed_outcomes()} == {
        "1": "Gesproken",
        "2": "Bericht gestuurd",
        "3": "Geen gehoor",
        "4": "Afspraak",
        "5": "Later",
        "6": "Reageerde",
    }


def test_every_outcome_is_a_button_or_the_choice_of_a_kind() -> None:
    shown = {one.value for one in (*actions.keyed_outcomes(), *actions.other_outcomes())}
    assert shown == set(Outcome) - {Outcome.DONE}
    assert all(actions.outcome_label(outcome) for outcome in Outcome)


@pytest.mark.parametrize(
    ("points", "reason", "said"),
    [
        (30, None, "Vastgelegd voor Bram: 30 punten."),
        (0, None, "Vastgelegd voor Bram."),
        (1, None, "Vastgelegd voor Bram: 1 punt."),
        (5, "half", "Vastgelegd voor Bram: 5 punten (meer dan twintig van deze vandaag, dus de helft)."),
        (0, "already_today", "Vastgelegd voor Bram: 0 punten (die had je vandaag al verdiend voor deze kandidaat)."),
    ],
)
def test_points_come_with_the_reason_for_less(points: int, reason: str | None, said: str) -> None:
    assert actions.logged_sentence("Bram", points, reason) == said


@pytest.mark.parametrize("reason", ["already_today", "week_full", "half", "beyond_day", "reply"])
def test_no_reason_for_less_is_without_words(reason: str) -> None:
    assert " (" in actions.earned_sentence(0, reason)


def test_a_note_for_the_ats_says_what_how_when_and_who() -> None:
    text = actions.note_text("gesprek", "phone", "4 maart 2026 11:00", "Sanne de Vries", "Wil vier dagen.")
    assert text == "4 maart 2026 11:00 · Gesprek via Telefoon · Sanne de Vries\nWil vier dagen."
    assert actions.note_text("gesprek", None, "nu", "Sanne", None) == "nu · Gesprek · Sanne"


def test_last_week_in_a_sentence() -> None:
    assert actions.last_week_sentence(LastWeek(12, 240)) == "Vorige week: 12 acties, 240 punten."
    assert actions.last_week_sentence(LastWeek(1, 1)) == "Vorige week: 1 actie, 1 punt."


def test_mails_have_their_filters(app: Flask) -> None:
    filters = app.jinja_env.filters
    assert filters["headline"](next_up(PROMISE, FATIGUE)).startswith("Bel Bram: ")
    assert filters["channel"]("phone") == "Telefoon"
    assert filters["last_week"](LastWeek(0, 0)) == "Vorige week: 0 acties, 0 punten."
