"""Our own snippet in a browser, on a website of another origin: nothing before a yes, and nothing after a no."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app import clock
from tests.clients.live import Live, listening, until
from tests.clients.website import AGENT, Website, page

HOUR = timedelta(hours=1)
AT_ONCE = 600
"""Milliseconds: the snippet sends together what comes within half a second."""
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("clients")]


@pytest.fixture(scope="session")
def engine_name() -> str:
    """What is tested is the script, which knows no database."""
    return "sqlite"


@contextmanager
def visit(
    live: Live, chromium: Chromium, consent: str = "", before: str = "", at: datetime | None = None
) -> Iterator[Page]:
    """A page with the snippet, perhaps with a clock that begins at a moment; whatever goes wrong on it is a fault."""
    tag = f'<script async src="{live.url}/s.js" data-key="{live.browser_key}" {consent}></script>'
    head = f"<script>{before}</script>{tag}"
    faults: list[str] = []
    with listening(Website({"": page(head), "next": page(head, "Lasser")})) as url:
        tab = chromium.new_context(user_agent=AGENT).new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        if at:
            tab.clock.install(time=at)
        tab.goto(url, wait_until="networkidle")
        try:
            yield tab
        finally:
            tab.context.close()
    assert faults == []


def kept(tab: Page) -> list[str]:
    found: list[str] = tab.evaluate("() => Object.entries(localStorage).flat()")
    assert tab.context.cookies() == []
    return found


def sent(tab: Page, live: Live, number: int) -> list[tuple[str, str]]:
    """Kind and verdict of what came, once so many lines did, by kind: of one moment any may come first."""
    live.wait_for(tab, number)
    return sorted((each.kind, each.verdict) for each in live.visits())


def test_without_a_yes_nothing_is_kept_or_sent(live: Live, chromium: Chromium) -> None:
    with visit(live, chromium) as tab:
        tab.evaluate("() => fanfare('track', 'Job Viewed', { job_id: 12 })")
        tab.evaluate("() => fanfare('dance')")
        tab.keyboard.press("ArrowDown")
        tab.wait_for_timeout(1_000)
        assert kept(tab) == []
    assert "POST" not in {each["REQUEST_METHOD"] for each in live.door.asked}


def test_after_a_yes_a_visitor_is_seen(live: Live, chromium: Chromium) -> None:
    now = clock.now()
    with visit(live, chromium, at=now - HOUR) as tab:
        tab.clock.pause_at(now)  # nobody stays three seconds by themselves
        tab.evaluate("() => fanfare('consent', true)")
        tab.evaluate("() => fanfare('track', 'Job Viewed', { job_id: 12 })")
        tab.clock.run_for(AT_ONCE)
        assert sent(tab, live, 2) == [("job_view", "unknown"), ("site_visit", "unknown")]
        tab.keyboard.press("ArrowDown")
        tab.clock.run_for(AT_ONCE)
        assert sent(tab, live, 3) == [("job_view", "human"), ("site_visit", "human")]
        assert {each.kind: each.payload for each in live.visits()} == {
            "site_visit": {"path": "/", "title": "Vacatures"},
            "job_view": {"event": "Job Viewed"},
        }
        mark = kept(tab)
        assert (mark[0], {each.anonymous_id for each in live.visits()}) == ("fanfare", {mark[1]})
    assert {each["HTTP_COOKIE"] for each in live.door.asked} == {""}


def test_who_stays_three_seconds_looked(live: Live, chromium: Chromium) -> None:
    with visit(live, chromium, 'data-consent="given"') as tab:
        assert sent(tab, live, 2) == [("site_visit", "human")]


def test_who_leaves_is_heard_and_known_at_the_next_page(live: Live, chromium: Chromium) -> None:
    with visit(
        live, chromium, before="(window.fanfare = (...all) => fanfare.q.push(all)).q = [['consent', true]]"
    ) as tab:
        tab.evaluate("() => fanfare('track', 'Form Submitted')")
        tab.goto(f"{tab.url}next")
        until(tab, lambda: len(live.visits()) >= 3)
        assert sorted(each.kind for each in live.visits()) == ["form", "site_visit", "site_visit"]
        assert len({each.anonymous_id for each in live.visits()}) == 1


def test_a_no_ends_it(live: Live, chromium: Chromium) -> None:
    with visit(live, chromium, 'data-consent="given"') as tab:
        first = kept(tab)[1]
        tab.evaluate("() => { fanfare('consent', false); fanfare('track', 'Job Viewed') }")
        assert kept(tab) == []
        tab.evaluate("() => fanfare('consent', true)")
        assert kept(tab)[1] != first
        sent(tab, live, 2)
    assert "job_view" not in {each.kind for each in live.visits()}
