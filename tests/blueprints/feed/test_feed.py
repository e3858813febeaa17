"""The feed's page, what is said to it, and the celebration after logging."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.game import appearance, feed
from app.domain.game.feed import FeedItem, Told
from app.domain.program.program import the_program
from tests import make
from tests.blueprints.block.scene import Block
from tests.blueprints.board.test_board import TODAY
from tests.blueprints.today.scene import NOW
from tests.domain.game.scene import Scene, start
from tests.people import Browser


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            scene = start()
            them = make.candidate("Aisha El Amrani", owner=scene.people.sanne)
            appearance.choose(scene.people.sanne, "named", TODAY)
            who = {"person_id": scene.person_id, "team_id": scene.team_id, "candidate_id": them.id}
            feed.tell(scene.program_id, Told.APPOINTMENT, 1, now=TODAY, **who)
            feed.tell(scene.program_id, Told.STREAK, 2, number=8, now=TODAY, **who)
            db.session.commit()
        yield scene


@pytest.fixture
def bram(browser: Browser, scene: Scene) -> Browser:
    return browser.sign_in(scene.people.bram)


@pytest.fixture
def block(browser: Browser) -> Iterator[Block]:
    with time_machine.travel(NOW, tick=False):
        yield Block(browser)


def item_id(bram: Browser) -> int:
    with bram.app.app_context():
        return db.session.scalars(select(FeedItem.id).where(FeedItem.kind == Told.APPOINTMENT)).one()


def test_it_says_who_did_what_for_whom(bram: Browser) -> None:
    html = bram.get("/feed").text
    assert "Sanne de Vries maakte een afspraak." in html
    assert "Sanne de Vries hield het opvolgmoment 8 weken op rij." in html
    assert "Aisha El Amrani" in html
    part = bram.get("/feed/latest", part=True).text
    assert part.lstrip().startswith('<div id="latest">')
    assert bram.get("/feed/latest").headers["Location"] == "/feed"


def test_under_a_pseudonym_it_does_not_say_for_whom(bram: Browser) -> None:
    with bram.app.app_context():
        program = the_program()
        assert program
        appearance.set_mode(program, "pseudonym", all_time=False)
        db.session.commit()
    html = bram.get("/feed").text
    assert "maakte een afspraak" in html
    assert "Aisha" not in html, "her page tells who it was"


def test_a_sign_is_given_and_given_again_taken_back(bram: Browser) -> None:
    url = f"/feed/{item_id(bram)}/reaction"
    assert 'aria-pressed="true"' in bram.post(url, {"sign": "heart"}, part=True, at="/feed").text
    assert bram.post(url, {"sign": "heart"}, at="/feed").status_code == 303
    assert 'aria-pressed="true"' not in bram.get("/feed").text


@pytest.mark.parametrize(("number", "sign"), [(0, "angry"), (999, "heart")])
def test_another_sign_or_item_is_not_there(bram: Browser, number: int, sign: str) -> None:
    url = f"/feed/{number or item_id(bram)}/reaction"
    assert bram.post(url, {"sign": sign}, at="/feed").status_code == 404


def test_nobody_answers_themselves(bram: Browser, scene: Scene) -> None:
    sanne = bram.sign_in(scene.people.sanne)
    assert 'name="sign"' not in sanne.get("/feed").text
    assert sanne.post(f"/feed/{item_id(bram)}/reaction", {"sign": "heart"}, at="/feed").status_code == 404


def test_an_empty_feed_says_what_will_be_there(browser: Browser, app: Flask) -> None:
    with app.app_context():
        people = start().people
        db.session.commit()
    assert "Nog niets te vertellen" in browser.sign_in(people.otto).get("/feed").text


def test_logging_asks_for_what_is_to_be_celebrated(block: Block) -> None:
    block.begin()
    assert "/feed/celebration" not in block.press("skip", part=True).text
    assert "/feed/celebration" in block.log(part=True).text
    assert block.sanne.get("/feed/celebration").text == ""


def test_the_tenth_is_celebrated(block: Block) -> None:
    with block.sanne.app.app_context():
        them = [block.candidate(f"Iemand {number}") for number in range(10)]
        db.session.commit()
    for candidate_id in them:
        block.sanne.post("/actions", block.form(candidate=candidate_id), part=True)
    answer = block.sanne.get("/feed/celebration")
    assert "Dat was nummer 10 van vandaag!" in answer.text
    assert "nummer 10" in answer.headers["HX-Trigger"]
