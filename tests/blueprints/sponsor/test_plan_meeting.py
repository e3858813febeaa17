"""The meeting view: five slides, no ranks, and no names but where people show theirs."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from app.db import db
from app.domain.game import appearance
from app.domain.game.recognition import giving, value
from app.domain.game.recognition.giving import Praise
from app.domain.program.program import the_program, withdraw_consent
from tests.domain.oversight.scene import NOW, ZONE
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            made = make_people()
            program = the_program()
            assert program is not None
            value.start(program.id, by=made.ines)
            praise = Praise(made.bram.id, value.standing(program.id)[0].id, "Je hield woord.")
            giving.give(program, praise, by=made.sanne, key=UUID(int=1).bytes, now=NOW - timedelta(days=2), zone=ZONE)
            db.session.commit()
        yield made


def slides(browser: Browser, people: People) -> str:
    return browser.sign_in(people.ines).get("/sponsor/meeting").text


def show_names(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        for person in (people.sanne, people.bram):
            appearance.choose(person, appearance.NAMED, NOW)
        db.session.commit()


def test_five_slides_that_lead_on_by_links(browser: Browser, people: People) -> None:
    page = slides(browser, people)
    assert page.count('class="slide"') == 5
    assert all(f'href="#slide-{number}"' in page for number in range(1, 6))


def test_a_compliment_is_read_out_only_between_those_who_show_their_names(browser: Browser, people: People) -> None:
    assert "Je hield woord." not in slides(browser, people)
    show_names(browser, people)
    assert "Sanne de Vries aan Bram Jansen" in slides(browser, people)


def test_without_the_works_council_nobody_is_named(browser: Browser, people: People) -> None:
    show_names(browser, people)
    with browser.app.app_context():
        program = the_program()
        assert program is not None
        withdraw_consent(program.id, NOW)
        db.session.commit()
    page = slides(browser, people)
    assert "Je hield woord." not in page
    assert "Bram" not in page


def test_where_people_appear_under_pseudonyms_no_words_are_read_out(browser: Browser, people: People) -> None:
    show_names(browser, people)
    with browser.app.app_context():
        program = the_program()
        assert program is not None
        program.board_mode = appearance.PSEUDONYM
        db.session.commit()
    assert "Je hield woord." not in slides(browser, people)
