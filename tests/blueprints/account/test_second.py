"""The second step of signing in: nothing opens before it, every way in leads through it, and guessing is slow."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import authenticator, factors, password, recovery_code, sign_in_step
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.second_factor import SignInStep, StepKind
from app.domain.agency.sign_in import PER_ACCOUNT
from app.domain.notices.outbox import OutboxRow
from tests.conftest import KEY
from tests.people import Browser, make_people

RIGHT = "paars olifant fiets"
SECOND = "/account/second"
COOKIE = "fanfare-second"
pytestmark = pytest.mark.usefixtures("cheap_hashes", "early_in_a_half_minute")


class Sanne:
    """Somebody with an app that works, and codes on paper."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            person, before = make_people().sanne, clock.now() - timedelta(minutes=9)
            person.password_hash = password.hashed(RIGHT)
            authenticator.begin(person, KEY, before)
            found = authenticator.pending(person, "Fanfare", KEY, before)
            assert found
            self.app_codes = pyotp.TOTP(found.secret)
            assert authenticator.confirm(person.id, self.app_codes.at(before), KEY, before)
            self.papers = recovery_code.make(person.id, before)
            db.session.commit()
            self.person, self.id = person, person.id

    @property
    def code(self) -> str:
        return self.app_codes.at(clock.now())

    @property
    def wrong(self) -> str:
        return next(each for each in ("000000", "111111", "222222", "333333") if not self._near(each))

    def _near(self, code: str) -> bool:
        return any(self.app_codes.at(clock.now() + timedelta(seconds=off)) == code for off in (-30, 0, 30))


@pytest.fixture
def sanne(browser: Browser) -> Sanne:
    return Sanne(browser.app)


def first(browser: Browser, then: str = "") -> TestResponse:
    return browser.post(f"/account/sign-in{then}", {"email": "sanne@voorbeeld.nl", "password": RIGHT})


def second(browser: Browser, code: str, then: str = "") -> TestResponse:
    return browser.post(SECOND + then, {"code": code})


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_the_password_alone_opens_nothing(browser: Browser, sanne: Sanne) -> None:
    answer = first(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, SECOND)
    assert not is_in(browser)
    page = browser.get(SECOND)
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text
    assert "Sanne" not in page.text


def test_its_cookie_is_no_scripts_and_ends(browser: Browser, sanne: Sanne) -> None:
    cookie = next(each for each in first(browser).headers.getlist("Set-Cookie") if each.startswith(COOKIE))
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"):
        assert part in cookie


def test_the_code_opens_the_page_that_was_asked_for(browser: Browser, sanne: Sanne) -> None:
    answer = first(browser, "?next=/account")
    assert answer.headers["Location"] == f"{SECOND}?next=/account"
    assert second(browser, sanne.code, "?next=/account").headers["Location"] == "/account"
    assert is_in(browser)


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/%5Cevil.example", "https://evil.example"])
def test_but_no_other(browser: Browser, sanne: Sanne, elsewhere: str) -> None:
    assert "evil" not in first(browser, f"?next={elsewhere}").headers["Location"]
    assert second(browser, sanne.code, f"?next={elsewhere}").headers["Location"] == "/"


def test_a_wrong_code_is_told_and_the_next_one_is_right(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    answer = second(browser, sanne.wrong)
    assert answer.status_code == 422
    assert "Deze code klopt niet of is al gebruikt." in answer.text
    assert second(browser, "").status_code == 422
    assert second(browser, sanne.code).status_code == 303


def test_a_code_works_once_in_all_windows(browser: Browser, sanne: Sanne) -> None:
    other, code = Browser(browser.app), sanne.code
    first(browser)
    first(other)
    assert second(browser, code).status_code == 303
    assert second(other, code).status_code == 422
    assert not is_in(other)


def test_a_code_on_paper_works_once_and_is_told(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    assert second(browser, sanne.papers[0].lower()).status_code == 303
    other = Browser(browser.app)
    first(other)
    assert second(other, sanne.papers[0]).status_code == 422
    with browser.app.app_context():
        assert [row.payload["change"] for row in db.session.scalars(select(OutboxRow))] == ["code_used"]
        whats = db.session.scalars(select(AuditEntry.what).where(AuditEntry.person_id == sanne.id)).all()
        assert {"factor.code_used", "signed_in"} <= set(whats)


def test_a_wrong_code_on_paper_is_told_beside_the_field_that_it_was_typed_in(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    answer = browser.post(SECOND, {"paper": "WWKK-2WTM"})
    of_app, on_paper = answer.text.split("<details")
    assert answer.status_code == 422
    assert "Neem een andere van je lijst." in on_paper
    assert 'value="WWKK-2WTM"' in on_paper
    assert on_paper.split(">", 1)[0].endswith("open")
    assert 'id="code"' in of_app
    assert "WWKK-2WTM" not in of_app
    assert browser.post(SECOND, {"paper": sanne.papers[0]}).status_code == 303


def test_few_codes_left_are_told(browser: Browser, sanne: Sanne) -> None:
    for paper in sanne.papers[:6]:
        entering = Browser(browser.app)
        first(entering)
        second(entering, paper)
    assert "weinig codes op papier" not in entering.get("/account/safety").text
    first(browser)
    second(browser, sanne.papers[6])
    assert "weinig codes op papier" in browser.get("/account/safety").text


def test_guessing_waits_and_the_right_code_with_it(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    wrong = sanne.wrong
    assert {second(browser, wrong).status_code for _ in range(PER_ACCOUNT)} == {422}
    answer = second(browser, sanne.code)
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert "Te veel verkeerde codes." in answer.text
    first(browser)
    assert second(browser, sanne.papers[0]).status_code == 429


def test_wrong_codes_are_written_down_and_the_last_is_told(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    for _ in range(PER_ACCOUNT + 2):
        second(browser, sanne.wrong)
    with browser.app.app_context():
        about = select(AuditEntry.what, AuditEntry.person_id).where(AuditEntry.about_id == sanne.id)
        assert [tuple(row) for row in db.session.execute(about.order_by(AuditEntry.id))] == [
            *[("second.refused", None)] * PER_ACCOUNT,
            ("factor.guessed", None),
        ]
        assert [row.payload["change"] for row in db.session.scalars(select(OutboxRow))] == ["guessed"]


def test_wrong_codes_do_not_count_as_wrong_passwords(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    for _ in range(PER_ACCOUNT + 1):
        second(browser, sanne.wrong)
    assert first(Browser(browser.app)).headers["Location"] == SECOND


def test_the_step_ends_after_ten_minutes(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1), tick=False):
        assert browser.get(SECOND).headers["Location"] == "/account/sign-in"
        assert second(browser, sanne.code).headers["Location"] == "/account/sign-in"
        assert "Dat duurde langer dan tien minuten." in browser.get("/account/sign-in").text
        assert not is_in(browser)


def test_without_a_step_there_is_nothing_to_prove(browser: Browser, sanne: Sanne) -> None:
    assert browser.get(f"{SECOND}?next=/account").headers["Location"] == "/account/sign-in?next=/account"
    assert second(browser, sanne.code).headers["Location"] == "/account/sign-in"
    assert not is_in(browser)


def test_a_copied_step_is_over_once_it_was_used(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    copied = browser.client.get_cookie(COOKIE)
    assert copied
    second(browser, sanne.code)
    thief = Browser(browser.app)
    thief.client.set_cookie(COOKIE, copied.value)
    assert second(thief, sanne.papers[0]).headers["Location"] == "/account/sign-in"
    assert not is_in(thief)


def test_another_window_of_the_same_browser_is_in_too(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    second(browser, sanne.code)
    assert browser.get(f"{SECOND}?next=/account").headers["Location"] == "/account"
    assert second(browser, "1").headers["Location"] == "/"


def test_the_token_of_another_kind_of_step_is_none(browser: Browser, sanne: Sanne) -> None:
    with browser.app.app_context():
        token = sign_in_step.begin(StepKind.PASSKEY, clock.now(), sanne.id)
        db.session.commit()
    browser.client.set_cookie(COOKIE, token)
    assert second(browser, sanne.code).headers["Location"] == "/account/sign-in"


def test_signing_in_again_ends_the_session_before_the_second_step(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    second(browser, sanne.code)
    assert is_in(browser)
    first(browser)
    assert not is_in(browser)


def test_a_link_by_mail_leads_through_it_too(browser: Browser, sanne: Sanne) -> None:
    browser.post("/account/link?next=/account", {"email": "sanne@voorbeeld.nl"})
    assert browser.post(mailed(browser)).headers["Location"] == f"{SECOND}?next=/account"
    assert not is_in(browser)
    assert second(browser, sanne.code).status_code == 303
    assert is_in(browser)


def test_and_so_does_a_new_password(browser: Browser, sanne: Sanne) -> None:
    browser.post("/account/new-password", {"email": "sanne@voorbeeld.nl"})
    answer = browser.post(mailed(browser), {"password": "groene giraffe danst", "repeat": "groene giraffe danst"})
    assert answer.headers["Location"] == SECOND
    assert not is_in(browser)


def mailed(browser: Browser) -> str:
    """The way to the link in the mail that was planned."""
    with browser.app.app_context():
        url = str(db.session.scalars(select(OutboxRow.payload)).one()["url"])
    return url.removeprefix("http://127.0.0.1:8000")


def test_a_new_password_ends_steps_that_the_old_one_began(browser: Browser, sanne: Sanne) -> None:
    signed_in = browser.sign_in(sanne.person)
    first(browser)
    new = "groene giraffe danst"
    answer = signed_in.post("/account/password", {"current": RIGHT, "password": new, "repeat": new})
    assert answer.status_code == 303, answer.text
    assert second(browser, sanne.code).headers["Location"] == "/account/sign-in"


def test_whoever_leaves_meanwhile_does_not_come_in(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    with browser.app.app_context():
        db.session.get_one(Person, sanne.id).deactivated_at = clock.now()
        db.session.commit()
    assert second(browser, sanne.code).headers["Location"] == "/account/sign-in"
    assert not is_in(browser)


def test_without_a_factor_the_password_is_enough(browser: Browser, sanne: Sanne) -> None:
    with browser.app.app_context():
        factors.end_all(sanne.id)
        db.session.commit()
    assert first(browser).headers["Location"] == "/"
    assert is_in(browser)


def test_only_a_hash_of_the_step_is_kept(browser: Browser, sanne: Sanne) -> None:
    first(browser)
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie
    with browser.app.app_context():
        row = db.session.scalars(select(SignInStep)).one()
        assert (row.payload, cookie.value in row.token_hash) == ({"how": "password"}, False)
