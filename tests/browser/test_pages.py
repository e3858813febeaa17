"""Every page as each role in a real browser: accessible, in one language, as wide as the screen, without a fault.

On SQLite only: the engine does not change what a page looks like, and every page is opened on both by other tests.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from app.domain.agency.person import Role
from app.web import errors
from tests.browser import look
from tests.browser.beginning import beginning
from tests.browser.conftest import Site, demo_at
from tests.browser.demo import Examples, make_examples
from tests.browser.stops import Stop, stops

SIZES = {390: 844, 1366: 768, 1920: 1080}
EVERYWHERE = [(390, "light"), (390, "dark"), (1366, "dark"), (1366, "light"), (1920, "light"), (1920, "dark")]
"""Every width in every theme; from each view to the next only one of them changes, because a change takes long."""
USUAL = EVERYWHERE[:4]
AGAIN = [(390, "light"), (1366, "dark")]
NARROWEST = 320
PARTS = 2
Views = Iterable[tuple[int, str]]
SEND_EMPTY = """() => {
  const form = document.querySelector("main form[method=post]:has(input:not([type=hidden]), textarea)");
  const typed = form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea");
  for (const each of typed) each.value = "";
  form.submit();
}"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def agency(demo_file: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Chromium) -> Iterator[Site]:
    """The demo agency; these tests only look at it."""
    with demo_at(demo_file, tmp_path_factory.mktemp("pages"), chromium) as found:
        fail_on_purpose(found.app)
        yield found


def fail_on_purpose(app: Flask) -> None:
    """Pages on which something goes wrong, to see what people see then."""
    app.add_url_rule("/fails", "fails", lambda: str(1 / 0))
    app.add_url_rule("/without-database", "without_database", lambda: errors._without_database(503))


@pytest.fixture(scope="module")
def examples(agency: Site) -> Examples:
    return make_examples(agency.app)


def faults(page: Page, views: Views, language: str) -> Iterator[str]:
    """Whatever is wrong with a page that is open; the narrowest screen is only looked at for what sticks out.

    A theme changes nothing but colours, so the same width in another theme is looked at for them alone.
    """
    seen, before = set(), (0, "")
    for width, theme in views:
        if theme != before[1]:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # light or dark
        if width != before[0]:
            page.set_viewport_size({"width": width, "height": SIZES[width]})
        found = look.axe(page, look.COLOURS if width in seen else ()) + look.sideways(page)
        yield from (f"{width} {theme}: {each}" for each in found)
        seen.add(width)
        before = width, theme
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    yield from (f"{NARROWEST}: {each}" for each in look.sideways(page))
    yield from look.foreign(page, language) + look.title(page)


def status_of(name: str) -> int:
    """With what a page answers, as its name says."""
    said = re.search(r"error-(\d+)", name)
    return int(said[1]) if said else 200


def tour(
    site: Site, context: BrowserContext, places: Iterable[Stop], also: Callable[[Page], list[str]] = look.title
) -> list[str]:
    """Everything that is wrong on these pages, with where; `also` is asked of those that are no errors."""
    found, page = [], context.new_page()
    for name, url, everywhere in places:
        site.faults.clear()
        answer = page.goto(url)
        assert (name, answer.status if answer else 0) == (name, status_of(name))
        seen = [] if "error" in name else also(page)
        seen += faults(page, EVERYWHERE if everywhere else AGAIN, "nl")
        found += [f"{name} {each}" for each in seen + site.faults]
    site.faults.clear()
    context.close()
    return found


FAILING = [Stop("error-500", "/fails"), Stop("error-503-without-database", "/without-database")]
FORMS = (
    "/candidates/new",
    "/candidates/import",
    "/connections",
    "/connections/import",
    "/connections/webhooks",
    "/people/new",
    "/people/teams",
    "/program",
    "/program/outside",
    "/account",
    "/budget/new",
    "/contests/new",
    "/kudos",
    "/kudos/values",
    "/rewards/desk/new",
)
PLAYED = re.compile("account-progress|contests|feed|kudos|rewards|today")
"""Pages that say something else to who plays than to an administrator."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("who", [None, *Role])
def test_every_page(agency: Site, examples: Examples, who: Role | None, part: int) -> None:
    """In parts, so that two processes share the work of who has most pages; a recruiter's say where they stand."""
    context = agency.context(examples.people[who] if who else None, reduced_motion="reduce")
    also = look.place if who is Role.RECRUITER else look.title
    found = tour(agency, context, stops(agency.app, who, examples)[part::PARTS], also)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("who", [Role.ADMIN, Role.RECRUITER])
def test_every_page_in_english(agency: Site, examples: Examples, who: Role) -> None:
    context = agency.context(examples.people[who], locale="en-GB")
    found, page = [], context.new_page()
    for name, url, _ in stops(agency.app, who, examples):
        if who is not Role.ADMIN and not PLAYED.match(name):
            continue
        answer = page.goto(url)
        assert (name, answer.status if answer else 0) == (name, status_of(name))
        found += [f"{name}: {each}" for each in look.foreign(page, "en") + look.title(page)]
    context.close()
    assert not found, "\n".join(found)


def test_pages_of_failures(agency: Site) -> None:
    found = tour(agency, agency.context(reduced_motion="reduce"), FAILING)
    assert [each for each in found if "responded with a status of 50" not in each] == []


def test_pages_of_what_was_filled_in_wrongly(agency: Site, examples: Examples) -> None:
    """Each form is sent as it is, with every field emptied; scripts do not stop it."""
    context, found = agency.context(examples.people[Role.ADMIN], reduced_motion="reduce"), []
    page, told = context.new_page(), f"/contests/desk/{examples.contest_told}"
    desk = (f"/contests/desk/{examples.contest_idea}/days", f"{told}/amendments", f"{told}/cancellation")
    for url in (*FORMS, *desk):
        page.goto(url)
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            page.evaluate(SEND_EMPTY)
        page.wait_for_load_state()
        found += [f"{url} {each}" for each in faults(page, USUAL, "nl")]
        assert sent.value.status == 422, url
        expect(page.get_by_role("alert").first).to_be_visible()
    context.close()
    assert not found, "\n".join(found)


def test_the_page_of_a_dry_run(agency: Site, examples: Examples) -> None:
    page = agency.context(examples.people[Role.SPONSOR], reduced_motion="reduce").new_page()
    page.goto(f"/contests/desk/{examples.contest_idea}")
    page.locator("form[action$='/dry-run'] button").click()
    expect(page.locator("#dry-run table")).to_be_visible()
    assert not (found := list(faults(page, EVERYWHERE, "nl"))), "\n".join(found)


@pytest.mark.parametrize("width", [390, NARROWEST])
def test_the_rounds_of_a_knock_out_are_read_to_the_last(agency: Site, examples: Examples, width: int) -> None:
    """They are wider than a phone: each is scrolled to by keys, within its frame, and nothing of it is cut off."""
    context = agency.context(
        examples.people[Role.RECRUITER], viewport={"width": width, "height": 844}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"/contests/{examples.contests['rounds']}")
    page.locator(".rounds").focus()
    assert page.evaluate(look.CUT_OFF, ".rounds") == []
    assert look.sideways(page) == []
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    last = page.locator(".rounds > ol > li").last.locator(".card").first
    expect(last).to_be_in_viewport(ratio=0.9)
    context.close()


def test_an_empty_installation(sqlite_template: Path, tmp_path: Path, chromium: Chromium) -> None:
    with demo_at(sqlite_template, tmp_path, chromium) as site:
        page = site.context(reduced_motion="reduce").new_page()
        found = [f"{name} {each}" for name in beginning(page) for each in faults(page, USUAL, "nl")]
        found += site.faults
    assert not found, "\n".join(found)
