"""An empty installation, step by step: what somebody sees before there is anything."""

from collections.abc import Iterator

from playwright.sync_api import Page

FIRST_STEP = {
    "program_name": "Vaste Band",
    "agency_name": "Uitzendbureau Voorbeeld",
    "admin_name": "Ada Smit",
    "admin_email": "ada@voorbeeld.nl",
    "password": "paars fietst verder",
}
LAST = 6
EMPTY = {
    "today": "/",
    "board": "/board",
    "candidates": "/candidates",
    "log": "/log",
    "people": "/people",
    "teams": "/people/teams",
    "connections": "/connections",
    "sponsor": "/sponsor",
    "about": "/program/about",
}


def beginning(page: Page) -> Iterator[str]:
    """Open each page in turn; yields its name while it is open."""
    page.goto("/")
    yield "setup-1"
    for name, value in FIRST_STEP.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button.primary").click()
    for number in range(2, LAST + 1):
        page.wait_for_url(f"**/setup/{number}")
        yield f"setup-{number}"
        if number < LAST:
            page.locator("[name=skip]").click() if page.locator("[name=skip]").count() else page.goto(
                f"/setup/{number + 1}"
            )
    page.locator("main form button").last.click()
    for name, url in EMPTY.items():
        page.goto(url)
        yield f"empty-{name}"
