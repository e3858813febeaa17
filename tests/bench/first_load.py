"""How many bytes a browser fetches for its first page of Fanfare, with nothing kept yet: the second half of B14."""

from playwright.sync_api import sync_playwright

from tests.bench.figure import Figure, Skipped
from tests.bench.queue import answering, on_sqlite, recruiters
from tests.browser.conftest import Site
from tests.browser.demo import MOMENT, standing_at
from tests.chromium import FLAGS, chromium_path

MOST = 60_000
PAGES = {"Today": "/", "the board": "/board"}


def fetched(site: Site, path: str) -> int:
    """Everything that came over the line until the page was still, headers as well."""
    context = site.context(recruiters(site.app, 0, 1)[0])
    page, sizes = context.new_page(), list[float]()
    listening = context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    context.close()
    print(f"{path}: {len(sizes)} answers, {sum(sizes):.0f} bytes")
    return round(sum(sizes))


def b14(_quick: bool) -> list[Figure]:
    """Each in a browser that was never here."""
    if chromium_path() is None:
        raise Skipped("no Chromium is installed (make setup-browser)")
    with sync_playwright() as playwright, on_sqlite() as app, standing_at(MOMENT):
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        with answering(app, chromium) as (site, _server):
            found = {name: fetched(site, path) for name, path in PAGES.items()}
        chromium.close()
    return [Figure(f"first load of {name}", "bytes", size, target=MOST) for name, size in found.items()]
