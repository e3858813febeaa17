"""The pages of the library: everybody looks, leads and admins keep it."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.journey.shared_item import SharedItem
from tests.people import Browser, People, make_people

FORM = {"title": "Zo maak je een cv", "kind": "advice", "url": "https://voorbeeld.nl/cv", "roles": "chauffeur, , kok"}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def lead(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.lead)


def items(browser: Browser) -> list[SharedItem]:
    with browser.app.app_context():
        return list(db.session.scalars(select(SharedItem).order_by(SharedItem.id)))


def test_an_empty_library_says_what_it_is_for(lead: Browser) -> None:
    assert "Nog niets om te delen" in lead.get("/library").text


def test_a_lead_adds_something_and_everybody_sees_it(lead: Browser, people: People) -> None:
    assert lead.post("/library", FORM | {"until": "2030-12-31"}).status_code == 303
    (row,) = items(lead)
    assert (row.roles, str(row.until)) == (["chauffeur", "kok"], "2030-12-31 23:00:00+00:00")
    page = lead.sign_in(people.sanne).get("/library").text
    assert "tot en met 31 december" in page
    assert "voor chauffeur, kok" in page
    assert "niet meer aanbieden" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"url": "http://voorbeeld.nl"},
        {"url": "https://ing.nl@kwaad.example/x"},
        {"url": "javascript:alert(1)"},
        {"url": "https://[::1"},
        {"url": "https://voorbeeld.nl:99999/"},
        {"url": "HTTPS://voorbeeld.nl/"},
        {"url": "https://voorbeeld.nl/a b"},
        {"roles": "x" * 41},
        {"kind": "virus"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(lead: Browser, wrong: dict[str, str]) -> None:
    answer = lead.post("/library", FORM | {"text": "Dag {naam}"} | wrong)
    assert (answer.status_code, "Dag {naam}" in answer.text, items(lead)) == (422, True, [])
    assert 'role="alert"' in answer.text


def test_it_is_changed(lead: Browser) -> None:
    lead.post("/library", FORM | {"until": "2030-12-31"})
    (row,) = items(lead)
    url = f"/library/{row.id}"
    assert 'value="2030-12-31"' in lead.get(f"{url}/edit").text
    assert lead.post(url, FORM | {"title": ""}).status_code == 422
    assert lead.post(url, FORM | {"title": "Beter"}).status_code == 303
    assert [(each.title, each.until) for each in items(lead)] == [("Beter", None)]


def test_it_is_taken_out_and_put_back(lead: Browser) -> None:
    lead.post("/library", FORM)
    (row,) = items(lead)
    lead.post(f"/library/{row.id}/retirement")
    page = lead.get("/library").text
    assert f"/library/{row.id}/restoration" in page
    assert "Weer aanbieden" in page
    lead.post(f"/library/{row.id}/restoration")
    assert items(lead)[0].retired_at is None


def test_a_full_library_takes_no_more(lead: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    lead.post("/library", FORM)
    (row,) = items(lead)
    monkeypatch.setattr("app.domain.journey.shared_item.MOST", 1)
    refused = lead.post("/library", FORM)
    lead.post(f"/library/{row.id}/retirement")
    lead.post("/library", FORM)
    lead.post(f"/library/{row.id}/restoration")
    assert (refused.status_code, len(items(lead)), items(lead)[0].retired_at is None) == (422, 2, False)
    assert "De bibliotheek is vol" in refused.text


def test_what_is_not_there_cannot_be_kept(lead: Browser) -> None:
    assert lead.client.get("/library/99/edit").status_code == 404


def test_the_last_day_of_the_calendar_never_ends(lead: Browser) -> None:
    assert lead.post("/library", FORM | {"until": "9999-12-31"}).status_code == 303
    assert [each.until for each in items(lead)] == [None]
