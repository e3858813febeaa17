"""How long a key takes to bring the next card, measured in the browser: from the press until the card stands."""

from typing import cast

from playwright.sync_api import Page

FEEL = 200
"""Milliseconds; the suite shares its processors and can only tell a fault from a delay: the bench holds it to less."""

WATCH = """() => {
  const queue = () => document.getElementById("queue");
  let pressed = 0;
  let before = null;
  window.took = [];
  document.addEventListener("keydown", () => { pressed = performance.now(); before = queue(); }, true);
  document.addEventListener("htmx:after:swap", () => {
    if (!pressed || queue() === before) return;
    const since = pressed;
    pressed = 0;
    queueMicrotask(() => {
      document.body.getBoundingClientRect();
      took.push(performance.now() - since);
    });
  });
}"""


def watch(page: Page) -> None:
    """Measure on every page that is opened from now on."""
    page.add_init_script(f"({WATCH})()")


def took(page: Page) -> list[float]:
    """The milliseconds of every key so far."""
    return cast("list[float]", page.evaluate("() => took"))


def usual(page: Page) -> float:
    """Which half of the keys do not exceed; a suite that shares its processors tells no more."""
    found = sorted(took(page))
    return found[len(found) // 2]
