"""The main job, walked in a real browser: from an empty installation to the reminder's button."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jobs import due_letters, outbox
from tests.browser.conftest import Site
from tests.browser.hands import Hands
from tests.mailbox import Mailbox, open_mailbox, text_of

FRIDAY = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
PASSWORD = "paars fietst verder"
RECRUITERS_PASSWORD = "groene tractor slaapt"
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S*")
POOL = """sep=;
Kandidaatnummer;Naam;Telefoon;E-mail;Functie;Plaats;Eigenaar
1001;Jan van der Berg;0612345678;jan@voorbeeld.nl;Lasser;Zwolle;sanne@voorbeeld.nl
1002;Fatima El Amrani;612345679;fatima@voorbeeld.nl;Planner;Breda;sanne@voorbeeld.nl
1003;Noor de Wit;06-12345670;noor@voorbeeld.nl;Kok;Assen;sanne@voorbeeld.nl
1004;Zonder Bereik;abc;;Kok;Assen;sanne@voorbeeld.nl
"""


@pytest.fixture
def mailbox(site: Site) -> Iterator[Mailbox]:
    with open_mailbox() as box:
        site.app.config["SETTINGS"].mail_url = box.url
        yield box


def send(site: Site, moment: datetime) -> None:
    """What the jobs process does, now."""
    with site.app.app_context():
        due_letters.reminders("test", moment)
        outbox.send_due("test", moment)


@pytest.mark.browser
def test_from_an_empty_installation_to_the_reminders_button(
    hands: Hands, site: Site, mailbox: Mailbox, page: Page, tmp_path: Path
) -> None:
    set_up(page)
    send(site, hands.now())
    import_candidates(page, tmp_path)
    recruiter = site.context(viewport={"width": 1366, "height": 768}).new_page()
    accept(recruiter, mailbox)
    log_by_key(recruiter)
    see_the_board(recruiter)
    see_the_sponsors_page(page)
    hands.set(FRIDAY)
    send(site, hands.now())
    send(site, hands.now() + timedelta(minutes=1))
    follow_the_reminder(recruiter, mailbox)
    recruiter.context.close()


def set_up(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup/1$"))
    facts = {"program_name": "Vaste Band", "agency_name": "Uitzendbureau Voorbeeld", "admin_name": "Ada Smit",
             "admin_email": "ada@voorbeeld.nl", "password": PASSWORD}  # fmt: skip
    for name, value in facts.items():
        page.fill(f"[name={name}]", value)
    page.locator("label", has=page.locator("[name=council][value=agreed]")).click()
    page.get_by_role("button", name="Verder").click()
    for step in (2, 3, 4):
        expect(page).to_have_url(re.compile(f"/setup/{step}$"))
        page.get_by_role("button", name="Nu overslaan" if step == 2 else "Verder").click()
    page.fill("[name=people]", "Sanne de Vries, sanne@voorbeeld.nl")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Bestand importeren").click()


def import_candidates(page: Page, folder: Path) -> None:
    file = folder / "kandidaten.csv"
    file.write_bytes(POOL.encode("cp1252"))
    expect(page).to_have_url(re.compile("/candidates/import$"))
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Naar de kolommen").click()
    page.get_by_role("button", name="Bekijken wat er zou gebeuren").click()
    page.get_by_role("button", name="3 kandidaten importeren").click()
    expect(page.get_by_role("status").first).to_contain_text("3 kandidaten")
    page.get_by_role("link", name="Naar de kandidaten").click()
    expect(page.get_by_role("main")).to_contain_text("Jan van der Berg")


def accept(page: Page, mailbox: Mailbox) -> None:
    (letter,) = mailbox.read("sanne@voorbeeld.nl")
    (link,) = LINK.findall(text_of(letter))
    page.goto(link)
    for name in ("password", "repeat"):
        page.fill(f"[name={name}]", RECRUITERS_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie is nu aan de beurt?")
    page.wait_for_load_state()  # keys mean nothing before the scripts have run


def log_by_key(page: Page) -> None:
    """One key begins, one logs the outcome for the candidate who is on top, and what it earned is said at once."""
    page.keyboard.press("o")
    expect(page.locator(".queue-form[data-htmx-powered]")).to_be_attached()
    page.keyboard.press("1")
    expect(page.locator(".queue-last")).to_contain_text("30 punten")


def see_the_board(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ranglijst")
    expect(page.get_by_role("row", name=re.compile("Sanne de Vries"))).to_contain_text("30")


def see_the_sponsors_page(page: Page) -> None:
    page.goto("/sponsor")
    expect(page.get_by_role("main")).to_contain_text(re.compile("1 van (de )?1"))


def follow_the_reminder(page: Page, mailbox: Mailbox) -> None:
    reminder = mailbox.read("sanne@voorbeeld.nl")[1:]
    assert len(reminder) == 1, "one reminder a week, however often it is planned"
    text = text_of(reminder[0])
    assert "Fatima El Amrani" in text
    page.goto(LINK.findall(text.partition("Start mijn opvolgmoment")[2])[0])
    page.fill("[name=email]", "sanne@voorbeeld.nl")
    page.fill("[name=password]", RECRUITERS_PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opvolgmoment")
