"""The scan's pages: ten answers, the result beside the scan before, and advice."""

from collections.abc import Iterator

import pytest
import time_machine

from app.domain.oversight.scan import Question
from tests.domain.oversight.scene import NOW
from tests.people import Browser, make_people

ANSWERS = {str(each): "4" for each in Question}


@pytest.fixture
def ines(browser: Browser) -> Iterator[Browser]:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            people = make_people()
        yield browser.sign_in(people.ines)


def test_before_the_first_scan_there_is_a_way_to_it(ines: Browser) -> None:
    assert 'href="/sponsor/plan/scan/new"' in ines.get("/sponsor/plan/scan").text


def test_an_answer_that_is_missing_is_asked_for_and_nothing_is_lost(ines: Browser) -> None:
    ines.get("/sponsor/plan/scan/new")
    answer = ines.post("/sponsor/plan/scan/new", {**ANSWERS, "time": "", "note": "Eerlijk zijn."})
    assert answer.status_code == 422
    assert answer.text.count("Kies er een.") == 1
    assert answer.text.count(" checked") == len(Question) - 1
    assert "Eerlijk zijn." in answer.text


def test_an_answer_beyond_the_scale_is_none(ines: Browser) -> None:
    assert ines.post("/sponsor/plan/scan/new", ANSWERS | {"time": "6"}).status_code == 422
    assert ines.post("/sponsor/plan/scan/new", ANSWERS | {"time": "veel"}).status_code == 422


def test_the_second_stands_beside_the_first_with_advice_for_the_lowest(ines: Browser) -> None:
    ines.post("/sponsor/plan/scan/new", ANSWERS | {"preferences": "1"})
    assert ines.post("/sponsor/plan/scan/new", ANSWERS | {"preferences": "2"}).status_code == 303
    page = ines.get("/sponsor/plan/scan").text
    assert "was 1" in page
    assert page.count("gelijk") >= len(Question) - 1
    assert "naar de voorkeur vragen" in page
    assert "3,8 van 5" in page
