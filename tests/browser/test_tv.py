"""The screen on the wall in a browser: it turns, rests by a key, celebrates once, and outlives its server."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from app import clock
from app.db import db, write
from app.domain.game import appearance, feed, screen
from app.domain.game.feed import Told
from tests.browser import look
from tests.browser.conftest import Site
from tests.browser.demo import MOMENT, standing_at
from tests.conftest import make_app
from tests.domain.game.scene import Scene, start
from tests.ports import held_port, number_of
from tests.serving import Quiet

BACK_WITHIN = 10_000
SHOWN = "#cheer:not([hidden])"
pytestmark = pytest.mark.browser


@contextmanager
def answering(app: Flask, port: int = 0) -> Iterator[int]:
    """A server that can be stopped, and started again at the same port."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Wall:
    """A screen in a canteen: its application, its scene and its address."""

    def __init__(self, app: Flask, chromium: Chromium) -> None:
        self.site = Site(app, "", chromium)
        self.told = 0
        with app.app_context():
            self.scene: Scene = start()
            today = MOMENT.date()
            for number, person in enumerate((self.scene.people.bram, self.scene.people.sanne, self.scene.people.otto)):
                appearance.choose(person, "named", MOMENT)
                self.scene.earn(30 - number, person_id=person.id, candidate_id=number, source_id=number, on=today)
            key = screen.make(
                self.scene.program_id, "Kantine", team_id=None, seconds=15, sound=False, by_id=None, now=MOMENT
            )
            db.session.commit()
        self.path = f"/tv/{key}"

    def page(self, port: int, *, mocked: bool = True, scripts: bool = True, motion: str = "no-preference") -> Page:
        """It opens; with a clock that a test can put forward."""
        self.site.url = f"http://127.0.0.1:{port}"
        size = {"width": 1920, "height": 1080}
        context = self.site.context(None, viewport=size, java_script_enabled=scripts, reduced_motion=motion)
        page = context.new_page()
        if mocked:
            page.clock.install()
        page.goto(self.path)
        return page

    @property
    def faults(self) -> list[str]:
        """But for answers that did not come: a clock that jumps takes them for late, and a server may be gone."""
        return [each for each in self.site.faults if "ERR_CONNECTION" not in each and "htmx:error" not in each]

    def tell(self, times: int = 1) -> None:
        """Bram makes so many appointments."""
        with self.site.app.app_context():
            write()
            bram = self.scene.people.bram
            for _ in range(times):
                self.told += 1
                feed.tell(
                    self.scene.program_id,
                    Told.APPOINTMENT,
                    self.told,
                    person_id=bram.id,
                    team_id=bram.team_id,
                    now=clock.now(),
                )
            db.session.commit()


@pytest.fixture
def wall(sqlite_template: Path, tmp_path: Path, chromium: Chromium) -> Iterator[Wall]:
    """On SQLite only: the engine does not change what a screen shows."""
    shutil.copy(sqlite_template, tmp_path / "fanfare.sqlite")
    app = make_app(tmp_path)
    with standing_at(MOMENT):
        found = Wall(app, chromium)
        with closing(found.site):
            yield found
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_slides_turn_and_rest_by_a_key(wall: Wall) -> None:
    with answering(wall.site.app) as port:
        page = wall.page(port)
        goal, board = page.locator(".goal"), page.locator(".ranking")
        expect(goal).to_be_visible()
        page.clock.fast_forward(15_000)
        expect(board).to_be_visible()
        expect(goal).to_be_hidden()
        page.keyboard.press("Space")
        page.clock.fast_forward(60_000)
        expect(board).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".lately")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        expect(board).to_be_visible()
    assert wall.faults == []


def test_it_celebrates_once_and_then_together(wall: Wall) -> None:
    wall.tell()
    with answering(wall.site.app) as port:
        page = wall.page(port)
        page.clock.fast_forward(6_000)
        expect(page.locator("#cheers li")).to_have_count(1)
        expect(page.locator(SHOWN)).to_have_count(0)  # it was told before the screen went on
        wall.tell()
        page.clock.fast_forward(6_000)
        expect(page.locator(SHOWN)).to_contain_text("Bram Jansen maakte een afspraak.")
        assert look.axe(page) == []
        page.clock.fast_forward(7_500)
        expect(page.locator(SHOWN)).to_have_count(0)
        wall.tell(3)
        page.clock.fast_forward(6_000)
        expect(page.locator("#cheers li")).to_have_count(5)
        expect(page.locator(SHOWN)).to_have_count(0)
        page.clock.fast_forward(60_000)
        expect(page.locator(SHOWN)).to_contain_text("3 keer feest")
    assert wall.faults == []


def test_it_keeps_its_last_state_and_is_back_soon(wall: Wall) -> None:
    with held_port() as door:
        port = number_of(door)
        with answering(wall.site.app, port):
            page = wall.page(port, mocked=False)
            expect(page.locator("#age")).to_have_text("Bijgewerkt")
        page.wait_for_event("requestfailed")
        expect(page.locator("#wall")).to_contain_text("Bram Jansen")
        with wall.site.app.app_context():
            write()
            wall.scene.earn(50, person_id=wall.scene.colleague_id, candidate_id=9, source_id=9, on=MOMENT.date())
            db.session.commit()
        with answering(wall.site.app, port):
            expect(page.locator(".totals")).to_contain_text("137", timeout=BACK_WITHIN)


def test_it_says_how_old_it_is(wall: Wall) -> None:
    with answering(wall.site.app) as port:
        page = wall.page(port)
        page.keyboard.press("Space")
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(6_000)  # from here on no answer is on its way any more
    page.clock.fast_forward(4 * 60_000)
    expect(page.locator("#age")).to_have_text("4 minuten geleden bijgewerkt")
    expect(page.locator("#tv[data-old]")).to_have_count(0)
    page.clock.fast_forward(2 * 60_000)
    expect(page.locator("#tv[data-old]")).to_have_count(1)
    expect(page.locator("#age")).to_have_text("Geen verbinding · 6 minuten geleden bijgewerkt")


def test_a_revoked_screen_says_so_by_itself(wall: Wall) -> None:
    with answering(wall.site.app) as port:
        page = wall.page(port, mocked=False)
        with wall.site.app.app_context():
            write()
            screen.revoke(screen.of_program(wall.scene.program_id)[0], MOMENT)
            db.session.commit()
        expect(page.get_by_role("heading", name="Dit scherm staat uit")).to_be_visible(timeout=BACK_WITHIN)


def test_every_slide_is_accessible_and_fits(wall: Wall) -> None:
    with answering(wall.site.app) as port:
        page = wall.page(port, motion="reduce")
        found = []
        for width, height in ((1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            for _slide in range(3):
                page.keyboard.press("ArrowRight")
                found += look.axe(page) + look.sideways(page) + look.foreign(page, "nl") + look.title(page)
        sizes = page.evaluate(
            "() => ['.tv-board .who', '.done strong', '.coming', '#age'].map((each) =>"
            " parseFloat(getComputedStyle(document.querySelector(each)).fontSize))"
        )
    assert found == []
    assert [size >= least for size, least in zip(sizes, (44, 44, 32, 32), strict=True)] == [True] * 4, sizes


def test_without_a_script_everything_stands_below_each_other(wall: Wall) -> None:
    with answering(wall.site.app) as port:
        page = wall.page(port, mocked=False, scripts=False)
        for slide in (".goal", ".ranking", ".lately"):
            expect(page.locator(slide)).to_be_visible()
        assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "20"
