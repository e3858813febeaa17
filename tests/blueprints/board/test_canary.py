"""Somebody with a name like no other's chose not to be on the leaderboard: it is found nowhere that compares people."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import appearance, feed, screen
from app.domain.game.feed import Told
from app.domain.program.program import the_program
from tests import make
from tests.blueprints.board.test_board import TODAY
from tests.domain.game.scene import Scene, show_names, start, total
from tests.people import Browser

CANARY = "Xantippe Zonderling"
TELL_TALES = ("Xantippe", "Zonderling", "XZ<")
TOKEN = "kanarie-in-de-kooi-van-de-tv"
PERIODS = [f"/board?period={period}" for period in ("week", "month", "season", "all")]
WHOSE = [f"/board?show=everyone&{each}" for each in ("", "scope=teams")]
MEASURES = [f"/board?show=everyone&by={metric}" for metric in ("helped", "answered", "improvement", "kept")]


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            scene = start()
            show_names(scene)
            canary = make.person(CANARY, team=db.session.get(Team, scene.team_id))
            for number in range(3):
                facts: dict[str, Any] = {"person_id": canary.id, "candidate_id": number + 20, "source_id": number + 20}
                scene.earn(300, **facts)
            scene.earn(30)
            appearance.choose(canary, "hidden", scene.now)
            _tell(scene, canary.id)
            db.session.commit()
        yield scene


def _tell(scene: Scene, person_id: int) -> None:
    program = the_program()
    assert program
    program.all_time_board = True
    feed.tell(program.id, next(iter(Told)), 1, person_id=person_id, team_id=scene.team_id, now=TODAY)
    screen.make(program.id, "Hal", team_id=None, seconds=15, sound=False, by_id=None, now=TODAY, key=TOKEN)


def _tells(text: str) -> bool:
    return any(part in text for part in TELL_TALES)


@pytest.mark.parametrize("viewer", ["sanne", "lead", "ada"])
def test_no_board_of_anybody_else_tells(browser: Browser, scene: Scene, viewer: str) -> None:
    somebody = browser.sign_in(vars(scene.people)[viewer])
    for url in (*PERIODS, *WHOSE, *MEASURES, f"/board?show=everyone&team={scene.team_id}"):
        page = somebody.get(url, part=True)
        assert page.status_code == 200
        assert not _tells(page.text), url
    assert not _tells(somebody.get("/board").text)


@pytest.mark.parametrize("viewer", ["sanne", "lead", "ada"])
def test_nobody_opens_the_rows(browser: Browser, scene: Scene, viewer: str) -> None:
    with browser.app.app_context():
        canary = db.session.scalars(select(Person.id).where(Person.name == CANARY)).one()
    assert browser.sign_in(vars(scene.people)[viewer]).get(f"/board/people/{canary}").status_code == 404


def test_neither_the_screen_on_the_wall_nor_the_feed_tells(browser: Browser, scene: Scene) -> None:
    pages = [browser.get(f"/tv/{TOKEN}"), *(browser.sign_in(scene.people.sanne).get(url) for url in ("/", "/feed"))]
    for page in pages:
        assert page.status_code == 200
        assert not _tells(page.text), page.request.path


def test_nor_does_the_command(app: Flask, scene: Scene) -> None:
    for words in (["board", "--json"], ["board", "--period", "month"]):
        assert not _tells(app.test_cli_runner().invoke(args=words).output)


def test_the_team_keeps_the_points(browser: Browser, scene: Scene) -> None:
    html = browser.sign_in(scene.people.sanne).get("/board?scope=teams").text
    assert "Zwolle" in html
    with browser.app.app_context():
        assert (total(scene.team_id, scope="team") or [0])[0] == 930
