"""The screen on the wall: open by its link alone, cheap, and with no candidate and nobody who does not want it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.game import appearance, feed, screen
from app.domain.game.feed import Told
from app.domain.game.risen import places_then
from app.domain.program.program import the_program, withdraw_consent
from tests import make, page
from tests.blueprints.board.test_board import TODAY
from tests.domain.game.scene import Scene, start
from tests.people import Browser

CANARY = "Quirinus Zeldzaam"
BUDGET = 16


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            scene = start()
            them = make.candidate(CANARY, owner=scene.people.sanne)
            scene.earn(40, person_id=scene.colleague_id, candidate_id=them.id, source_id=1)
            scene.earn(30, candidate_id=them.id, source_id=2)
            appearance.choose(scene.people.bram, "named", TODAY)
            who = {"person_id": scene.colleague_id, "team_id": scene.team_id, "candidate_id": them.id}
            feed.tell(scene.program_id, Told.APPOINTMENT, 1, now=TODAY, **who)
            db.session.commit()
        yield scene


def hang(browser: Browser, scene: Scene, team_id: int | None = None) -> str:
    """The address of a new screen."""
    with browser.app.app_context():
        key = screen.make(scene.program_id, "Kantine", team_id=team_id, seconds=20, sound=False, by_id=None, now=TODAY)
        db.session.commit()
    return f"/tv/{key}"


def test_it_shows_the_week_and_whoever_wants_to_be_seen(browser: Browser, scene: Scene) -> None:
    html = browser.get(hang(browser, scene), budget=BUDGET).text
    assert '<html lang="nl" data-theme="dark">' in html
    assert "Bram Jansen maakte een afspraak." in html
    assert html.count("Bram Jansen") == 3, "on the board, among the last actions, and celebrated"
    assert "over 2 dagen" in html
    assert "Een collega" in html
    assert "Sanne" not in html


def test_no_candidate_is_on_it_in_any_mode(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    for mode in appearance.MODES:
        with browser.app.app_context():
            program = the_program()
            assert program
            appearance.set_mode(program, mode, all_time=False)
            db.session.commit()
        html = browser.get(url).text
        assert CANARY.split(maxsplit=1)[0] not in html
        assert ("Bram Jansen" in html) == (mode == "names")


def test_without_the_works_council_there_are_only_teams(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    with browser.app.app_context():
        withdraw_consent(scene.program_id, TODAY)
        db.session.commit()
    html = browser.get(url).text
    assert "Ranglijst van de teams" in html
    assert "Bram" not in html


def test_asked_again_it_answers_only_when_something_changed(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    first = browser.get(url, part=True)
    asked = {"HX-Request": "true", "HX-PTag": first.headers["HX-PTag"]}
    with page.counted() as statements:
        assert browser.client.get(url, headers=asked).status_code == 304
    assert len(statements) <= BUDGET, "\n".join(statements)
    with browser.app.app_context():
        scene.earn(30, candidate_id=7, source_id=3)
        db.session.commit()
    changed = browser.client.get(url, headers=asked)
    assert (changed.status_code, changed.text.count('id="wall"'), "<html" in changed.text) == (200, 1, False)


def test_nothing_tells_who_somebody_without_a_name_is(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    html = browser.get(url).text
    assert f'id="row-person-{scene.people.sanne.id}"' not in html
    with browser.app.app_context():
        program = the_program()
        assert program
        appearance.set_mode(program, "pseudonym", all_time=False)
        db.session.commit()
    assert 'id="row-person-' not in browser.get(url).text


def test_a_team_sees_its_own(browser: Browser, scene: Scene) -> None:
    html = browser.get(hang(browser, scene, scene.team_id)).text
    assert "<title>Zwolle · Kantine</title>" in html
    assert "Vaste Band" in html
    other = browser.get(hang(browser, scene, scene.other_team_id)).text
    assert "Bram" not in other


def test_whoever_rose_is_marked_and_nobody_who_fell(browser: Browser, scene: Scene) -> None:
    with browser.app.app_context():
        for days, points in ((2, 10), (0, 90)):
            day = TODAY.date() - timedelta(days=days)
            scene.earn(points, candidate_id=8, source_id=5, on=day, person_id=scene.colleague_id)
        scene.earn(20, candidate_id=9, source_id=6, on=TODAY.date() - timedelta(days=2))
        db.session.commit()
    places_then.cache_clear()
    html = browser.get(hang(browser, scene)).text
    assert "gestegen sinds maandag" in html
    assert html.count("plaats omhoog") == 1
    assert "arrow-down" not in html


def test_a_revoked_link_says_so(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    with browser.app.app_context():
        screen.revoke(screen.of_program(scene.program_id)[0], TODAY)
        db.session.commit()
    for gone in (url, "/tv/never-was"):
        answer = browser.get(gone)
        assert answer.status_code == 404
        assert "Dit scherm staat uit" in answer.text


def test_it_is_known_when_it_was_last_on(browser: Browser, scene: Scene) -> None:
    url = hang(browser, scene)
    for _ in range(2):
        assert browser.post(f"{url}/seen").status_code == 204
    with browser.app.app_context():
        assert screen.of_program(scene.program_id)[0].seen_at == TODAY
    assert browser.post("/tv/never-was/seen").status_code == 404
