"""The keys: each that is listed does what the list says, and none acts where it should not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_goals import TOAST, begin, counted, open_candidate, page_of

PLACES = {"g v": "/", "g r": "/board", "g k": "/candidates", "g w": "/contests", "g b": "/rewards", "g m": "/notices"}
TRIED = {
    "/": "here",
    "Ctrl K": "here",
    "l": "test_goals",
    "o": "test_goals",
    "1 … 6": "test_queue",
    "w b m": "here",
    "n": "test_queue",
    "v 1": "test_asking",
    "s": "test_queue",
    "k j": "test_queue",
    "z": "test_goals",
    "Esc": "here",
}
"""The other keys that are listed, with where each of them is pressed."""
LISTED = "all => all.map((dt) => [...dt.querySelectorAll('kbd')].map((each) => each.innerText).join(' '))"
CATCH = """() => document.addEventListener("click", (event) => {
  window.pressed = event.target.closest("[data-key]")?.dataset.key;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true)"""
pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo: Site) -> Page:
    return page_of(demo)


def test_every_key_that_is_listed_is_tried(page: Page) -> None:
    page.keyboard.press("?")
    assert set(page.locator("#keys dt").evaluate_all(LISTED)) == {*PLACES, *TRIED}


def test_two_keys_go_to_each_place_of_the_menu(page: Page) -> None:
    for keys, address in PLACES.items():
        with page.expect_navigation():  # until it is loaded: keys mean nothing before the scripts have run
            for key in keys.split():
                page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"\\d{address}$"))


def test_a_slash_searches_for_a_candidate(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#palette-search")).to_be_focused()
    page.goto("/candidates")
    page.keyboard.press("/")
    expect(page.locator("#filter-q")).to_be_focused()


def test_a_channels_key_presses_it(page: Page) -> None:
    begin(page)
    page.evaluate(CATCH)
    for key in page.locator(".queue-ways [data-key]").evaluate_all("all => all.map((each) => each.dataset.key)"):
        page.keyboard.press(key)
        assert page.evaluate("window.pressed") == key


def test_keys_can_be_switched_off(demo: Site, page: Page) -> None:
    page.goto("/account")
    page.get_by_role("checkbox", name="Toetsen").uncheck()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator(TOAST)).to_have_count(1)
    page.goto("/")
    before = counted(demo)
    for key in ("1", "?", "l"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert counted(demo) == before


def test_keys_do_nothing_while_one_types(demo: Site, page: Page) -> None:
    open_candidate(page, "Noor van Leeuwen")
    before = counted(demo)
    page.keyboard.press("n")
    page.get_by_label("Notitie").first.fill("")
    page.keyboard.type("12 l?")
    expect(page.get_by_label("Notitie").first).to_have_value("12 l?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert counted(demo) == before


def test_the_keys_are_listed_and_escape_closes(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("Ongedaan maken")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_palette_goes_anywhere(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-search")).to_be_focused()
    page.keyboard.type("rangl")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/board$"))
