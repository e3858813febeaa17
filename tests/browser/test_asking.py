"""A candidate's preference by one key: digits answer while the question has the focus, and log outcomes elsewhere."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from tests import make
from tests.browser.conftest import Site
from tests.people import make_people

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(site: Site) -> tuple[Person, int]:
    with site.app.app_context():
        sanne = make_people().sanne
        row = make.candidate("Bram Willems", owner=sanne)
        identity.add(row, Channel.PHONE, "0612345678", make.START)
        db.session.commit()
        return sanne, row.id


@pytest.fixture
def page(site: Site, scene: tuple[Person, int]) -> Page:
    found = site.context(scene[0], reduced_motion="reduce").new_page()
    found.goto(f"/candidates/{scene[1]}")
    return found


def logged(site: Site) -> int:
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(EngagementAction)) or 0


def preferred(site: Site, number: int) -> Channel | None:
    with site.app.app_context():
        return preference.preferred(number)


def test_two_keys_say_what_somebody_prefers(site: Site, page: Page, scene: tuple[Person, int]) -> None:
    page.keyboard.press("v")
    expect(page.locator("#ask form")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#toasts .toast:not(.feast)")).to_contain_text("Genoteerd: liefst via WhatsApp.")
    assert (preferred(site, scene[1]), logged(site)) == (Channel.WHATSAPP, 0)


def test_elsewhere_a_digit_logs(site: Site, page: Page, scene: tuple[Person, int]) -> None:
    page.keyboard.press("1")
    expect(page.locator("#toasts .toast:not(.feast)")).to_contain_text("Vastgelegd voor Bram")
    assert (preferred(site, scene[1]), logged(site)) == (None, 1)


def test_a_digit_without_an_answer_does_nothing(site: Site, page: Page, scene: tuple[Person, int]) -> None:
    page.keyboard.press("v")
    expect(page.locator("#ask form")).to_be_focused()
    page.keyboard.press("6")
    expect(page.locator("#ask form")).to_be_focused()
    assert (preferred(site, scene[1]), logged(site)) == (None, 0)
