"""The next card stands before the answer has come: whatever that says in the end, nothing is lost, nothing doubled."""

import time

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from app import clock
from app.db import db, write
from app.domain.actions import claim
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.queue import QueueCard
from app.domain.agency.person import Person, Role
from tests.browser.conftest import PATIENCE, Site
from tests.browser.demo import MAILS
from tests.browser.test_goals import CARD, NO_CONNECTION, UNDONE, begin, counted, forget_lost_connections, page_of
from tests.browser.timing import held

NOTE = "#queue .queue-form textarea"
LAST = "#queue .queue-last"
pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo: Site) -> Page:
    """The first card of the queue, with the next one held."""
    page = page_of(demo)
    with held(page):
        begin(page)
    return page


class Slow:
    """A server that takes presses and answers when it is told to."""

    def __init__(self, page: Page, what: str = "outcome") -> None:
        self.page, self.routes = page, list[Route]()
        page.route(f"**/{what}", self.take)

    def take(self, route: Route) -> None:
        self.routes.append(route)

    def taken(self) -> Route:
        """The press that came first, which is the only one that was sent."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.routes:
            assert time.monotonic() < deadline, "nothing was sent"
            self.page.wait_for_timeout(10)
        assert len(self.routes) == 1
        return self.routes.pop()

    def answer(self) -> None:
        route = self.taken()
        with self.page.expect_response(route.request.url):
            route.continue_()


def logged(site: Site, number: int) -> list[tuple[int, str]]:
    """For whom the newest actions were, and with which outcome, in their order."""
    with site.app.app_context():
        action = EngagementAction
        newest = select(action.candidate_id, action.outcome).order_by(action.id.desc()).limit(number)
        return [(row.candidate_id, row.outcome) for row in db.session.execute(newest)][::-1]


def cards(site: Site) -> list[int]:
    """The candidates of the queue, in its order."""
    with site.app.app_context():
        return list(db.session.scalars(select(QueueCard.candidate_id).order_by(QueueCard.position)))


def test_it_stands_before_the_answer_and_stays_as_it_is_worked(demo: Site, page: Page) -> None:
    before, name, slow = counted(demo), page.locator(CARD).inner_text(), Slow(page)
    page.keyboard.press("1")
    expect(page.locator(CARD)).not_to_have_text(name)
    expect(page.locator(CARD)).to_be_focused()
    expect(page.locator(LAST)).to_contain_text(f"Vastleggen voor {name.split()[0]}")
    expect(page.locator("#queue")).to_contain_text("1 van 10")
    page.keyboard.press("n")
    page.keyboard.type("Wil 4 dagen.")
    assert counted(demo) == before
    slow.answer()
    expect(page.locator("#queue")).to_contain_text("2 van 10")
    expect(page.locator(LAST)).to_contain_text(f"Vastgelegd voor {name.split()[0]}")
    expect(page.locator("#announcer")).to_contain_text(page.locator(CARD).inner_text())
    expect(page.locator(NOTE)).to_be_focused()
    expect(page.locator(NOTE)).to_have_value("Wil 4 dagen.")
    assert counted(demo) == before + 1


def test_two_quick_keys_log_two_people_once_and_in_order(demo: Site, page: Page) -> None:
    slow, before, order = Slow(page), counted(demo), cards(demo)
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("3")
    slow.answer()
    expect(page.locator("#queue")).to_contain_text("2 van 10")
    slow.answer()
    expect(page.locator("#queue")).to_contain_text("3 van 10")
    assert counted(demo) == before + 2
    assert logged(demo, 2) == [(order[0], "spoke"), (order[1], "message_sent")]


@pytest.mark.parametrize("fault", ["no network", "no room"])
def test_a_press_that_fails_brings_the_card_back_with_what_was_typed(demo: Site, page: Page, fault: str) -> None:
    before, name, slow = counted(demo), page.locator(CARD).inner_text(), Slow(page)
    page.keyboard.press("n")
    page.keyboard.type("Wil vanaf maart.")
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator(CARD)).not_to_have_text(name)
    page.keyboard.press("n")
    page.keyboard.type("Belt terug.")
    slow.taken().abort() if fault == "no network" else slow.taken().fulfill(status=503)
    expect(page.locator(CARD)).to_have_text(name)
    expect(page.locator(CARD)).to_be_focused()
    expect(page.locator("#toasts .error")).to_contain_text(NO_CONNECTION if fault == "no network" else "druk")
    expect(page.locator(NOTE)).to_have_value("Wil vanaf maart.")
    assert counted(demo) == before
    page.unroute("**/outcome")
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator(LAST)).to_contain_text(f"Vastgelegd voor {name.split()[0]}")
    assert counted(demo) == before + 1
    forget_lost_connections(demo)
    demo.faults[:] = [each for each in demo.faults if "503" not in each]


def test_what_cannot_be_taken_is_said_on_its_own_card(demo: Site, page: Page) -> None:
    before, name = counted(demo), page.locator(CARD).inner_text()
    page.keyboard.press("n")
    page.keyboard.type("Wil vanaf maart.")
    page.locator("#queue .queue-form [name=promise_on]").fill("2026-01-05")
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator("#queue [aria-invalid=true]")).to_be_focused()
    expect(page.locator(CARD)).to_have_text(name)
    expect(page.locator(NOTE)).to_have_value("Wil vanaf maart.")
    assert counted(demo) == before


def test_whom_a_colleague_took_meanwhile_is_passed_over_with_the_key_for_them(demo: Site, page: Page) -> None:
    before, slow, order = counted(demo), Slow(page), cards(demo)
    page.keyboard.press("1")
    page.keyboard.press("2")
    name = page.locator(CARD).inner_text()
    with demo.app.app_context():
        write()
        colleague = db.session.scalars(select(Person).where(Person.email == MAILS[Role.LEAD])).one()
        assert claim.take(colleague, order[1], clock.now())
        db.session.commit()
    slow.answer()
    expect(page.locator(".queue-told")).to_contain_text(f"{name} is overgeslagen")
    expect(page.locator(CARD)).not_to_have_text(name)
    expect(page.locator(CARD)).to_be_focused()
    assert not slow.routes
    assert counted(demo) == before + 1


def test_undo_waits_for_what_it_undoes(demo: Site, page: Page) -> None:
    before, name, slow = counted(demo), page.locator(CARD).inner_text(), Slow(page)
    page.keyboard.press("1")
    page.keyboard.press("z")
    slow.answer()
    expect(page.locator("#toasts")).to_contain_text(UNDONE)
    expect(page.locator(CARD)).to_have_text(name)
    assert counted(demo) == before


def test_a_skip_is_as_quick_and_keeps_what_was_logged_before(page: Page) -> None:
    with held(page):
        page.keyboard.press("1")
    name, last, slow = page.locator(CARD).inner_text(), page.locator(LAST).inner_text(), Slow(page, "skip")
    page.keyboard.press("s")
    expect(page.locator(CARD)).not_to_have_text(name)
    assert page.locator(LAST).inner_text() == last
    coming = page.locator(CARD).inner_text()
    slow.answer()
    expect(page.locator(CARD)).to_have_text(coming)
    expect(page.locator("#queue .queue-form [name=seen]")).to_have_value("waiting")
