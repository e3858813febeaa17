"""Every page and every form works in a browser that runs no scripts: whoever has none misses no task."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.demo.build import PASSWORD
from app.domain.agency.person import Role
from tests.browser.beginning import beginning
from tests.browser.conftest import Site, demo_at
from tests.browser.demo import MAILS, make_examples
from tests.browser.plain import Plain
from tests.browser.stops import stops
from tests.browser.test_goals import CARD, SCREEN, TOAST, UNDONE, counted
from tests.house.matrix import SCOPES
from tests.people import Browser

NO_FORM = {
    "a passkey, which no browser has at a bare number": {
        "account.add_passkey",
        "account.enter_by_passkey",
        "account.prove_by_passkey",
        "account.prove_self_by_passkey",
    },
    "for machines and scripts": {
        "account.ask_passkey",
        "account.challenge",
        "block.hold",
        "block.started",
        "hooks.take_in",
        "hooks.take_in_of_vendor",
        "intake.take_in",
        "intake.take_in_one",
        "policy_reports",
        "public.stop_mail",
        "scim.collection",
        "scim.single",
        "today.begin_contact",
        "tv.seen",
    },
    "before there is an agency, walked below": {"setup.answer", "setup.begin"},
    "on a card of the queue, walked below": {
        "block.back",
        "block.end",
        "block.hot",
        "block.next",
        "block.next_step",
        "block.outcome",
        "block.skip",
    },
    "takes back what was pressed, beside the message that says so": {
        "candidates.give_back",
        "candidates.undo_application",
        "candidates.undo_many",
        "candidates.undo_merge",
        "candidates.undo_several",
        "contests.join",
        "intake.take_back",
        "kudos.bring_back_value",
        "kudos.show",
        "people.reactivate",
        "program.bring_kind_back",
        "program.drop_season",
        "program.reset_phrase",
        "program.restore_phrase",
        "program.return_screen",
        "public.allow_score",
        "public.end_pause",
        "public.resume",
        "public.resume_reach",
        "public.take_erasure_back",
        "public.undo_from_mail",
        "timetable.give_up",
        "timetable.give_up_team",
        "timetable.put_back",
        "timetable.restore",
        "timetable.take_back",
        "today.restore_promise",
    },
    "where there is an identity provider, which the demo has not": {
        "account.go_outside",
        "account.go_to_accept",
        "account.go_to_link",
        "account.unlink",
    },
    "where other software is connected, which the demo has not": {
        "candidates.remove_crm_id",
        "intake.ask_bullhorn_again",
        "intake.knock_bullhorn",
        "intake.let_vendor_go",
        "intake.try_vendor_again",
    },
    "where something waits that the demo does not have": {
        "account.confirm_app",
        "account.end_app",
        "account.end_calendar",
        "account.end_passkey",
        "account.make_codes",
        "account.prove_second",
        "account.see_unusual",
        "budget.hand_prize",
        "budget.let_go",
        "budget.let_go_surprise",
        "candidates.give_word",
        "candidates.import_write",
        "candidates.prefer",
        "candidates.take_word_back",
        "people.end_sessions",
        "people.take_factors",
        "contest_desk.archive",
        "contest_desk.hand_over",
        "contests.dispute",
        "intake.end_previous",
        "kudos.start_values",
        "lab.stop",
        "people.withdraw_invitation",
        "program.give_up_score",
        "program.publish_score",
        "public.add_to_feedback",
        "public.call_instead",
        "rewards.begin",
        "rewards.decline_prize",
        "today.drop_contact",
    },
}
"""Commands without a form on the pages of the demo, by the reason."""
pytestmark = pytest.mark.browser


@pytest.fixture
def plain(demo: Site) -> Iterator[Page]:
    """A page on which scripts do not run, signed in by hand."""
    context = demo.context(java_script_enabled=False, viewport=SCREEN)
    page = context.new_page()
    page.goto("/")
    page.fill("[name=email]", MAILS[Role.RECRUITER])
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie is nu aan de beurt?")
    yield page
    context.close()


def test_the_queue_works_without_scripts(demo: Site, plain: Page) -> None:
    before = counted(demo)
    plain.get_by_role("button", name="Je opvolgmoment starten").click()
    name = plain.locator(CARD).inner_text()
    plain.get_by_role("button", name="Overslaan").click()
    expect(plain.locator(CARD)).not_to_have_text(name)
    plain.get_by_role("button", name="Vorige").click()
    plain.get_by_role("button", name="Gesproken").click()
    expect(plain.locator(".queue-last")).to_be_visible()
    assert counted(demo) == before + 1
    plain.locator(".queue-last").get_by_role("button", name="Ongedaan maken").click()
    expect(plain.locator("#toasts")).to_contain_text(UNDONE)
    assert counted(demo) == before
    expect(plain.locator("button[type=button]:visible")).to_have_count(0)
    plain.get_by_role("button", name="Stoppen").click()
    expect(plain.get_by_role("heading", name="Het einde van je opvolgmoment")).to_be_visible()


def test_practising_works_without_scripts(demo: Site, plain: Page) -> None:
    before = counted(demo)
    plain.goto("/block/practice")
    for outcome in ("Gesproken", "Bericht gestuurd", "Geen gehoor"):
        plain.get_by_role("button", name=outcome).click()
    expect(plain.get_by_role("heading", name="Je hebt 3 kandidaten benaderd")).to_be_visible()
    assert counted(demo) == before


def test_logging_for_anybody_works_without_scripts(demo: Site, plain: Page) -> None:
    before = counted(demo)
    plain.get_by_role("link", name="Vastleggen").click()
    plain.fill("[name=q]", "aisha")
    plain.get_by_role("button", name="Zoeken").click()
    if plain.locator("#found a").count():
        plain.locator("#found a").first.click()
    plain.get_by_role("button", name="Geen gehoor").click()
    expect(plain.locator(TOAST)).to_have_count(1)
    assert counted(demo) == before + 1


def test_board_and_quick_add_work_without_scripts(plain: Page) -> None:
    plain.get_by_role("link", name="Ranglijst").click()
    plain.get_by_role("link", name="Maand", exact=True).click()
    expect(plain.locator("tr.me")).to_contain_text("Sanne de Vries")
    plain.get_by_role("link", name="Kandidaten").click()
    plain.get_by_role("link", name="Kandidaat toevoegen").click()
    plain.fill("[name=name]", "Joost Nieuweling")
    plain.fill("[name=reach]", "joost@voorbeeld.nl")
    plain.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Joost Nieuweling")


def test_every_form_has_an_address_and_every_command_a_form(demo: Site) -> None:
    """Pages as the server sends them; each command that has no form on one of them says why."""
    examples, routes = make_examples(demo.app), demo.app.url_map.bind("localhost")
    commands, dead = set(), []
    for who in (None, *Role):
        browser = Browser(demo.app).sign_in(examples.people[who]) if who else Browser(demo.app)
        for stop in stops(demo.app, who, examples):
            page = Plain(browser.client.get(stop.url).text)
            dead += [f"{stop.name}: {each}" for each in page.dead]
            for method, address in page.forms:
                endpoint, _ = routes.match(urlsplit(address or stop.url).path, method=method.upper())
                commands |= {endpoint} if method == "post" else set()
    assert dead == []
    rules = {rule.endpoint for rule in demo.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert rules - commands - set(SCOPES) == set().union(*NO_FORM.values())


def test_a_new_agency_begins_without_scripts(sqlite_template: Path, tmp_path: Path, chromium: Chromium) -> None:
    with demo_at(sqlite_template, tmp_path, chromium) as site:
        page = site.context(java_script_enabled=False).new_page()
        assert [name for name in beginning(page) if name.startswith("setup-")] == [
            f"setup-{step}" for step in range(1, 7)
        ]
        assert site.faults == []
