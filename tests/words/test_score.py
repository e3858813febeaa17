"""The score in words, in Dutch and in English."""

from datetime import UTC, date, datetime

import pytest

from app.domain.actions.incoming import Refusal
from app.domain.journey.touchpoint_kind import PRESET, KindRole, TouchpointKind
from app.domain.scoring.engagement import Award, Score
from app.domain.scoring.score import Fate
from app.language import in_language
from app.words.intake import broken_sentence, refusal_sentence
from app.words.score import award_sentence, kind_label, role_icon, warm_until

pytestmark = pytest.mark.usefixtures("session")
MARCH = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)


def award(fate: Fate) -> Award:
    return Award(1, "job_view", MARCH, date(2026, 3, 12), 4.0, 3.14, fate)


@pytest.mark.parametrize(("language", "words"), [("nl", "warm tot 14 maart"), ("en", "warm until 14 March")])
def test_until_when(language: str, words: str) -> None:
    with in_language(language):
        assert warm_until(Score(30, 54, MARCH, 1.0)) == words


def test_who_is_not_warm() -> None:
    assert warm_until(Score(0, 0, None, None)) == ""


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        ("counted", "Vacature bekeken op 12 maart: nog 3,1 van de 4 punten"),
        ("already_that_day", "Vacature bekeken op 12 maart: telde die dag al mee"),
        ("beyond_week", "Vacature bekeken op 12 maart: telde die week al op genoeg dagen mee"),
        ("no_points", "Vacature bekeken op 12 maart: geeft geen punten"),
    ],
)
def test_what_a_touchpoint_gave(fate: Fate, words: str) -> None:
    with in_language("nl"):
        assert award_sentence(award(fate), "Vacature bekeken") == words


def test_kinds_speak_both_languages() -> None:
    kind = TouchpointKind(**PRESET[0]._asdict())
    with in_language("nl"):
        assert kind_label(kind) == "Sollicitatie afgerond"
    with in_language("en"):
        assert kind_label(kind) == "Application completed"


def test_every_role_has_an_icon() -> None:
    assert len({role_icon(role) for role in KindRole}) == len(KindRole)


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    assert len({refusal_sentence(refusal) for refusal in Refusal}) == len(Refusal)
    assert all(broken_sentence(status) for status in (400, 401, 413))
