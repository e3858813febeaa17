"""The queue in a real browser: ten candidates by keys alone, heard and seen, whatever the network does."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import look
from tests.browser.conftest import Site
from tests.browser.test_goals import CARD, NO_CONNECTION, begin, counted, forget_lost_connections, mark, page_of, stayed
from tests.browser.timing import FEEL, FRAMES, held, usual, watch

PHONE = {"width": 390, "height": 844}
UNSCROLLED = """() => scrollY === 0 && document.documentElement.scrollHeight <= innerHeight
  && !document.querySelector("dialog[open]")"""
MOVING = "() => document.getAnimations().length"
STICKS = """() => {
  const outcomes = document.querySelector(".outcomes")?.getBoundingClientRect();
  return outcomes?.top > 0 && outcomes.bottom <= document.querySelector(".menu").getBoundingClientRect().top + 1;
}"""
pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo: Site) -> Page:
    return page_of(demo)


@pytest.fixture
def phone(demo: Site) -> Iterator[Page]:
    page = page_of(demo, viewport=PHONE)
    page.get_by_role("button", name="Je opvolgmoment starten").click()
    yield page
    page.context.close()


def test_ten_candidates_take_ten_keys(demo: Site, page: Page) -> None:
    """No page load, no dialog, no scroll on a laptop's screen; focus and voice are with the next name each time."""
    name, before = begin(page), counted(demo)
    mark(page)
    for number, key in enumerate("1234561231", 1):
        assert page.evaluate(UNSCROLLED), name
        page.keyboard.press(key)
        expect(page.locator("#queue")).to_contain_text(
            f"{number + 1} van 10" if number < 10 else "Je hebt 10 kandidaten"
        )
        expect(page.locator("#queue [data-focus]")).to_be_focused()
        expect(page.locator("#announcer")).to_contain_text(f"Vastgelegd voor {name.split()[0]}")
        if number < 10:
            name = page.locator(CARD).inner_text()
            expect(page.locator("#announcer")).to_contain_text(name)
    assert counted(demo) == before + 10
    assert stayed(page)


def test_the_next_card_is_there_at_once(page: Page) -> None:
    watch(page)
    with held(page):
        begin(page)
    for number in range(2, 10):
        with held(page):
            page.keyboard.press("3")
        expect(page.locator("#queue")).to_contain_text(f"{number} van 10")
        expect(page.locator("#queue [data-focus]")).to_be_focused()
    card, frame = usual(page)
    assert 0 < card <= max(FEEL, FRAMES * frame)


def test_each_channel_has_its_key_and_one_is_primary(page: Page) -> None:
    begin(page)
    expect(page.locator(".queue-card .button.primary")).to_have_count(1)
    expect(page.locator(".queue-ways .button").first).to_have_class(re.compile("primary"))
    keys = page.locator(".queue-ways .button").evaluate_all("all => all.map(each => each.dataset.key)")
    assert set(keys) <= {"w", "b", "m", None}
    assert len(keys) > 1


def test_the_pile_is_turned_by_keys(page: Page) -> None:
    first = begin(page)
    page.keyboard.press("j")
    expect(page.locator(CARD)).not_to_have_text(first)
    expect(page.locator(CARD)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(CARD)).to_have_text(first)
    expect(page.locator(CARD)).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator(CARD)).not_to_have_text(first)
    expect(page.locator(CARD)).to_be_focused()


def test_a_note_is_one_key_away_and_kept(page: Page) -> None:
    begin(page)
    page.keyboard.press("n")
    expect(page.locator("#queue textarea").first).to_be_focused()
    page.keyboard.type("Belt 1 keer terug.")
    page.get_by_role("button", name="Gesproken").click()
    page.locator(".queue-last summary").click()
    expect(page.locator(".queue-last textarea")).to_have_value("Belt 1 keer terug.")


def test_the_next_step_is_changed_afterwards(page: Page) -> None:
    begin(page)
    page.keyboard.press("5")
    expect(page.locator(".queue-last")).to_contain_text("Weer op donderdag 26 november")
    page.locator(".queue-last summary").click()
    page.locator(".queue-last").get_by_role("button", name="morgen").click()
    expect(page.locator(".queue-last")).to_contain_text("Weer op vrijdag 20 november")


def test_a_minute_without_network_loses_and_doubles_nothing(demo: Site, page: Page) -> None:
    name, before = begin(page), counted(demo)
    page.keyboard.press("n")
    page.keyboard.type("Wil vanaf maart.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator("#toasts")).to_contain_text(NO_CONNECTION)
    expect(page.locator(CARD)).to_have_text(name)
    expect(page.locator("#queue textarea").first).to_have_value("Wil vanaf maart.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator(CARD)).not_to_have_text(name)
    assert counted(demo) == before + 1
    forget_lost_connections(demo)


def test_it_stands_where_it_was_after_a_reload_and_on_a_phone(demo: Site, page: Page) -> None:
    begin(page)
    page.keyboard.press("1")
    expect(page.locator("#queue")).to_contain_text("2 van 10")
    name = page.locator(CARD).inner_text()
    page.reload()
    expect(page.locator(CARD)).to_have_text(name)
    expect(page.locator(CARD)).to_be_focused()
    other = page_of(demo, viewport=PHONE)
    other.goto("/block")
    expect(other.locator(CARD)).to_have_text(name)


def test_on_a_phone_the_outcomes_stick_above_the_bar(phone: Page) -> None:
    phone.wait_for_function(STICKS)
    expect(phone.locator("#queue kbd:visible")).to_have_count(0)
    assert look.sideways(phone) == []
    phone.get_by_role("button", name="Gesproken").click()
    expect(phone.locator("#queue")).to_contain_text("2 van 10")
    phone.wait_for_function(STICKS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_is_accessible_still_and_dutch(demo: Site, theme: str) -> None:
    page = page_of(demo, color_scheme=theme)
    begin(page)
    page.keyboard.press("5")
    expect(page.locator(".queue-last")).to_be_visible()
    found = []
    for step in ("", "n", "click", "/block/practice", "end"):
        _take(page, step)
        for width in (390, 1366):
            page.set_viewport_size({"width": width, "height": 844 if width == 390 else 768})
            found += [
                f"{step} {width}: {each}" for each in look.axe(page) + look.sideways(page) + look.foreign(page, "nl")
            ]
    assert page.evaluate(MOVING) == 0
    assert not found, "\n".join(found)


def _take(page: Page, step: str) -> None:
    if step == "click":
        page.locator(".queue-more summary").last.click()
        page.locator(".queue-last summary").click()
    elif step == "end":
        page.goto("/block")
        page.get_by_role("button", name="Stoppen").click()
        expect(page.locator("#queue .points")).to_be_visible()
    elif step.startswith("/"):
        page.goto(step)
    elif step:
        page.keyboard.press(step)
