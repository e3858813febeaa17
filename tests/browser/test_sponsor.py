"""The sponsor's page: the answer at the first glance after signing in, and two sides of paper when it is printed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.demo.build import PASSWORD
from app.domain.agency.person import Role
from tests.browser.conftest import Site
from tests.browser.demo import MAILS, person_of

ANSWER = re.compile(r"\d+ van de \d+ doen mee")
PAGES = re.compile(rb"/Type\s*/Page\b")
pytestmark = pytest.mark.browser


def page_of(site: Site, **options: Any) -> Page:  # noqa: ANN401 - playwright's own
    sponsor = person_of(site.app, MAILS[Role.SPONSOR])
    page = site.context(sponsor, **options).new_page()
    page.goto("/sponsor")
    return page


@pytest.mark.parametrize("screen", [{"width": 1366, "height": 768}, {"width": 390, "height": 844}])
def test_who_signs_in_reads_the_answer_without_a_click(demo: Site, screen: dict[str, int]) -> None:
    page = demo.context(viewport=screen).new_page()
    page.goto("/account/sign-in")
    page.fill("input[name=email]", MAILS[Role.SPONSOR])
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("#verdict")).to_contain_text(ANSWER)
    box, content = page.locator("#verdict").bounding_box(), page.locator("#main").bounding_box()
    assert box
    assert content
    assert box["y"] + box["height"] < screen["height"] / 2
    assert box["x"] - content["x"] < 100


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_prints_on_two_sides_of_paper(demo: Site, theme: str) -> None:
    page = page_of(demo, color_scheme=theme)
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) <= 2
    page.emulate_media(media="print")
    for part in ("nav", ".filter-bar", ".button", "summary"):
        assert not any(each.is_visible() for each in page.locator(part).all()), part
    for kept in ("#verdict", ".stat", ".chart", ".bars-table", ".heat", "progress, .meter"):
        expect(page.locator(kept).first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
