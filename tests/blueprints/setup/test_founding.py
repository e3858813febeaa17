"""The first step: an empty installation leads to it, it founds one agency, and then it is gone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.importing import begin
from app.domain.actions.log_map import LogMap
from app.domain.agency.agency import Agency, AlreadyFounded, the_agency
from app.domain.agency.person import Person, Role
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import WorksCouncilConsent, the_program, works_council_ok
from tests.make import START
from tests.people import Browser, Form, make_people

FIRST = "/setup/1"
FILLED = {
    "program_name": "Vaste  Band",
    "agency_name": "Uitzendbureau Noord",
    "admin_name": "Ada Smit",
    "admin_email": "Ada@Noord.NL",
    "password": "paarse fietsen rijden langzaam",
    "council": "not_yet",
    "council_reason": "",
}


@pytest.mark.parametrize("url", ["/", "/account/sign-in", "/board", "/nowhere", "/setup/3", "/about", "/pictures/1"])
def test_an_empty_installation_leads_to_the_first_step(browser: Browser, url: str) -> None:
    answer = browser.client.get(url, follow_redirects=True)
    assert answer.request.path == FIRST


@pytest.mark.parametrize("url", ["/s.js", "/brand/120.css", "/v1/projects/x/settings", "/v1/pixel/page"])
def test_what_nobody_has_to_run_is_there(browser: Browser, url: str) -> None:
    assert browser.client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/health/live", FIRST])
def test_health_and_the_first_step_are_open(browser: Browser, url: str) -> None:
    assert browser.get(url).status_code == 200


def test_assets_are_open(browser: Browser) -> None:
    assert browser.get(browser.app.extensions["assets"].css_url).status_code == 200


def test_a_part_is_led_by_htmx(browser: Browser) -> None:
    assert browser.get("/board", part=True).headers["HX-Redirect"] == FIRST


def test_it_founds_everything_and_signs_in(browser: Browser) -> None:
    answer = browser.post(FIRST, FILLED, at=FIRST)
    assert answer.status_code == 303
    assert answer.location == "/setup/2"
    assert browser.get("/setup/2").status_code == 200
    with browser.app.app_context():
        agency, program, admin = the_agency(), the_program(), db.session.scalars(select(Person)).one()
        assert agency
        assert program
        assert (agency.name, agency.setup_step, program.name) == ("Uitzendbureau Noord", 2, "Vaste Band")
        assert (admin.role, admin.email) == (Role.ADMIN, "ada@noord.nl")
        assert not works_council_ok(program.id)
        assert db.session.scalar(select(func.count()).select_from(ActionKind)) == 11


def test_the_works_council_is_recorded(browser: Browser) -> None:
    browser.post(FIRST, FILLED | {"council": "agreed"}, at=FIRST)
    with browser.app.app_context():
        consent = db.session.scalars(select(WorksCouncilConsent)).one()
        assert consent.exists
        assert consent.recorded_by_id is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("program_name", " "),
        ("agency_name", ""),
        ("admin_name", ""),
        ("admin_email", "ada"),
        ("password", "kort"),
        ("password", "Vaste Band Ada Smit"),
        ("council", "none"),
        ("council", "sometimes"),
        ("program_name", "x" * 61),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(browser: Browser, field: str, value: str) -> None:
    answer = browser.post(FIRST, FILLED | {field: value}, at=FIRST)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Ada Smit"' in answer.text or field == "admin_name"
    with browser.app.app_context():
        assert the_agency() is None


def test_errors_of_the_library_speak_dutch(browser: Browser) -> None:
    answer = browser.post(FIRST, FILLED | {"council": "sometimes"}, at=FIRST)
    assert "Not a valid choice" not in answer.text


def test_it_speaks_english_too(browser: Browser) -> None:
    browser.post("/account/language", {"language": "en", "next": FIRST}, at=FIRST)
    assert "<h1>Give your program a name</h1>" in browser.get(FIRST).text


def test_it_is_gone_once_there_is_an_agency(browser: Browser) -> None:
    token = Form(browser.get(FIRST).text).token
    with browser.app.app_context():
        make_people()
    assert browser.get(FIRST).status_code == 404
    assert browser.client.post(FIRST, data=FILLED | {"csrf_token": token}).location == "/"
    with browser.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Agency)) == 1


def test_who_is_second_by_a_moment_is_led_on(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(_plan: object, _at: object) -> None:
        raise AlreadyFounded

    monkeypatch.setattr("app.blueprints.setup.routes.founding.found", taken)
    assert browser.post(FIRST, FILLED, at=FIRST).location == "/"


def test_two_at_once_found_exactly_one(real_app: Flask) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _n: Browser(real_app).post(FIRST, FILLED, at=FIRST), range(4)))
    assert sorted(answer.location for answer in answers) == ["/", "/", "/", "/setup/2"]
    with real_app.app_context():
        counted = [db.session.scalar(select(func.count()).select_from(table)) for table in (Agency, Person)]
        assert counted == [1, 1]


def test_what_an_imported_log_made_is_claimed_by_the_first_administrator(browser: Browser) -> None:
    with browser.app.app_context():
        begin(LogMap(agency="Desk", program="Nabellen"), START, START)
        db.session.commit()
    assert browser.client.get("/board").location == FIRST
    assert browser.post(FIRST, FILLED, at=FIRST).location == "/setup/2"
    with browser.app.app_context():
        agency, program = the_agency(), the_program()
        assert agency
        assert program
        assert (agency.name, program.name) == ("Uitzendbureau Noord", "Vaste Band")
    assert browser.client.get(FIRST).status_code == 404
