"""Segment's client for browsers, unmodified, on another origin: it asks us for its settings and tells us the rest."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from tests.clients.live import Live, listening
from tests.clients.website import AGENT, Website, page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("clients")]
UMD = Path("node_modules/@segment/analytics-next/dist/umd")
TELL = """async () => {
  await window.analytics.identify("b-1", { email: "bram@example.com" })
  await window.analytics.track("Job Viewed", { job_id: 12 })
  await window.analytics.page("Home")
  await window.analytics.group("g")
}"""


@pytest.fixture(scope="session")
def engine_name() -> str:
    """What is tested is the script, which knows no database."""
    return "sqlite"


def script(live: Live) -> str:
    load = f'AnalyticsNext.AnalyticsBrowser.load({{ writeKey: "{live.browser_key}", cdnURL: "{live.url}" }})'
    return f'<script src="/index.js"></script><script>window.analytics = {load}</script>'


def test_segment_in_a_browser(live: Live, modules: Path, chromium: Chromium) -> None:
    faults: list[str] = []
    with listening(Website({"": page(script(live))}, modules / UMD)) as url:
        tab = chromium.new_context(user_agent=AGENT).new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(url)
        tab.evaluate(TELL)
        live.wait_for(tab, 4)
        tab.context.close()
    assert faults == []
    assert live.fates(trusted=False) == ["not_trusted", "waiting", "waiting", "passed"]
    assert [(each.kind, each.vacancy) for each in live.visits()] == [("job_view", "12"), ("site_visit", None)]
    posted = [each for each in live.door.asked if each["REQUEST_METHOD"] == "POST"]
    assert {each["CONTENT_TYPE"].partition(";")[0] for each in posted} == {"text/plain"}
    assert {each["HTTP_ORIGIN"] for each in posted} == {url}
