"""Passkeys in a real browser, with a device that Chromium pretends to have: added, used, asked for as a second step."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.db import db
from app.domain.agency import password
from app.domain.agency.person import Person
from tests.browser.conftest import Site
from tests.people import make_people

RIGHT = "paars olifant fiets"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = pytest.mark.browser


@pytest.fixture
def sanne(site: Site) -> Person:
    with site.app.app_context():
        person = make_people().sanne
        person.password_hash = password.hashed(RIGHT)
        db.session.commit()
        return person


class Device:
    """The page of a browser whose machine keeps passkeys."""

    def __init__(self, site: Site) -> None:
        site.url = site.url.replace("127.0.0.1", "localhost")
        site.app.config["SETTINGS"].public_url = site.url
        self.page = site.context().new_page()
        self.line = self.page.context.new_cdp_session(self.page)
        self.line.send("WebAuthn.enable")
        self.number = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def keys(self) -> int:
        return len(self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.number})["credentials"])

    def refuse(self) -> None:
        """From now on no finger fits."""
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": False})


@pytest.fixture
def device(site: Site, sanne: Person) -> Iterator[Device]:
    found = Device(site)
    yield found
    found.page.context.close()


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in?next=/account/safety")
    page.get_by_label("Mailadres").fill("sanne@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill(RIGHT)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def add(page: Page) -> None:
    sign_in(page)
    page.get_by_label("Naam van de passkey").fill("Laptop van het werk")
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Je codes op papier")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Uitloggen").first.click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_anything_typed(device: Device) -> None:
    page = device.page
    add(page)
    assert device.keys() == 1
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.get_by_text("Laptop van het werk")).to_be_visible()
    sign_out(page)
    page.goto("/account/sign-in?next=/account")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", name="Profiel")).to_be_visible()


def test_it_is_the_second_step_after_a_password(device: Device) -> None:
    page = device.page
    add(page)
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page.get_by_role("heading", name="Veilig inloggen")).to_be_visible()


def test_a_finger_that_does_not_fit_opens_nothing_and_says_so(device: Device) -> None:
    page = device.page
    add(page)
    sign_out(page)
    device.refuse()
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.locator(".toast .text").first).to_have_text(
        "Er is geen passkey gebruikt. Probeer het opnieuw of kies een andere manier."
    )
    page.goto("/account")
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_a_removed_key_signs_in_no_more(device: Device) -> None:
    page = device.page
    add(page)
    page.goto("/account/safety")
    page.get_by_role("button", name="Weghalen").click()
    expect(page.get_by_text("Laptop van het werk")).to_have_count(0)
    sign_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Deze passkey werkte hier niet.")).to_be_visible()


def test_without_scripts_the_page_says_what_is_missing(site: Site, sanne: Person) -> None:
    page = Device(site).page.context.browser.new_context(java_script_enabled=False, base_url=site.url).new_page()  # type: ignore[union-attr] # a context of a browser
    sign_in(page)
    expect(page.get_by_text("Voor een passkey is een browser met JavaScript nodig")).to_be_visible()
    expect(page.get_by_role("button", name="Passkey toevoegen")).to_be_hidden()
    page.context.close()
