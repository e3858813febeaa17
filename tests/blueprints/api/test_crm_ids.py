"""Numbers in other systems through the API: given once, one person's, and taken away."""

from app import clock
from app.db import db
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.blueprints.api.test_candidates import new
from tests.people import Browser, People

HUBSPOT = {"crm": "hubspot", "number": "39580875173"}


def test_a_number_is_given_listed_and_taken_away(sanne: Client) -> None:
    path = f"/candidates/{new(sanne)['id']}/crm-ids"
    given = sanne.post(path, HUBSPOT)
    assert (given.status_code, given.json["number"], given.json["origin"]) == (201, "39580875173", "api")
    assert sanne.post(path, HUBSPOT).json["id"] == given.json["id"]
    assert [each["crm"] for each in sanne.get(path).json["items"]] == ["hubspot"]
    assert sanne.ask("DELETE", f"{path}/{given.json['id']}").status_code == 204
    assert sanne.get(path).json["items"] == []
    assert sanne.ask("DELETE", f"{path}/{given.json['id']}").status_code == 404


def test_what_is_no_number_or_somebody_elses_is_refused(sanne: Client, browser: Browser) -> None:
    path = f"/candidates/{new(sanne)['id']}/crm-ids"
    for wrong in (
        {},
        {"crm": "salesforce"},
        {"number": "50 1"},
        {"number": "1" * 19},
        {"number": 501},
        {"number": "abc"},
    ):
        assert sanne.post(path, (HUBSPOT | wrong) if wrong else {}).status_code == 422
    assert list(sanne.post(path, {"crm": "carerix", "number": "0088"}).json["errors"]) == ["number"]
    with browser.app.app_context():
        crm_id.give(make.candidate().id, Crm.HUBSPOT, "39580875173", origin="page", now=clock.now())
        db.session.commit()
    taken = sanne.post(path, HUBSPOT)
    assert (taken.status_code, list(taken.json["errors"])) == (409, ["number"])


def test_who_may_not_see_them_learns_nothing(sanne: Client, browser: Browser, people: People) -> None:
    path = f"/candidates/{new(sanne)['id']}/crm-ids"
    number = sanne.post(path, HUBSPOT).json["id"]
    otto = client_of(browser, people.otto)
    answers = [otto.get(path), otto.post(path, HUBSPOT), otto.ask("DELETE", f"{path}/{number}")]
    assert [each.status_code for each in answers] == [404] * 3
