"""The leaderboard in a browser: rows move to their new places, and for whoever wants no motion they are just there."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.db import db, write
from tests.browser.conftest import Site
from tests.domain.game.scene import ZONE, Scene, show_names, start

COUNTED = """(() => {
  const real = document.startViewTransition.bind(document);
  window.moved = 0;
  document.startViewTransition = (change) => { window.moved += 1; return real(change); };
})()"""
POLL = 21_000
pytestmark = pytest.mark.browser


@pytest.fixture
def scene(site: Site) -> Scene:
    """Bram stands before Sanne."""
    with site.app.app_context():
        found = start()
        show_names(found)
        earn(found, 40, person_id=found.colleague_id, candidate_id=2)
        earn(found, 30)
        db.session.commit()
        return found


def earn(scene: Scene, points: int, **facts: int) -> None:
    scene.earn(points, on=clock.local_day(clock.now(), ZONE), key=uuid4().bytes, **facts)


def board(site: Site, scene: Scene, motion: str) -> Page:
    page = site.context(scene.people.sanne, reduced_motion=motion).new_page()
    page.add_init_script(COUNTED)
    page.clock.install()
    page.goto("/board", wait_until="networkidle")  # a clock that jumps takes what is under way for late
    return page


@pytest.mark.parametrize(("motion", "moved"), [("no-preference", 1), ("reduce", 0)])
def test_a_new_order_moves_the_rows(site: Site, scene: Scene, motion: str, moved: int) -> None:
    page = board(site, scene, motion)
    first = page.locator("#board tbody tr").first
    expect(first).to_contain_text("Bram Jansen")
    with site.app.app_context():
        write()
        earn(scene, 50, candidate_id=3, source_id=3)
        db.session.commit()
    page.clock.fast_forward(POLL)
    expect(first).to_contain_text("Sanne de Vries")
    assert page.evaluate("window.moved") == moved
