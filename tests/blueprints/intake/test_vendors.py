"""/connections/vendors: how it goes with each, what facts of contacts mean, and what waits for somebody."""

from collections.abc import Mapping
from typing import Any

import pytest

from app import clock
from app.db import db
from app.domain.actions.bullhorn.people import ORIGIN
from app.domain.actions.settled import Outcome
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.journey import event_name, touchpoint_kind
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.web import extras
from tests import make
from tests.people import Browser, make_people
from tests.vendors.posting import KEYS, SECRET, VERIFY

CHANGE = {"subscriptionType": "contact.propertyChange", "objectId": 777, "propertyName": "recent_conversion_date"}
URL = "/connections/vendors/hubspot"
DIGITS = "bestaat uit cijfers"


@pytest.fixture
def admin(browser: Browser) -> Browser:
    with browser.app.app_context():
        ada = make_people().ada
    return browser.sign_in(ada)


def wait(
    browser: Browser,
    waits_for: str,
    payload: Mapping[str, Any] = CHANGE,
    provider: str = "hubspot",
    outcome: Outcome = Outcome.STRANGER,
) -> None:
    with browser.app.app_context():
        row = ProviderEvent(
            provider=provider, event_id=f"{waits_for}-{provider}", received_at=clock.now(), payload=dict(payload)
        )
        db.session.add(row)
        provider_event.put_aside(row, waits_for, outcome)
        db.session.commit()


def aside(browser: Browser) -> dict[str, int]:
    with browser.app.app_context():
        return provider_event.aside()


@pytest.mark.parametrize("vendor", ["hubspot", "whatsapp", "twilio"])
def test_each_has_a_page_that_says_how_it_is_turned_on(admin: Browser, vendor: str) -> None:
    page = admin.get(f"/connections/vendors/{vendor}").text
    assert f"FANFARE_{vendor.upper()}" in page
    assert "niet verbonden" in page
    assert f"/connections/vendors/{vendor}" in admin.get("/connections").text


def test_another_account_that_tells_us_something_is_said(admin: Browser) -> None:
    told = "Een ander account van HubSpot"
    assert told not in admin.get(URL).text
    with admin.app.app_context():
        row = ProviderEvent(provider="hubspot", event_id="x", received_at=clock.now(), payload={})
        db.session.add(row)
        provider_event.settled(row, Outcome.ELSEWHERE, clock.now())
        db.session.commit()
    page = admin.get(URL).text
    assert told in page
    assert "FANFARE_HUBSPOT_PORTAL" in page
    assert told not in admin.get("/connections/vendors/whatsapp").text


def test_what_is_set_shows_its_address_and_not_its_secret(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(admin.app.config, "SETTINGS", admin.app.config["SETTINGS"].model_copy(update=KEYS))
    for vendor in ("hubspot", "whatsapp", "twilio"):
        page = admin.get(f"/connections/vendors/{vendor}").text
        assert f"http://127.0.0.1:8000/hooks/{vendor}" in page
        assert SECRET not in page
        assert VERIFY not in page


def test_what_is_not_installed_is_said(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "requirements-extras.txt" not in admin.get("/connections/vendors/twilio").text
    monkeypatch.setattr(extras, "has", lambda _module: False)
    assert "requirements-extras.txt" in admin.get("/connections/vendors/twilio").text
    assert "requirements-extras.txt" not in admin.get("/connections/vendors/whatsapp").text


def test_nobody_else_has_such_a_page(admin: Browser) -> None:
    assert admin.get("/connections/vendors/salesforce").status_code == 404
    assert admin.post("/connections/vendors/salesforce/retry", {}, at=URL).status_code == 404


def test_what_a_fact_means_is_chosen_and_stays_chosen(admin: Browser) -> None:
    with admin.app.app_context():
        touchpoint_kind.install_preset()
        db.session.commit()
    assert "hs_analytics_last_visit_timestamp" in admin.get(URL).text
    sent = {"event": "hubspot lifecyclestage", "kind": "referral", "from": "hubspot"}
    answer = admin.post("/connections/events", sent, at=URL)
    assert (answer.status_code, answer.location) == (303, URL)
    with admin.app.app_context():
        assert event_name.beginning("hubspot ")["hubspot lifecyclestage"] == "referral"


def test_what_nobody_mapped_stands_first(admin: Browser) -> None:
    with admin.app.app_context():
        touchpoint_kind.ensure(["hubspot jobtitle"])
        db.session.commit()
    page = admin.get(URL).text
    assert page.index("jobtitle") < page.index("hs_email_last_open_date")
    assert "nog niet gekoppeld" in page


def test_what_waits_is_listed_tried_again_and_let_go(admin: Browser) -> None:
    for number in ("777", ""):
        wait(admin, number)
    page = admin.get(URL).text
    assert "Er is nog geen kandidaat met 777." in page
    assert "We begrepen het niet." in page
    assert "2 gebeurtenissen wachten" in admin.get("/connections").text
    assert admin.post(f"{URL}/retry", {}, at=URL).status_code == 303
    assert aside(admin) == {}
    wait(admin, "778")
    assert admin.post(f"{URL}/removal", {}, at=URL).status_code == 303
    assert aside(admin) == {}


@pytest.mark.parametrize(
    ("payload", "label"),
    [
        ({"wish": "stop"}, "geen berichten meer"),
        ({"wish": "start"}, "weer berichten"),
        ({"wish": "", "type": "text"}, "een bericht aan jullie"),
        ({"type": "system"}, "een nieuw nummer"),
        ({"status": "read"}, "een bericht van jullie: read"),
    ],
)
def test_what_waits_of_messages_has_a_name_and_a_number(admin: Browser, payload: dict[str, str], label: str) -> None:
    wait(admin, "+31612345678", payload, "whatsapp")
    page = admin.get("/connections/vendors/whatsapp").text
    assert label in page
    assert "06 12345678" in page


def test_another_id_with_the_number_of_a_candidate_is_said_with_what_to_do(admin: Browser) -> None:
    told = {"number": "31612345678", "user": "NL.9990001112", "wish": "", "type": "text"}
    wait(admin, "NL.9990001112", told, "whatsapp", Outcome.ANOTHER)
    page = admin.get("/connections/vendors/whatsapp").text
    assert "06 12345678 is het nummer van een kandidaat met een andere WhatsApp-id" in page
    assert "zet dan NL.9990001112 bij die kandidaat onder Alle kanalen" in page


@pytest.fixture
def known(browser: Browser) -> tuple[Browser, int, str]:
    """Sanne, and a candidate of hers."""
    with browser.app.app_context():
        people = make_people()
        row = make.candidate(owner=people.sanne)
        db.session.commit()
        sanne, path = people.sanne, f"/candidates/{row.id}"
    return browser.sign_in(sanne), row.id, path


def numbers(browser: Browser, candidate_id: int) -> list[str]:
    with browser.app.app_context():
        return [row.number for row in crm_id.ids_of(candidate_id)]


def test_a_recruiter_gives_a_number_and_takes_it_away(known: tuple[Browser, int, str]) -> None:
    sanne, candidate_id, path = known
    sent = {"crm": "hubspot", "number": " 501 ", "from": "reach"}
    answer = sanne.post(f"{path}/crm-ids", sent, at=f"{path}/reach")
    assert (answer.status_code, answer.location) == (303, f"{path}/reach#numbers")
    assert numbers(sanne, candidate_id) == ["501"]
    assert "<code>501</code>" in sanne.get(f"{path}/reach").text
    with sanne.app.app_context():
        (row,) = crm_id.ids_of(candidate_id)
    assert sanne.post(f"{path}/crm-ids/{row.id}/removal", {}, at=f"{path}/reach").status_code == 303
    assert numbers(sanne, candidate_id) == []


@pytest.mark.parametrize(
    ("number", "why"),
    [("", ""), ("50 1", DIGITS), ("1" * 19, DIGITS), ("abc", DIGITS), ("é", DIGITS), ("0501", DIGITS)],
)
def test_what_is_no_number_is_said(known: tuple[Browser, int, str], number: str, why: str) -> None:
    sanne, candidate_id, path = known
    answer = sanne.post(f"{path}/crm-ids", {"crm": "hubspot", "number": number}, at=f"{path}/reach")
    assert answer.status_code == 422
    assert why in answer.text
    assert numbers(sanne, candidate_id) == []


def test_a_system_that_is_none_is_said(known: tuple[Browser, int, str]) -> None:
    sanne, candidate_id, path = known
    answer = sanne.post(f"{path}/crm-ids", {"crm": "lotus", "number": "88"}, at=f"{path}/reach")
    assert (answer.status_code, numbers(sanne, candidate_id)) == (422, [])


def test_a_number_is_one_persons(known: tuple[Browser, int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    sanne, candidate_id, path = known
    with sanne.app.app_context():
        other = make.candidate("Iemand Anders")
        crm_id.give(other.id, Crm.HUBSPOT, "501", origin="page", now=clock.now())
        db.session.commit()
    answer = sanne.post(f"{path}/crm-ids", {"crm": "hubspot", "number": "501"}, at=f"{path}/reach")
    assert (answer.status_code, "Een andere kandidaat heeft dit nummer" in answer.text) == (422, True)
    monkeypatch.setattr(crm_id, "MOST", 0)
    answer = sanne.post(f"{path}/crm-ids", {"crm": "bullhorn", "number": "501"}, at=f"{path}/reach")
    assert (answer.status_code, "al veel nummers" in answer.text) == (422, True)
    assert numbers(sanne, candidate_id) == []


def test_with_a_number_that_was_not_theirs_come_addresses_that_are_not(known: tuple[Browser, int, str]) -> None:
    sanne, candidate_id, path = known
    with sanne.app.app_context():
        theirs = db.session.get_one(Candidate, candidate_id)
        row_id = crm_id.give(candidate_id, Crm.BULLHORN, "501", origin="page", now=clock.now()).id
        identity.add(theirs, Channel.EMAIL, "iemand@elders.nl", clock.now(), ORIGIN)
        db.session.commit()
    assert sanne.post(f"{path}/crm-ids/{row_id}/removal", {"from": "reach"}, at=f"{path}/reach").status_code == 303
    assert "1 adres kwam uit Bullhorn" in sanne.get(f"{path}/reach").text
