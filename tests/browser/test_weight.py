"""What a page weighs on the wire: small enough for a phone in a train."""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession, Page

from app.domain.agency.person import Role
from tests.browser.conftest import Site
from tests.browser.demo import MAILS, person_of

KILOBYTE = 1000
pytestmark = pytest.mark.browser


@dataclass
class Received:
    """One answer of the server: what it is, and how many bytes came, headers included."""

    url: str
    kind: str
    bytes: int = 0
    cached_for: str = ""


class Scale:
    """Weighs everything that a page fetches."""

    def __init__(self, page: Page) -> None:
        self.answers: dict[str, Received] = {}
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.responseReceived", self._begun)
        self.session.on("Network.loadingFinished", self._ended)

    def _begun(self, event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        kept = "" if response.get("fromDiskCache") else str(response["headers"].get("Cache-Control", ""))
        self.answers[str(event["requestId"])] = Received(str(response["url"]), str(event["type"]), 0, kept)

    def _ended(self, event: dict[str, object]) -> None:
        if str(event["requestId"]) in self.answers:
            self.answers[str(event["requestId"])].bytes = int(str(event["encodedDataLength"]).partition(".")[0])

    def all(self) -> Iterable[Received]:
        return self.answers.values()

    def weight(self, kind: str = "") -> int:
        return sum(each.bytes for each in self.all() if kind in each.kind)


@pytest.fixture
def page(demo: Site) -> Page:
    return demo.context(person_of(demo.app, MAILS[Role.RECRUITER])).new_page()


def test_the_first_page_weighs_at_most_60_kb(page: Page) -> None:
    scale = Scale(page)
    page.goto("/", wait_until="networkidle")
    weights = {each.url: each.bytes for each in scale.all()}
    assert 20 * KILOBYTE < scale.weight() <= 60 * KILOBYTE, weights
    assert 0 < scale.weight("Script") <= 22 * KILOBYTE, weights
    assert 0 < scale.weight("Stylesheet") <= 15 * KILOBYTE, weights


def test_the_page_for_everybody_weighs_at_most_60_kb_and_runs_nothing(demo: Site) -> None:
    page = demo.context().new_page()
    scale = Scale(page)
    page.goto("/about/nl", wait_until="networkidle")
    weights = {each.url: each.bytes for each in scale.all()}
    assert 20 * KILOBYTE < scale.weight() <= 60 * KILOBYTE, weights
    assert (scale.weight("Script"), page.context.cookies()) == (0, [])


@pytest.mark.parametrize("url", ["/board", "/candidates", "/account"])
def test_a_later_page_weighs_at_most_10_kb(page: Page, url: str) -> None:
    page.goto("/", wait_until="networkidle")
    scale = Scale(page)
    page.goto(url, wait_until="networkidle")
    assert 0 < scale.weight() <= 10 * KILOBYTE, {each.url: each.bytes for each in scale.all()}


def test_assets_are_kept_for_good(page: Page) -> None:
    scale = Scale(page)
    page.goto("/", wait_until="networkidle")
    assets = [each for each in scale.all() if "/assets/" in each.url]
    assert len(assets) >= 4
    assert [each.url for each in assets if "immutable" not in each.cached_for] == []
