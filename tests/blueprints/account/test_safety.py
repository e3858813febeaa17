"""One's own page of signing in safely: set up, confirmed, shown once, ended; and nothing without a fresh proof."""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pyotp
import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import password, recovery_code, sign_in
from app.domain.agency.agency import the_agency
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.sign_in import Attempt, Proof
from app.domain.notices.outbox import OutboxRow
from tests.people import Browser, People, make_people

SAFETY = "/account/safety"
RIGHT = "paars olifant fiets"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}")
pytestmark = pytest.mark.usefixtures("cheap_hashes", "early_in_a_half_minute")


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        people.sanne.password_hash = password.hashed(RIGHT)
        db.session.commit()
        return people


@pytest.fixture
def sanne(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.sanne)


def secret_of(page: TestResponse) -> str:
    found = re.search(r'<code id="secret">([A-Z2-7 ]+)<', page.text)
    assert found
    return found[1].replace(" ", "")


def begin(browser: Browser) -> pyotp.TOTP:
    assert browser.post(f"{SAFETY}/app").headers["Location"] == f"{SAFETY}/app"
    return pyotp.TOTP(secret_of(browser.get(f"{SAFETY}/app")))


def set_up(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    """An app that works, and the codes that came with it."""
    app = begin(browser)
    answer = browser.post(f"{SAFETY}/app/code", {"code": app.at(clock.now())})
    assert answer.status_code == 200
    return app, CODE.findall(answer.text.partition("<ol")[2].partition("</ol>")[0])


def changes(browser: Browser) -> list[str]:
    with browser.app.app_context():
        rows = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "safety").order_by(OutboxRow.id))
        return [str(row.payload["change"]) for row in rows]


def test_an_app_is_set_up_in_two_steps_and_brings_ten_codes(sanne: Browser, people: People) -> None:
    _app, codes = set_up(sanne)
    assert len(set(codes)) == 10
    page = sanne.get(SAFETY).text
    assert "Stoppen met de app" in page
    assert "Je hebt nog 10 codes" in page
    assert not CODE.search(page)
    assert changes(sanne) == ["app_added"]
    with sanne.app.app_context():
        kept = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "factor.app_added")).one()
        assert (kept.person_id, kept.about_kind, kept.about_id, kept.facts) == (
            people.sanne.id,
            "person",
            people.sanne.id,
            {},
        )


def test_the_picture_says_the_same_and_comes_from_nowhere_else(sanne: Browser) -> None:
    app = begin(sanne)
    found = re.search(r'<img src="data:image/svg\+xml;charset=utf-8,([^"]+)"', sanne.get(f"{SAFETY}/app").text)
    assert found
    assert ET.fromstring(unquote(found[1].replace("&#39;", "'"))).tag.endswith("svg")
    assert app.secret not in found[1]


def test_a_wrong_first_code_leaves_it_as_it_was(sanne: Browser) -> None:
    app = begin(sanne)
    answer = sanne.post(f"{SAFETY}/app/code", {"code": "12345"})
    assert answer.status_code == 422
    assert secret_of(answer) == app.secret
    assert "Stoppen met de app" not in sanne.get(SAFETY).text
    assert changes(sanne) == []


def test_beginning_anew_ends_the_secret_before(sanne: Browser) -> None:
    old = begin(sanne)
    begin(sanne)
    assert sanne.post(f"{SAFETY}/app/code", {"code": old.at(clock.now())}).status_code == 422


def test_an_app_that_works_is_not_replaced_by_beginning(sanne: Browser) -> None:
    set_up(sanne)
    assert sanne.post(f"{SAFETY}/app").headers["Location"] == SAFETY
    assert sanne.get(f"{SAFETY}/app").headers["Location"] == SAFETY


def test_without_the_app_its_codes_on_paper_end_as_well(sanne: Browser, people: People) -> None:
    set_up(sanne)
    sanne.post(f"{SAFETY}/app/end")
    assert "App instellen" in sanne.get(SAFETY).text
    with sanne.app.app_context():
        assert recovery_code.left(people.sanne.id) == 0
    assert changes(sanne) == ["app_added", "app_ended"]


def test_ending_what_is_not_there_tells_nobody(sanne: Browser) -> None:
    sanne.post(f"{SAFETY}/app/end")
    assert changes(sanne) == []


def test_new_codes_are_shown_once_and_end_the_old(sanne: Browser, people: People) -> None:
    _app, old = set_up(sanne)
    new = CODE.findall(sanne.post(f"{SAFETY}/codes").text)
    assert not set(old) & set(new)
    with sanne.app.app_context():
        assert not recovery_code.use(people.sanne.id, old[0], clock.now())
        assert recovery_code.use(people.sanne.id, new[0], clock.now())
    assert changes(sanne) == ["app_added", "codes_made"]


def test_there_are_no_codes_without_a_factor(sanne: Browser) -> None:
    assert sanne.post(f"{SAFETY}/codes").headers["Location"] == SAFETY
    assert changes(sanne) == []


COMMANDS = ["app", "app/code", "app/end", "passkeys/challenge", "passkeys", "passkeys/1/end", "codes"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_session_that_lies_open_changes_nothing(sanne: Browser, command: str) -> None:
    sanne.get(SAFETY)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = sanne.post(f"{SAFETY}/{command}", {"code": "123456", "name": "X"})
        assert answer.headers["Location"] == f"/account/proof?next={SAFETY}"
    assert changes(sanne) == []


def test_a_password_proves_who_it_is_for_a_quarter_of_an_hour(sanne: Browser) -> None:
    now = clock.now()
    with time_machine.travel(now + timedelta(minutes=16), tick=False) as time:
        assert sanne.get(f"{SAFETY}/app").headers["Location"] == f"/account/proof?next={SAFETY}/app"
        assert "Ben jij het?" in sanne.get("/account/proof").text
        wrong = sanne.post("/account/proof", {"proof": "iets anders dan dat"})
        assert (wrong.status_code, "niet je wachtwoord" in wrong.text) == (422, True)
        assert sanne.post("/account/proof", {"proof": ""}).status_code == 422
        answer = sanne.post("/account/proof?next=/account/safety/app", {"proof": RIGHT})
        assert answer.headers["Location"] == "/account/safety/app"
        assert sanne.post(f"{SAFETY}/app").headers["Location"] == f"{SAFETY}/app"
        time.shift(timedelta(minutes=16))
        assert "/account/proof" in sanne.post(f"{SAFETY}/app").headers["Location"]


def test_a_proof_gives_the_session_another_token(sanne: Browser, browser: Browser) -> None:
    with sanne.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    assert sanne.post("/account/proof", {"proof": RIGHT}).status_code == 303
    assert sanne.get("/account").status_code == 200
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = before
    assert browser.get("/account").status_code == 303


def test_a_code_proves_it_too_and_once(sanne: Browser) -> None:
    app, _codes = set_up(sanne)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        code = app.at(clock.now())
        assert sanne.post("/account/proof", {"proof": code}).headers["Location"] == SAFETY
        assert sanne.post("/account/proof", {"proof": code}).status_code == 422


def test_guessing_at_the_proof_waits(sanne: Browser) -> None:
    for typed in ("iets anders dan dat", "12345"):
        answers = [sanne.post("/account/proof", {"proof": typed}).status_code for _ in range(11)]
        assert answers in ([422] * 10 + [429], [429] * 11)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("/account/proof", {"proof": RIGHT}),
        ("/account/password", {"current": RIGHT, "password": "groene giraffe danst", "repeat": "groene giraffe danst"}),
    ],
)
def test_the_right_password_proves_nothing_when_others_guessed_meanwhile(
    sanne: Browser, monkeypatch: pytest.MonkeyPatch, url: str, sent: dict[str, str]
) -> None:
    prove = sign_in.prove

    def slowly(who: Attempt, typed: str, at: datetime) -> Proof:
        found = prove(who, typed, at)
        for _ in range(sign_in.PER_ACCOUNT):
            sign_in.count(who, at)
        db.session.commit()
        return found

    monkeypatch.setattr(sign_in, "prove", slowly)
    assert sanne.post(url, sent).status_code == 429


@pytest.mark.parametrize(("typed", "what"), [("iets anders dan dat", "sign_in.refused"), ("000000", "second.refused")])
def test_a_wrong_proof_is_written_down(sanne: Browser, typed: str, what: str) -> None:
    sanne.post("/account/proof", {"proof": typed})
    with sanne.app.app_context():
        assert db.session.scalars(select(AuditEntry.what)).all() == [what]


def test_a_proof_leads_nowhere_else(sanne: Browser) -> None:
    answer = sanne.post("/account/proof?next=//evil.example", {"proof": RIGHT})
    assert answer.headers["Location"] == SAFETY


@pytest.fixture
def asked_of_everybody(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        agency = the_agency()
        assert agency
        agency.second_factor = "everybody"
        db.session.commit()


@pytest.mark.usefixtures("asked_of_everybody")
class TestWhoMustHaveOne:
    def test_every_page_leads_to_setting_it_up(self, sanne: Browser) -> None:
        for url in ("/", "/board", "/candidates", "/account", "/notices"):
            assert sanne.get(url).headers["Location"] == SAFETY
        assert "Je bureau vraagt een tweede stap" in sanne.get(SAFETY).text

    def test_a_command_leads_there_as_well_and_does_nothing(self, sanne: Browser, people: People) -> None:
        answer = sanne.post("/account", {"name": "Anders", "language": "nl", "theme": "dark"})
        assert answer.headers["Location"] == SAFETY
        with sanne.app.app_context():
            assert db.session.get_one(Person, people.sanne.id).name == "Sanne de Vries"

    def test_parts_that_ask_for_themselves_stay_as_they_are(self, sanne: Browser) -> None:
        assert sanne.get("/feed/latest", part=True).status_code == 204

    def test_language_and_signing_out_work(self, sanne: Browser) -> None:
        sanne.post("/account/language", {"language": "en"})
        assert sanne.post("/account/sign-out").headers["Location"] == "/account/sign-in"

    def test_a_proof_can_be_given(self, sanne: Browser) -> None:
        assert sanne.get("/account/proof").status_code == 200

    def test_after_that_everything_is_open(self, sanne: Browser) -> None:
        set_up(sanne)
        assert sanne.get("/board").status_code == 200
        sanne.post(f"{SAFETY}/app/end")
        assert sanne.get("/board").headers["Location"] == SAFETY


def test_of_managers_it_is_asked_and_of_recruiters_not(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        agency = the_agency()
        assert agency
        agency.second_factor = "managers"
        db.session.commit()
    led = {name: browser.sign_in(getattr(people, name)).get("/board").status_code for name in ("sanne", "tess", "lead")}
    assert led == {"sanne": 200, "tess": 200, "lead": 303}
    assert [browser.sign_in(each).get("/board").status_code for each in (people.ines, people.ada)] == [303, 303]
