"""Signing in with the agency's account in a real browser: through its page and back, linked, used, and refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import outside_account, password
from app.domain.agency.person import Person
from tests.browser.conftest import Site
from tests.identity_provider import CLIENT, OLD_WAYS, SECRET, There, open_provider
from tests.people import make_people

RIGHT = "paars olifant fiets"
NAME = "Voorbeeld-ID"
pytestmark = [pytest.mark.browser, OLD_WAYS]


@pytest.fixture
def there(site: Site) -> Iterator[There]:
    """The provider, which is set, and knows Sanne and somebody who has nothing to do with us."""
    with open_provider() as there, site.app.app_context():
        settings = site.app.config["SETTINGS"]
        oidc = {"oidc_issuer": there.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_name": NAME}
        site.app.config["SETTINGS"] = settings.model_copy(update=oidc)
        there.knows("sanne-there", email="sanne@voorbeeld.nl", email_verified=True)
        there.knows("attacker-there", email="sanne@voorbeeld.nl", email_verified=True)
        make_people().sanne.password_hash = password.hashed(RIGHT)
        db.session.commit()
        yield there


@pytest.fixture
def opened(site: Site, there: There, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a visitor; what the provider's page loads from elsewhere is not asked for."""
    context = site.context(java_script_enabled=getattr(request, "param", True))
    context.route(lambda url: "//localhost:" not in url and "//127.0.0.1:" not in url, lambda route: route.fulfill())
    yield context.new_page()
    context.close()


def go_there(page: Page, subject: str, by: str = NAME) -> None:
    """Through the provider's page, as somebody."""
    page.get_by_role("button", name=by).click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def link(page: Page) -> None:
    page.goto("/account/sign-in?next=/account/safety")
    page.get_by_label("Mailadres").fill("sanne@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill(RIGHT)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    go_there(page, "sanne-there", "Mijn account koppelen")
    expect(page.get_by_text(f"Vanaf nu kun je inloggen met {NAME}.").first).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Uitloggen").first.click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


@pytest.mark.parametrize("opened", [True, False], ids=["scripts", "no scripts"], indirect=True)
def test_linked_it_leads_to_the_page_that_was_asked_for(opened: Page) -> None:
    link(opened)
    sign_out(opened)
    opened.goto("/account")
    go_there(opened, "sanne-there")
    expect(opened.get_by_role("heading", name="Profiel")).to_be_visible()
    assert opened.url.endswith("/account")


def test_an_account_with_her_address_is_not_hers_and_the_page_says_what_to_do(opened: Page) -> None:
    opened.goto("/account/sign-in")
    go_there(opened, "attacker-there")
    expect(opened.get_by_text("Dit account is hier aan niemand gekoppeld.")).to_be_visible()
    opened.goto("/account")
    expect(opened.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_an_answer_in_the_history_opens_nothing_once_more(site: Site, there: There, opened: Page) -> None:
    sanne = db.session.scalars(select(Person).where(Person.email == "sanne@voorbeeld.nl")).one()
    outside_account.link(sanne, there.issuer, "sanne-there", clock.now())
    db.session.commit()
    answers: list[str] = []
    opened.on("request", lambda asked: answers.append(asked.url) if "/outside/back?" in asked.url else None)
    opened.goto("/account/sign-in")
    go_there(opened, "sanne-there")
    sign_out(opened)
    opened.goto(answers[0])
    expect(opened.get_by_role("heading", name="Inloggen")).to_be_visible()
    expect(opened.get_by_text("Dat duurde te lang").first).to_be_visible()
