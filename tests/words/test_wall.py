"""What a screen says of the block and of the week, and what is celebrated, in words."""

from datetime import date, timedelta

import pytest

from app.domain.actions.moment import Moment
from app.domain.game.together import Together
from app.domain.program.placing import Occurrence
from app.language import in_language
from app.words import wall
from app.words.feed import moment_sentence
from tests import make
from tests.domain.game.scene import Scene

BLOCK = Occurrence(Scene.now, 45, date(2026, 11, 16))


@pytest.fixture
def dutch(session: None) -> None:
    make.agency()


@pytest.mark.parametrize(
    ("before", "until", "when"),
    [
        (-20, "nu", "nog 25 minuten"),
        (1, "over 1 minuut", "vrijdag 20 november, 14:30"),
        (119, "over 119 minuten", "vrijdag 20 november, 14:30"),
        (5 * 60, "over 5 uur", "vrijdag 20 november, 14:30"),
        (20 * 60, "morgen", "vrijdag 20 november, 14:30"),
        (50 * 60, "over 2 dagen", "vrijdag 20 november, 14:30"),
    ],
)
def test_the_countdown(before: int, until: str, when: str, dutch: None) -> None:
    now = BLOCK.starts - timedelta(minutes=before)
    with in_language("nl"):
        assert (wall.until(BLOCK, now), wall.when(BLOCK, now)) == (until, when)


@pytest.mark.parametrize(
    ("week", "beside", "average"),
    [
        (Together(9, 0, None, 0), "Vanaf volgende week zie je hoe het zich verhoudt.", ""),
        (Together(9, 0, 10, 1), "Nog 1 tot een gemiddelde week", "Gemiddelde van vorige week: 10"),
        (Together(9, 0, 9, 8), "Net zoveel als in een gemiddelde week", "Gemiddelde van de laatste 8 weken: 9"),
        (Together(9, 0, 4, 8), "5 meer dan in een gemiddelde week", "Gemiddelde van de laatste 8 weken: 4"),
    ],
    ids=["first", "less", "same", "more"],
)
def test_the_week_beside_others(week: Together, beside: str, average: str, dutch: None) -> None:
    with in_language("nl"):
        assert (wall.beside_average(week), wall.compared_with(week)) == (beside, average)
        assert wall.short_weekday(BLOCK.week) == "ma"


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (Moment("streak", 8), "Je opvolgmoment 8 weken op rij gehouden!"),
        (Moment("place", 3), "Omhoog naar plaats 3!"),
        (Moment("record", 500), "Je beste week tot nu toe!"),
    ],
    ids=["streak", "place", "record"],
)
def test_what_is_celebrated(moment: Moment, sentence: str, dutch: None) -> None:
    with in_language("nl"):
        assert moment_sentence(moment) == sentence
