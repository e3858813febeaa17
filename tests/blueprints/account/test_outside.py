"""Signing in with the agency's own account: linked by whoever is signed in, or with an invitation, and only so."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import factors, invitation, password
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.second_factor import OutsideAccount, SignInStep
from app.domain.notices.outbox import OutboxRow
from app.web import fetching, identity_provider
from tests.blueprints.account.outside import back_from, come_in, is_in, leave
from tests.identity_provider import OLD_WAYS, There
from tests.people import Browser, People, make_people

pytestmark = [pytest.mark.usefixtures("cheap_hashes"), OLD_WAYS]


def accounts(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        rows = db.session.execute(select(OutsideAccount.person_id, OutsideAccount.subject).order_by(OutsideAccount.id))
        return [(row[0], row[1]) for row in rows]


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def test_whoever_is_linked_comes_in(browser: Browser, there: There, people: People) -> None:
    assert "Inloggen met Voorbeeld-ID" in browser.get("/account/sign-in").text
    answer = come_in(browser, there, "sanne-there")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Sanne de Vries" in browser.get("/account").text
    assert deeds(browser.app) == ["signed_in"]


def test_to_the_page_that_was_asked_for(browser: Browser, there: There, people: People) -> None:
    answer = come_in(browser, there, "sanne-there", "/account/outside?next=/account/safety")
    assert answer.headers["Location"] == "/account/safety"


def test_a_session_here_and_one_there_end_apart(browser: Browser, there: There, people: People) -> None:
    come_in(browser, there, "sanne-there")
    there.between.asked.clear()
    assert browser.post("/account/sign-out").status_code == 303
    assert (is_in(browser), there.between.asked) == (False, [])
    assert come_in(browser, there, "sanne-there").headers["Location"] == "/"


def test_after_a_week_the_provider_is_asked_again_however_often_one_came(
    browser: Browser, there: There, people: People
) -> None:
    began = clock.now()
    come_in(browser, there, "sanne-there")
    for hours in range(11, 168, 11):
        with time_machine.travel(began + timedelta(hours=hours), tick=False):
            assert is_in(browser)
    with time_machine.travel(began + timedelta(days=7, minutes=1), tick=False):
        assert browser.get("/account").headers["Location"] == "/account/sign-in?next=/account"
        assert leave(browser).startswith(there.issuer)


def test_without_a_provider_there_is_no_button(browser: Browser, app: Flask) -> None:
    with app.app_context():
        make_people()
    assert "outside" not in browser.get("/account/sign-in").text
    assert browser.post("/account/outside").status_code == 404


def test_whoever_is_signed_in_links_an_account(browser: Browser, there: There, people: People) -> None:
    bram = browser.sign_in(people.bram)
    answer = come_in(bram, there, "bram-there", "/account/outside/link")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/safety")
    assert (people.bram.id, "bram-there") in accounts(browser.app)
    assert "Gekoppeld op" in bram.get("/account/safety").text
    assert come_in(browser, there, "bram-there").headers["Location"] == "/"
    with browser.app.app_context():
        assert db.session.scalar(select(OutboxRow.payload)) == {"change": "outside_linked"}


def test_and_ends_it_again(browser: Browser, there: There, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    (account,) = [row for row in accounts(browser.app) if row[0] == people.sanne.id]
    with browser.app.app_context():
        row_id = db.session.scalar(select(OutsideAccount.id).where(OutsideAccount.subject == account[1]))
    assert browser.sign_in(people.bram).post(f"/account/outside/{row_id}/end").status_code == 404
    assert sanne.post(f"/account/outside/{row_id}/end").status_code == 303
    assert come_in(browser, there, "sanne-there").status_code == 403
    assert deeds(browser.app) == ["factor.outside_ended", "outside.refused"]


def test_an_account_is_of_one_person(browser: Browser, there: There, people: People) -> None:
    bram = browser.sign_in(people.bram)
    assert come_in(bram, there, "sanne-there", "/account/outside/link").status_code == 409
    assert come_in(browser.sign_in(people.sanne), there, "other-there", "/account/outside/link").status_code == 409
    assert len(accounts(browser.app)) == 2


def test_what_is_not_proved_lately_is_asked_first(
    browser: Browser, there: There, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    bram = browser.sign_in(people.bram)
    monkeypatch.setattr("app.web.auth.proved_lately", lambda: False)
    assert "/account/proof" in bram.post("/account/outside/link").headers["Location"]


@pytest.fixture
def invited(app: Flask, people: People) -> str:
    with app.app_context():
        row = db.session.get_one(Person, people.tess.id)
        value = invitation.issue(row, None, clock.now()).token
        db.session.commit()
    return value


def accept(browser: Browser, there: There, token: str, **claims: object) -> int:
    there.knows("tess-there", **claims)
    return come_in(browser, there, "tess-there", f"/account/invitation/{token}/outside").status_code


def test_an_invitation_is_accepted_with_it(browser: Browser, there: There, people: People, invited: str) -> None:
    assert "Beginnen met Voorbeeld-ID" in browser.get(f"/account/invitation/{invited}").text
    assert accept(browser, there, invited, email="Tess@voorbeeld.nl", email_verified=True) == 303
    assert is_in(browser)
    assert (people.tess.id, "tess-there") in accounts(browser.app)
    assert browser.get(f"/account/invitation/{invited}").status_code == 404
    with browser.app.app_context():
        kept = db.session.get_one(Person, people.tess.id).password_hash
    assert kept
    assert password.verify("", kept)[0] is False


def test_an_ended_invitation_leads_nowhere(browser: Browser, there: There, people: People) -> None:
    assert browser.post("/account/invitation/absent/outside").status_code == 404


def test_the_second_step_is_the_providers_business(
    browser: Browser, there: There, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factors, "has", lambda _person_id: True)
    assert come_in(browser, there, "sanne-there").headers["Location"] == "/"


@pytest.mark.parametrize(("amr", "leads"), [(["pwd"], "/account/second"), (["mfa"], "/"), (None, "/account/second")])
def test_unless_the_settings_say_otherwise(
    amr: list[str] | None, leads: str, browser: Browser, there: There, ours: None
) -> None:
    there.between.says(amr=amr)
    assert come_in(browser, there, "sanne-there").headers["Location"] == leads


@pytest.fixture
def ours(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has a second step, and it is our business."""
    monkeypatch.setattr(factors, "has", lambda _person_id: True)
    ours = app.config["SETTINGS"].model_copy(update={"oidc_second_factor": "ours"})
    monkeypatch.setitem(app.config, "SETTINGS", ours)


def test_whoever_stops_there_reads_what_to_do(browser: Browser, there: There, people: People) -> None:
    address = leave(browser)
    state = address.split("state=")[1].split("&")[0]
    answer = browser.get(f"/account/outside/back?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "niet verdergegaan" in answer.text
    assert not is_in(browser)


@pytest.mark.parametrize("status", [302, 500, 200])
def test_a_provider_that_does_not_answer(status: int, browser: Browser, there: There, people: People) -> None:
    there.between.status = status
    answer = browser.post("/account/outside")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "antwoordt niet" in answer.text
    asked = len(there.between.asked)
    browser.post("/account/outside")
    assert len(there.between.asked) == asked


def test_nor_when_one_comes_back(browser: Browser, there: There, people: People) -> None:
    back = back_from(there, leave(browser), "sanne-there")
    there.between.status = 500
    assert browser.get(back).status_code == 503
    assert not is_in(browser)


def test_what_says_it_is_somebody_else_is_not_believed(browser: Browser, there: There, people: People) -> None:
    there.between.itself = {"issuer": "https://elsewhere.example"}
    assert browser.post("/account/outside").status_code == 503


@pytest.mark.parametrize("end", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_nor_one_that_sends_in_the_clear(end: str, browser: Browser, there: There, people: People) -> None:
    there.between.itself = {end: "http://elsewhere.example/"}
    assert browser.post("/account/outside").status_code == 503


def test_nothing_is_held_while_it_is_asked(browser: Browser, there: There, people: People) -> None:
    """Neither the write lock nor a transaction: it may take seconds."""
    held: list[bool] = []
    kept = fetching.ask

    def noted(*asked: object) -> object:
        held.append(db.session().in_transaction())
        return kept(*asked)  # type: ignore[arg-type] # as it was asked

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "ask", noted)
        assert come_in(browser, there, "sanne-there").status_code == 303
    assert held == [False] * 3


def test_little_is_kept_of_a_sign_in_under_way(browser: Browser, there: There, people: People) -> None:
    address = leave(browser)
    with browser.app.app_context():
        payload = db.session.scalars(select(SignInStep.payload)).one()
    state = address.split("state=")[1].split("&")[0]
    assert state not in payload.values()
    assert payload["verifier"] not in address
    cookie = browser.client.get_cookie("fanfare-outside")
    assert cookie
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 600)


def test_the_secret_goes_as_the_provider_takes_it(browser: Browser, there: There, people: People) -> None:
    there.between.itself = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert come_in(browser, there, "sanne-there").status_code == 303


def test_a_key_that_is_new_is_fetched_but_not_all_the_time(
    browser: Browser, there: There, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_in(browser, there, "sanne-there")
    there.between.says({"kid": "curve", "alg": "ES256"}, there.between.ec_key)
    assert come_in(Browser(browser.app), there, "sanne-there").status_code == 403
    assert there.between.asked.count("/jwks") == 1
    monkeypatch.setattr(identity_provider, "KEYS_ANEW", 0)
    assert come_in(Browser(browser.app), there, "sanne-there").status_code == 303
    assert there.between.asked.count("/jwks") == 2


def test_a_key_that_the_provider_took_back_is_not_trusted_for_long(
    browser: Browser, there: There, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.between.says(key=there.between.key)
    come_in(browser, there, "sanne-there")
    monkeypatch.setattr(there.between, "key", RSAKey.generate_key(2048, {"kid": "the next", "use": "sig"}))
    assert come_in(Browser(browser.app), there, "sanne-there").status_code == 303
    monkeypatch.setattr(identity_provider, "KEPT", 0)
    assert come_in(Browser(browser.app), there, "sanne-there").status_code == 403


def test_whoever_only_signs_in_is_not_asked_for_their_address(browser: Browser, there: There, people: People) -> None:
    there.between.says(email=None, email_verified=None)
    assert come_in(browser, there, "sanne-there").status_code == 303
    assert "/userinfo" not in there.between.asked


def test_what_is_told_elsewhere_than_in_the_token(browser: Browser, there: There, people: People, invited: str) -> None:
    there.between.says(email=None, email_verified=None)
    assert accept(browser, there, invited, email="tess@voorbeeld.nl", email_verified=True) == 303
    assert "/userinfo" in there.between.asked
