"""What somebody would try who wants to come in with an account that is not theirs: each of it is refused."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, request
from joserfc.jwk import ECKey, OctKey, RSAKey
from sqlalchemy import insert, select

from app import clock
from app.db import db
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.second_factor import OutsideAccount, SignInStep, StepKind
from app.domain.agency.session import SignInFailure
from app.domain.agency.sign_in_step import LASTS
from app.web import often
from app.web.often import OF_VISITOR
from tests.blueprints.account.outside import back_from, changed, come_in, is_in, leave
from tests.blueprints.account.test_outside import accept, accounts, invited
from tests.identity_provider import OLD_WAYS, There
from tests.people import Browser, People

__all__ = ["invited"]
pytestmark = [pytest.mark.usefixtures("cheap_hashes", "people"), OLD_WAYS]


def refused(browser: Browser, back: str, reason: str = "") -> None:
    """Nobody is let in by it; what could not be trusted is written down in a word."""
    answer = browser.get(back)
    assert answer.status_code == (403 if reason else 303)
    assert not is_in(browser)
    with browser.app.app_context():
        rows = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "outside.refused")).all()
        assert [row.facts["reason"] for row in rows] == ([reason] if reason else [])


def in_a_token(browser: Browser, there: There, reason: str) -> None:
    """What the provider says of sanne now is not believed."""
    refused(browser, back_from(there, leave(browser), "sanne-there"), reason)


def at(minutes: int) -> int:
    return int((clock.now() + timedelta(minutes=minutes)).timestamp())


def test_control_what_the_provider_signs_lets_in(browser: Browser, there: There) -> None:
    there.between.says(sub="sanne-there")
    assert come_in(browser, there, "bram-there").headers["Location"] == "/"
    assert is_in(browser)


def test_wrong_state(browser: Browser, there: There) -> None:
    back = back_from(there, leave(browser), "sanne-there")
    refused(browser, changed(back, state="x" * 43))


def test_missing_state(browser: Browser, there: There) -> None:
    refused(browser, changed(back_from(there, leave(browser), "sanne-there"), state=None))


def test_state_of_another_browser(browser: Browser, there: There) -> None:
    another = Browser(browser.app)
    leave(another)
    refused(another, back_from(there, leave(browser), "sanne-there"))


def test_state_of_nobody_who_set_out(browser: Browser, there: There) -> None:
    back = back_from(there, leave(browser), "sanne-there")
    refused(Browser(browser.app), back)


def test_an_answer_twice(browser: Browser, there: There) -> None:
    back = back_from(there, leave(browser), "sanne-there")
    assert browser.get(back).headers["Location"] == "/"
    browser.post("/account/sign-out")
    assert browser.get(back).headers["Location"] == "/account/sign-in"
    assert not is_in(browser)


def test_a_code_twice(browser: Browser, there: There) -> None:
    """In another sign-in of the same browser, after it served."""
    back = back_from(there, leave(browser), "sanne-there")
    browser.get(back)
    browser.post("/account/sign-out")
    code = back.split("code=")[1].split("&")[0]
    refused(browser, changed(back_from(there, leave(browser), "bram-there"), code=code), "refused")


def test_too_late(browser: Browser, there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    back, later = back_from(there, leave(browser), "sanne-there"), clock.now() + LASTS[StepKind.OUTSIDE]
    monkeypatch.setattr(clock, "now", lambda: later)
    refused(browser, back)


def test_a_code_of_another_sign_in(browser: Browser, there: There) -> None:
    """The victim's code, caught on its way, in the attacker's own sign-in: the verifier is not the one it needs."""
    caught = back_from(there, leave(Browser(browser.app)), "sanne-there")
    mine = back_from(there, leave(browser), "attacker-there")
    code = caught.split("code=")[1].split("&")[0]
    refused(browser, changed(mine, code=code), "refused")


def test_a_code_of_the_attacker_in_the_session_of_the_victim(browser: Browser, there: There, people: People) -> None:
    """By a link that the victim follows: else they would work in the attacker's account, or link it to their own."""
    caught = back_from(there, leave(Browser(browser.app), "/account/outside"), "attacker-there")
    victim = browser.sign_in(people.bram)
    leave(victim, "/account/outside/link")
    assert victim.get(caught).headers["Location"] == "/account/safety"
    assert "attacker-there" not in dict(accounts(browser.app)).values()


def test_a_link_that_somebody_else_began(browser: Browser, there: There, people: People) -> None:
    """On one browser: who was signed in left, another came, and the answer arrives."""
    bram = browser.sign_in(people.bram)
    back = back_from(there, leave(bram, "/account/outside/link"), "bram-there")
    otto = browser.sign_in(people.otto)
    cookie = bram.client.get_cookie("fanfare-outside")
    assert cookie
    otto.client.set_cookie("fanfare-outside", cookie.value)
    assert otto.get(back).status_code == 403
    assert "bram-there" not in dict(accounts(browser.app)).values()


def test_wrong_nonce(browser: Browser, there: There) -> None:
    there.between.says(nonce="another")
    in_a_token(browser, there, "nonce")


def test_missing_nonce(browser: Browser, there: There) -> None:
    there.between.says(nonce=None)
    in_a_token(browser, there, "nonce")


def test_for_another_client(browser: Browser, there: There) -> None:
    there.between.says(aud=["another"])
    in_a_token(browser, there, "aud")


def test_for_several_without_saying_for_whom(browser: Browser, there: There) -> None:
    there.between.says(aud=["fanfare", "another"], azp=None)
    in_a_token(browser, there, "azp")


def test_asked_for_by_another_client(browser: Browser, there: There) -> None:
    there.between.says(aud=["fanfare", "another"], azp="another")
    in_a_token(browser, there, "azp")


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", None, ["http://localhost"]])
def test_of_another_issuer(issuer: object, browser: Browser, there: There) -> None:
    there.between.says(iss=issuer)
    in_a_token(browser, there, "iss")


def test_expired(browser: Browser, there: There) -> None:
    there.between.says(exp=at(-2), iat=at(-10))
    in_a_token(browser, there, "exp")


def test_without_an_end(browser: Browser, there: There) -> None:
    there.between.says(exp=None)
    in_a_token(browser, there, "exp")


def test_of_the_future(browser: Browser, there: There) -> None:
    there.between.says(iat=at(5))
    in_a_token(browser, there, "iat")


def test_not_yet_valid(browser: Browser, there: There) -> None:
    there.between.says(nbf=at(5))
    in_a_token(browser, there, "nbf")


def test_of_nobody(browser: Browser, there: There) -> None:
    there.between.says(sub="")
    in_a_token(browser, there, "sub")


def test_of_another_access_token(browser: Browser, there: There) -> None:
    there.between.says(at_hash="d2hhdGV2ZXI")
    in_a_token(browser, there, "at_hash")


def test_unsigned(browser: Browser, there: There) -> None:
    there.between.says(sub="sanne-there")
    signed = there.between.forge
    assert signed

    def unsigned(tokens: dict[str, object]) -> dict[str, object]:
        _, body, _ = str(signed(tokens)["id_token"]).split(".")
        return tokens | {"id_token": f"eyJhbGciOiJub25lIn0.{body}."}

    there.between.forge = unsigned
    in_a_token(browser, there, "algorithm")


def test_signed_with_the_public_key_as_a_secret(browser: Browser, there: There) -> None:
    there.between.says({"alg": "HS256"}, there.between.public_pem())
    in_a_token(browser, there, "algorithm")


def test_signed_with_the_clients_secret(browser: Browser, there: There) -> None:
    there.between.says({"alg": "HS256"}, OctKey.import_key("a secret of fanfare that is long enough"))
    in_a_token(browser, there, "algorithm")


@pytest.mark.parametrize("part", [0, 1, 2])
def test_changed_on_the_way(part: int, browser: Browser, there: There) -> None:
    there.between.says()
    signed = there.between.forge
    assert signed

    def tampered(tokens: dict[str, object]) -> dict[str, object]:
        parts = str(signed(tokens)["id_token"]).split(".")
        middle = len(parts[part]) // 2
        other = "A" if parts[part][middle] != "A" else "B"
        parts[part] = parts[part][:middle] + other + parts[part][middle + 1 :]
        return tokens | {"id_token": ".".join(parts)}

    there.between.forge = tampered
    assert browser.get(back_from(there, leave(browser), "sanne-there")).status_code == 403
    assert not is_in(browser)


def test_of_an_unknown_key(browser: Browser, there: There) -> None:
    there.between.says({"kid": "of-the-attacker"}, RSAKey.generate_key(2048))
    in_a_token(browser, there, "key")


def test_of_another_key_by_a_known_name(browser: Browser, there: There) -> None:
    there.between.says(key=RSAKey.generate_key(2048))
    in_a_token(browser, there, "bad_signature")


def test_of_a_key_that_the_token_brings_along(browser: Browser, there: There) -> None:
    own = ECKey.generate_key("P-256")
    there.between.says({"alg": "ES256", "kid": "curve", "jwk": own.as_dict(private=False)}, own)
    in_a_token(browser, there, "bad_signature")


@pytest.mark.filterwarnings("ignore:Key size should be")
def test_of_a_short_key(browser: Browser, there: There) -> None:
    short = RSAKey.import_key(rsa.generate_private_key(65537, 1024))
    there.between.says({"kid": "short"}, short)
    there.between.more_keys.append(short.as_dict(private=False) | {"kid": "short", "use": "sig"})
    in_a_token(browser, there, "short key")


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "..", "e30.e30.", None, 7])
def test_no_token_at_all(value: object, browser: Browser, there: There) -> None:
    there.between.forge = lambda tokens: tokens | {"id_token": value}
    assert browser.get(back_from(there, leave(browser), "sanne-there")).status_code == 403
    assert not is_in(browser)


@pytest.mark.parametrize("error", ["access_denied", "server_error", "<b>x</b>"])
def test_an_error_is_no_sign_in(error: str, browser: Browser, there: There) -> None:
    back = changed(back_from(there, leave(browser), "sanne-there"), error=error)
    answer = browser.get(back)
    assert answer.status_code == 403
    assert "<b>x" not in answer.text
    assert not is_in(browser)


def test_an_answer_of_another_provider(browser: Browser, there: There) -> None:
    back = back_from(there, leave(browser), "sanne-there")
    refused(browser, changed(back, iss="https://elsewhere.example"), "iss")


def test_an_answer_that_does_not_say_from_whom_it_is(browser: Browser, there: There) -> None:
    """From a provider that says that its answers always do."""
    there.between.itself = {"authorization_response_iss_parameter_supported": True}
    refused(browser, back_from(there, leave(browser), "sanne-there"), "iss")


def test_an_answer_that_does(browser: Browser, there: There) -> None:
    there.between.itself = {"authorization_response_iss_parameter_supported": True}
    back = back_from(there, leave(browser), "sanne-there")
    assert browser.get(changed(back, iss=there.issuer)).headers["Location"] == "/"


def test_no_code(browser: Browser, there: There) -> None:
    refused(browser, changed(back_from(there, leave(browser), "sanne-there"), code=None), "code")


@pytest.mark.parametrize("path", ["//evil.example", "/%5Cevil.example", "https://evil.example", "/%09/evil.example"])
def test_nobody_is_led_elsewhere_afterwards(path: str, browser: Browser, there: There) -> None:
    answer = come_in(browser, there, "sanne-there", f"/account/outside?next={path}")
    assert answer.headers["Location"] == "/"


def test_the_mail_address_of_somebody(browser: Browser, there: There) -> None:
    """Verified even: who is not linked is nobody."""
    there.knows("attacker-there", email="sanne@voorbeeld.nl", email_verified=True)
    refused(browser, back_from(there, leave(browser), "attacker-there"), "unlinked")


def test_the_subject_of_somebody_at_another_issuer(browser: Browser, there: There, people: People) -> None:
    with browser.app.app_context():
        row = OutsideAccount(
            person_id=people.bram.id, issuer="https://elsewhere.example", subject="bram-there", linked_at=clock.now()
        )
        db.session.add(row)
        db.session.commit()
    refused(browser, back_from(there, leave(browser), "bram-there"), "unlinked")


def test_somebody_who_left(browser: Browser, there: There) -> None:
    refused(browser, back_from(there, leave(browser), "gone-there"), "unlinked")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "tess@voorbeeld.nl", "email_verified": False},
        {"email": "tess@voorbeeld.nl"},
        {"email": "tess@voorbeeld.nl", "email_verified": "true"},
        {"email": "tess@elders.nl", "email_verified": True},
        {"email_verified": True},
    ],
)
def test_an_invitation_of_somebody_else(
    claims: dict[str, object], browser: Browser, there: There, invited: str
) -> None:
    assert accept(browser, there, invited, **claims) == 403
    assert not is_in(browser)
    assert browser.get(f"/account/invitation/{invited}").status_code == 200
    assert "tess-there" not in dict(accounts(browser.app)).values()


def test_what_is_told_of_somebody_else_than_the_token(browser: Browser, there: There, invited: str) -> None:
    """By the place where more is told: it is of whoever the access token is, and that is another."""
    there.between.says(sub="attacker-there", email=None, email_verified=None)
    assert accept(browser, there, invited, email="tess@voorbeeld.nl", email_verified=True) == 403


def test_an_invitation_with_the_account_of_somebody(browser: Browser, there: There, invited: str) -> None:
    there.between.says(sub="sanne-there", email="tess@voorbeeld.nl", email_verified=True)
    assert accept(browser, there, invited) == 409
    assert not is_in(browser)


def test_an_invitation_that_was_withdrawn_meanwhile(app: Flask, browser: Browser, there: There, invited: str) -> None:
    there.knows("tess-there", email="tess@voorbeeld.nl", email_verified=True)
    back = back_from(there, leave(browser, f"/account/invitation/{invited}/outside"), "tess-there")
    with app.app_context():
        tess = db.session.scalars(select(Person).where(Person.email == "tess@voorbeeld.nl")).one()
        tess.deactivated_at = clock.now()
        db.session.commit()
    assert browser.get(back).status_code == 404
    assert not is_in(browser)


def test_a_form_of_another_site_begins_nothing(browser: Browser, there: There) -> None:
    assert browser.client.post("/account/outside").status_code == 400


def test_setting_out_without_end(browser: Browser, there: There) -> None:
    """Nobody fills the log, nor the table of what is under way, whichever address of a network they come from."""
    with browser.app.test_request_context(environ_base={"REMOTE_ADDR": "2001:db8::1"}):
        who, most = often._attempt(request.remote_addr or "", "account.go_outside"), OF_VISITOR["account.go_outside"]
        tries = {"account_hash": who.account, "address_hash": who.address, "at": clock.now()}
        db.session.execute(insert(SignInFailure), [tries] * most)
        db.session.commit()
    browser.client.environ_base["REMOTE_ADDR"] = "2001:db8::2"
    assert browser.post("/account/outside").status_code == 429
    with browser.app.app_context():
        assert db.session.scalars(select(SignInStep)).all() == []
    browser.client.environ_base["REMOTE_ADDR"] = "127.0.0.1"
    assert browser.post("/account/outside").status_code == 200


def test_opening_the_page_begins_nothing(browser: Browser, there: There) -> None:
    assert browser.get("/account/outside").status_code == 405
