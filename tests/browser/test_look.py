"""What looks at the pages sees every fault of colour that axe sees, also where all that it saw before was right."""

from collections.abc import Iterator
from typing import cast

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.browser import look
from tests.browser.test_pages import EVERYWHERE, NARROWEST, faults

PAGE = """<!doctype html><html lang="nl"><head><title>Kleuren</title><style>
  body { background: #fff; color: #222; font: 16px sans-serif }
  .card { background: #eee; padding: 8px }
  .large { font-size: 40px }
  .grey { color: #888 }
  a { color: #00c; text-decoration: underline }
  </style></head><body><main><h1>Kleuren</h1>
  <div class="card"><p id="one">Een gewone zin.</p></div>
  <div class="card" id="around"><p id="two">Nog een gewone zin.</p></div>
  <p>Een zin met <a href="#one">een verwijzing</a> naar elders.</p>
  <p>Een zin met <a href="#two" id="link">nog een verwijzing</a> naar elders.</p>
  <p class="large">Groot</p><p class="large grey">Groot en grijs</p>
  </main></body></html>"""
WRONG = {
    "pale text": ("#two", "color: #ccc", "color-contrast: #two"),
    "what suffices for large text, on small": ("#two", "color: #888", "color-contrast: #two"),
    "a dark ground": ("main", "background: #555", "color-contrast: h1"),
    "a dark card": ("#around", "background: #444", "color-contrast: #two"),
    "text that is see-through": ("#two", "opacity: 0.4", "color-contrast: #two"),
    "a card that is see-through": ("#around", "opacity: 0.4", "color-contrast: #two"),
    "a dark plane behind": (
        "h1",
        "position: fixed; inset: 0; z-index: -1; background: #555",
        "color-contrast: p:nth-child(4)",
    ),
    "a link that only its colour tells": ("#link", "text-decoration: none", "link-in-text-block: #link"),
}
"""By what is wrong: where, with which style, and how the fault begins that is found first."""
PLAIN = """async () => {
  axe.reset();
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(" ")}`));
}"""
PALE = "#two { color: #ccc }"
STYLED = "(element, style) => element.setAttribute('style', style)"
pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Chromium) -> Iterator[Page]:
    """A page of which the colours are right, and looked at."""
    context = chromium.new_context()
    found = context.new_page()
    found.set_content(PAGE)
    assert look.axe(found) == []
    yield found
    context.close()


def plain(page: Page) -> list[str]:
    """What axe itself finds, when it is told nothing."""
    return cast("list[str]", page.evaluate(PLAIN))


@pytest.mark.parametrize("what", WRONG)
def test_a_fault_is_seen_after_what_was_right(page: Page, what: str) -> None:
    where, style, first = WRONG[what]
    page.locator(where).evaluate(STYLED, style)
    found, faults = look.axe(page), plain(page)
    assert found[0].startswith(first)
    assert [each.partition(" Fix ")[0] for each in found] == faults


def test_nothing_is_compared_twice(page: Page) -> None:
    """Else looking at every page takes twice as long, and nothing says why."""
    for rule, lines in page.evaluate("() => judging.situations()").items():
        assert lines, rule
        assert set(lines) <= look.CLEAN[rule]


def test_a_fault_is_seen_each_time(page: Page) -> None:
    page.locator("#two").evaluate(STYLED, "color: #ccc")
    assert look.axe(page, look.COLOURS) == look.axe(page, look.COLOURS) != []


@pytest.mark.parametrize(("width", "theme"), EVERYWHERE)
def test_a_fault_of_one_view_alone_is_seen(page: Page, width: int, theme: str) -> None:
    page.add_style_tag(content=f"@media (width: {width}px) and (prefers-color-scheme: {theme}) {{ {PALE} }}")
    (found,) = faults(page, EVERYWHERE, "nl")
    assert found.startswith(f"{width} {theme}: color-contrast: #two")


@pytest.mark.parametrize("width", [*dict(EVERYWHERE), NARROWEST])
def test_what_sticks_out_at_one_width_alone_is_seen(page: Page, width: int) -> None:
    page.add_style_tag(content=f"@media (width: {width}px) {{ #one {{ width: 3000px }} }}")
    found = [each for each in faults(page, EVERYWHERE, "nl") if "too wide" in each]
    assert {each.split()[0].rstrip(":") for each in found} == {str(width)}
