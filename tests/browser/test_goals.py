"""The interaction goals: how many keys, clicks and screens a task takes, counted in a real browser.

On the demo agency on SQLite, because the engine does not change what a key does; what writes at a lost connection and
what a new agency does first are tried on both. That every page of a recruiter says where they stand is tried where
every page is opened.
"""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from tests.browser.beginning import beginning
from tests.browser.conftest import PATIENCE, Site
from tests.browser.demo import MAILS, person_of

SCREEN = {"width": 1366, "height": 768}
TOAST = "#toasts .toast:not(.feast)"
"""What was done, and not what is celebrated beside it."""
UNDONE = re.compile("Ongedaan gemaakt")
CARD = "#queue-name"
NO_CONNECTION = "Geen verbinding"
A_MINUTE, A_MOMENT = 60, 50
"""Seconds, and milliseconds."""
pytestmark = pytest.mark.browser


def page_of(site: Site, mail: str = MAILS[Role.RECRUITER], **options: Any) -> Page:  # noqa: ANN401 - playwright's own
    """A page of somebody who signed in, with a mark that a page load would wipe out."""
    page = site.context(
        person_of(site.app, mail), **{"viewport": SCREEN, "reduced_motion": "reduce", **options}
    ).new_page()
    page.goto("/")
    return page


def mark(page: Page) -> None:
    page.evaluate("() => { window.stayed = true }")


def stayed(page: Page) -> bool:
    """Whether no page was loaded since the mark."""
    return bool(page.evaluate("() => window.stayed === true"))


def until_seen(page: Page, what: str) -> None:
    """While the page's clock stands still, but for a moment now and then in which the page goes on."""
    for _ in range(PATIENCE // A_MOMENT):
        if page.locator(what).count():
            return
        page.clock.run_for(A_MOMENT)
        page.wait_for_timeout(A_MOMENT)
    raise AssertionError(f"{what} did not come")


def counted(site: Site) -> int:
    """How many actions are logged and not undone."""
    with site.app.app_context():
        found = db.session.scalar(select(func.count()).where(EngagementAction.undone_at.is_(None)))
        db.session.remove()
    return found or 0


@pytest.fixture
def page(demo: Site) -> Page:
    return page_of(demo)


def begin(page: Page) -> str:
    """Start the follow-up block; answers who is on its first card."""
    page.keyboard.press("o")
    expect(page.locator(".queue-form[data-htmx-powered]")).to_be_attached()
    return page.locator(CARD).inner_text()


def open_candidate(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_load_state()  # keys mean nothing before the scripts have run


def test_one_key_logs_for_the_candidate_on_screen(demo: Site, page: Page) -> None:
    name, before = begin(page), counted(demo)
    mark(page)
    with page.expect_response("**/outcome"):
        page.keyboard.press("1")
    expect(page.locator(".queue-last")).to_contain_text(name.split()[0])
    expect(page.locator(CARD)).not_to_have_text(name)
    expect(page.locator(CARD)).to_be_focused()
    assert counted(demo) == before + 1
    assert stayed(page)


def test_one_click_logs_for_the_candidate_on_screen(demo: Site, page: Page) -> None:
    before = counted(demo)
    open_candidate(page, "Noor van Leeuwen")
    mark(page)
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator(TOAST)).to_contain_text("Noor")
    expect(page.locator("#timeline .timeline > li").first).to_contain_text("Gesprek")
    assert counted(demo) == before + 1
    assert stayed(page)


def test_six_inputs_log_for_anybody_from_anywhere(demo: Site, page: Page) -> None:
    page.goto("/board")
    before = counted(demo)
    mark(page)
    page.keyboard.press("l")
    expect(page.locator("#sheet input[type=search]")).to_be_focused()
    page.keyboard.type("ais")
    page.keyboard.press("Enter")
    expect(page.locator("#log-title")).to_contain_text("Aisha El Idrissi")
    page.keyboard.press("2")
    expect(page.locator(TOAST)).to_contain_text("Aisha")
    expect(page.locator("#sheet")).to_be_hidden()
    assert counted(demo) == before + 1
    assert stayed(page)


def test_two_clicks_log_for_whom_one_contacted_last(demo: Site, page: Page) -> None:
    page.goto("/board")
    page.locator("[data-key=l]").click()
    page.locator("#sheet #found a").first.click()
    page.locator("#sheet").get_by_role("button", name="Geen gehoor").click()
    expect(page.locator(TOAST)).to_have_count(1)


@pytest.mark.parametrize("way", ["z", "click"])
def test_one_key_or_click_undoes(demo: Site, page: Page, way: str) -> None:
    before, name = counted(demo), begin(page)
    page.keyboard.press("1")
    undo = page.locator(".queue-last").get_by_role("button", name="Ongedaan maken")
    expect(undo).to_be_visible()
    page.keyboard.press("z") if way == "z" else undo.click()
    expect(page.locator("#toasts")).to_contain_text(UNDONE)
    expect(page.locator(CARD)).to_have_text(name)
    assert counted(demo) == before


def test_the_timeline_undoes_for_a_day(demo: Site, page: Page) -> None:
    open_candidate(page, "Noor van Leeuwen")
    before = counted(demo)
    page.keyboard.press("1")
    expect(page.locator(TOAST)).to_have_count(1)
    page.reload()
    page.locator("#timeline").get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#toasts")).to_contain_text(UNDONE)
    expect(page.locator("#timeline").get_by_role("button", name="Ongedaan maken")).to_have_count(0)
    assert counted(demo) == before


def test_the_undo_stays_for_ten_seconds(demo: Site) -> None:
    page = page_of(demo)
    page.clock.install()
    open_candidate(page, "Noor van Leeuwen")
    page.mouse.move(0, 0)
    page.clock.pause_at(page.evaluate("() => Date.now() / 1000") + A_MINUTE)
    page.keyboard.press("1")
    until_seen(page, TOAST)
    page.clock.run_for(9000)
    expect(page.locator(TOAST)).to_have_count(1)
    page.clock.run_for(2000)
    expect(page.locator(TOAST)).to_have_count(0)


@pytest.mark.parametrize("screen", [SCREEN, {"width": 390, "height": 844}])
def test_the_sponsor_sees_at_once_whether_it_is_used(demo: Site, screen: dict[str, int]) -> None:
    page = page_of(demo, MAILS[Role.SPONSOR], viewport=screen)
    page.goto("/sponsor")
    box = page.get_by_text(re.compile(r"\d+ van de \d+ doen mee")).first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < screen["height"] / 2
    assert box["x"] < screen["width"] / 2


def test_the_place_is_true_at_once(page: Page) -> None:
    page.goto("/board")
    mark(page)
    before = page.locator(".place-strip .points").inner_text()
    page.keyboard.press("l")
    page.locator("#sheet #found a").first.click()
    page.locator("#sheet").get_by_role("button", name="Gesproken").click()
    expect(page.locator(".place-strip .points")).not_to_have_text(before)
    points = page.locator(".place-strip .points").inner_text().split()[0]
    expect(page.locator("tr.me")).to_contain_text(points)
    assert stayed(page)


def test_another_persons_points_arrive_within_20_seconds(demo: Site) -> None:
    board = page_of(demo)
    board.clock.install()
    board.goto("/board?show=everyone")
    row = board.locator("tbody tr:not(.me, .gap)").first
    name = row.locator("th .person > span").last.inner_text()
    with demo.app.app_context():
        mail = db.session.scalars(select(Person.email).where(Person.name == name)).one()
    before, other = row.inner_text(), page_of(demo, mail or "")
    begin(other)
    other.keyboard.press("1")
    expect(other.locator(".queue-last")).to_be_visible()
    board.clock.fast_forward(20_000)
    expect(row).not_to_have_text(before)


def test_a_lost_connection_loses_nothing_and_counts_once(demo: Site, page: Page) -> None:
    open_candidate(page, "Noor van Leeuwen")
    before = counted(demo)
    page.keyboard.press("n")
    page.get_by_label("Notitie").first.fill("Wil vanaf maart weer werken.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator("#toasts")).to_contain_text(NO_CONNECTION)
    expect(page.get_by_label("Notitie").first).to_have_value("Wil vanaf maart weer werken.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator("#timeline")).to_contain_text("Wil vanaf maart weer werken.")
    assert counted(demo) == before + 1
    forget_lost_connections(demo)


def test_an_answer_that_gets_lost_counts_once(demo: Site, page: Page) -> None:
    before, name = counted(demo), begin(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/outcome", lose_the_answer)
    page.keyboard.press("1")
    expect(page.locator("#toasts")).to_contain_text(NO_CONNECTION)
    page.unroute("**/outcome")
    page.keyboard.press("1")
    expect(page.locator(CARD)).not_to_have_text(name)
    assert counted(demo) == before + 1
    forget_lost_connections(demo)


def forget_lost_connections(site: Site) -> None:
    """What the browser itself says of a connection that the test took away."""
    site.faults[:] = [fault for fault in site.faults if "net::ERR" not in fault and "Failed to fetch" not in fault]


def test_a_new_agency_logs_after_six_screens(site: Site) -> None:
    """All that is typed: the five facts of the first step, and a candidate in two fields."""
    page = site.context(viewport=SCREEN).new_page()
    started, screens = time.monotonic(), [name for name in beginning(page) if name.startswith("setup-")]
    assert len(screens) <= 6
    page.goto("/candidates/new")
    page.fill("[name=name]", "Jan van der Berg")
    page.fill("[name=reach]", "0612345678")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(page.locator(TOAST).get_by_role("button", name="Ongedaan maken")).to_be_visible()
    assert counted(site) == 1
    assert time.monotonic() - started < 300
