"""How long a key takes to bring the next card, measured in the browser: from the press until the card stands."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from playwright.sync_api import Page

FEEL, FRAMES = 200, 4
"""Milliseconds, or so many times what the first frame after a key takes, where the machine does other things too.

Whoever waits for the server waits for many frames. The suite can only tell this; the bench holds it to less.
"""

WATCH = """() => {
  const card = () => document.getElementById("queue-name");
  let pressed = 0;
  let before = null;
  window.took = [];
  window.frames = [];
  const painted = (since, times) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => times.push(performance.now() - since);
    after.port2.postMessage("");
  });
  const acts = () => card() && card() !== before && card() === document.activeElement && card().checkVisibility()
    && document.querySelector(".queue-form[data-htmx-powered] .outcome:enabled");
  const look = () => {
    if (!pressed || !acts()) return;
    const since = pressed;
    pressed = 0;
    painted(since, took);
  };
  document.addEventListener("keydown", (event) => {
    pressed = event.timeStamp;
    before = card();
    painted(pressed, frames);
  }, true);
  document.addEventListener("focusin", look);
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
}"""
"""It stands when its name is another one, seen and focused, a key that is pressed on it acts, and it was painted."""


@contextmanager
def held(page: Page) -> Iterator[None]:
    """What is done brings a card, and the one behind it is held when this is over."""
    with page.expect_response("**/ahead") as answer:
        yield
    answer.value.finished()
    page.evaluate("() => new Promise((then) => setTimeout(then))")


def watch(page: Page) -> None:
    """Measure on every page that is opened from now on."""
    page.add_init_script(f"({WATCH})()")


def took(page: Page) -> list[float]:
    """The milliseconds of every key so far."""
    return cast("list[float]", page.evaluate("() => took"))


def first_frames(page: Page) -> list[float]:
    """The milliseconds of every key until anything was painted after it."""
    return cast("list[float]", page.evaluate("() => frames"))


def usual(page: Page) -> tuple[float, float]:
    """What half of the keys do not exceed, and half of the first frames after them."""
    return statistics.median(took(page)), statistics.median(first_frames(page))
