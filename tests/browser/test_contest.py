"""A competition, a reward and kudos in a real browser, from the idea to what is handed over.

Once with scripts and once without: each on another engine, as neither changes what the other does.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.db import db
from app.domain.agency.person import Person
from jobs import competitions
from tests import make
from tests.browser.conftest import Site
from tests.browser.hands import Hands
from tests.people import People, make_people

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
GRACE_OVER = datetime(2026, 11, 30, 11, 30, tzinfo=UTC)
OBJECTIONS_OVER = datetime(2026, 12, 2, 12, tzinfo=UTC)
FIRST, LAST = "2026-11-23", "2026-11-27"
DRAFT = re.compile(r"/contests/desk/\d+$")
CONTEST = re.compile(r"/contests/\d+$")
pytestmark = pytest.mark.browser


@dataclass
class Agency:
    """Who is there, and how their browsers are; `candidates` are Sanne's."""

    site: Site
    hands: Hands
    people: People
    candidates: list[int]
    scripts: bool

    @contextmanager
    def page(self, person: Person) -> Iterator[Page]:
        """The page of somebody who signs in now."""
        screen = {"width": 1366, "height": 768}
        context = self.site.context(person, java_script_enabled=self.scripts, viewport=screen, reduced_motion="reduce")
        yield context.new_page()
        context.close()

    def later(self, moment: datetime) -> None:
        """The clock is set, and the job comes by twice."""
        self.hands.set(moment)
        with self.site.app.app_context():
            competitions.carry_on("test", moment)
            competitions.carry_on("test", moment)


@pytest.fixture
def agency(site: Site, hands: Hands, scripts: bool) -> Agency:
    with site.app.app_context():
        people = make_people()
        candidates = [make.candidate(owner=people.sanne).id for _ in range(2)]
        db.session.commit()
    return Agency(site, hands, people, candidates, scripts)


def press(page: Page, address: str) -> None:
    """The first button of which the form ends at this address."""
    page.locator(f"main form[action$='{address}'] button").first.click()


def go_on(page: Page) -> None:
    page.locator("main form .form-foot .primary").click()


@pytest.mark.parametrize(
    ("engine_name", "scripts"), [("postgresql", True), ("sqlite", False)], indirect=["engine_name"]
)
def test_from_an_idea_to_what_is_handed_over(agency: Agency) -> None:
    sanne, bram, ines = agency.people.sanne, agency.people.bram, agency.people.ines
    with agency.page(ines) as page:
        fund(page)
        address = draw_up(page)
        try_out(page)
        publish(page)
        offer(page)
        name_values(page)
    with agency.page(bram) as page:
        join(page)
        leave(page)
    with agency.page(sanne) as page:
        join(page)
    agency.later(TUESDAY)
    with agency.page(sanne) as page:
        for candidate_id in agency.candidates:
            log(page, candidate_id)
        stand(page, address)
        redeem(page)
        praise(page, bram)
    with agency.page(ines) as page:
        grant(page)
    with agency.page(sanne) as page:
        received(page)
    agency.later(GRACE_OVER)
    with agency.page(sanne) as page:
        object_to(page, address)
    with agency.page(ines) as page:
        answer(page, address)
    agency.later(OBJECTIONS_OVER)
    with agency.page(ines) as page:
        hand_over(page)
    with agency.page(sanne) as page:
        won(page, address)
    with agency.page(bram) as page:
        praised(page)
        check_the_draw(page, address)


def fund(page: Page) -> None:
    page.goto("/budget/new")
    page.fill("[name=name]", "Najaar")
    page.fill("[name=amount]", "100")
    go_on(page)
    expect(page.get_by_role("heading", name="Najaar").first).to_be_visible()


def draw_up(page: Page) -> str:
    """Three steps; answers where everybody will find it."""
    page.goto("/contests/new")
    page.fill("[name=name]", "Een extra gesprek")
    page.locator("[name=format][value=threshold]").check()
    page.locator("[name=audience][value=program]").check()
    go_on(page)
    expect(page).to_have_url(re.compile("/prizes$"))
    page.fill("[name=total]", "40")
    page.locator("[name=action][value=spread]").click()
    expect(page.locator("[name$=-title]").first).not_to_have_value("")
    go_on(page)
    expect(page).to_have_url(re.compile("/days$"))
    for name, value in {"first": FIRST, "last": LAST, "goal": "1", "step": "5"}.items():
        page.fill(f"[name={name}]", value)
    go_on(page)
    expect(page).to_have_url(DRAFT)
    return f"/contests/{page.url.rpartition('/')[2]}"


def try_out(page: Page) -> None:
    press(page, "/dry-run")
    expect(page.locator("#dry-run")).to_be_visible()


def publish(page: Page) -> None:
    press(page, "/publication")
    expect(page).to_have_url(DRAFT)
    expect(page.locator("form[action$='/publication']")).to_have_count(0)


def offer(page: Page) -> None:
    page.goto("/rewards/desk/new")
    for name, value in {"title_nl": "Bos bloemen", "price": "20", "cents": "15"}.items():
        page.fill(f"[name={name}]", value)
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text("Bos bloemen")


def name_values(page: Page) -> None:
    page.goto("/kudos/values")
    press(page, "/values/start")
    expect(page.locator("form[action$='/retirement']")).to_have_count(3)


def join(page: Page) -> None:
    page.goto("/contests")
    press(page, "/entry")
    expect(page).to_have_url(CONTEST)
    expect(page.locator("main form[action$='/withdrawal']").first).to_be_visible()


def leave(page: Page) -> None:
    press(page, "/withdrawal")
    expect(page.locator("main form[action$='/entry']").first).to_be_visible()


def log(page: Page, candidate_id: int) -> None:
    page.goto(f"/candidates/{candidate_id}")
    page.get_by_role("button", name="Gesproken").click()
    expect(page.locator("#toasts .toast:not(.feast)")).to_be_visible()


def stand(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#standing")).to_contain_text("100 punten")


def redeem(page: Page) -> None:
    page.goto("/rewards")
    press(page, "/redemptions")
    expect(page.locator("#mine")).to_contain_text("Bos bloemen")


def praise(page: Page, colleague: Person) -> None:
    page.goto("/kudos")
    page.locator("[name=receiver_id]").select_option(str(colleague.id))
    page.locator("[name=value_id]").first.check()
    page.fill("[name=text]", "Je nam mijn dienst over.")
    go_on(page)
    page.goto("/kudos?show=given")
    expect(page.locator("#kudos")).to_contain_text("Bram Jansen")


def grant(page: Page) -> None:
    page.goto("/budget/requests")
    page.locator("#requests [name=id]").check()
    page.locator("[name=decision][value=approve]").click()
    press(page, "/fulfilment")
    expect(page.locator("form[action$='/fulfilment']")).to_have_count(0)


def received(page: Page) -> None:
    page.goto("/rewards")
    expect(page.locator("#mine")).to_contain_text("ontvangen")
    expect(page.locator("form[action$='/cancellation']")).to_have_count(0)


def object_to(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=reason]", "Mijn derde gesprek ontbreekt.")
    press(page, "/disputes")
    expect(page.locator("#objections")).to_contain_text("Mijn derde gesprek ontbreekt.")
    expect(page.locator("form[action$='/disputes']")).to_have_count(0)


def answer(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("form[action$='/decision'] textarea").fill("Dat is niet vastgelegd.")
    page.locator("[name=decision][value=upheld]").click()
    expect(page.locator("#objections")).to_contain_text("Dat is niet vastgelegd.")


def hand_over(page: Page) -> None:
    page.goto("/budget/requests")
    press(page, "/handover")
    expect(page.get_by_role("status").first).to_be_visible()


def won(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("definitief")
    page.goto("/rewards")
    expect(page.locator("#won")).to_contain_text("Een extra gesprek")


def praised(page: Page) -> None:
    page.goto("/kudos")
    expect(page.locator("#kudos")).to_contain_text("Je nam mijn dienst over.")


def check_the_draw(page: Page, address: str) -> None:
    """Sanne did not choose to be named before colleagues."""
    page.goto(f"{address}/raffle")
    expect(page.get_by_role("main")).to_contain_text("klopt")
    expect(page.get_by_role("row", name="Een collega")).to_be_visible()
