"""The slides of the company meeting: keys step through them, links where there is no script, a page each on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.domain.agency.person import Role
from tests.browser.conftest import Site
from tests.browser.demo import MAILS, person_of

STEPS = {"ArrowRight": 2, "PageDown": 3, " ": 4, "End": 5, "ArrowLeft": 4, "Home": 1, "ArrowUp": 1}
PAGES = re.compile(rb"/Type\s*/Page\b")
pytestmark = pytest.mark.browser


def slides(site: Site, *, scripts: bool = True) -> Page:
    sponsor = person_of(site.app, MAILS[Role.SPONSOR])
    page = site.context(sponsor, java_script_enabled=scripts, reduced_motion="reduce").new_page()
    page.goto("/sponsor/meeting")
    return page


def test_keys_step_through_them(demo: Site) -> None:
    page = slides(demo)
    for key, number in STEPS.items():
        page.keyboard.press(key)
        expect(page.locator(f"#slide-{number}")).to_be_focused()
        expect(page.locator(f"#slide-{number} :is(h1, h2)")).to_be_in_viewport()


def test_links_lead_on_without_scripts(demo: Site) -> None:
    page = slides(demo, scripts=False)
    page.locator("#slide-1").get_by_role("link", name="Volgende").click()
    expect(page.locator("#slide-2 h2")).to_be_in_viewport()


def test_each_is_a_page_on_paper(demo: Site) -> None:
    assert len(PAGES.findall(slides(demo).pdf(prefer_css_page_size=True))) == 5
