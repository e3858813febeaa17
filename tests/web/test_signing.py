"""What was signed before, by SHA-1, is still read; what is signed now is signed by SHA-256; nothing else is."""

from hashlib import md5, sha1, sha256
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeSerializer

from app import clock
from app.db import db
from app.domain.agency import session as sign_in
from app.mail import read_unsubscribe, unsubscribe_url
from tests.conftest import KEY
from tests.people import Browser, make_people


def signed(digest: Any, key: str = KEY) -> str:  # noqa: ANN401 - a function of hashlib
    how = {"digest_method": digest}
    return URLSafeSerializer(key, salt="unsubscribe", signer_kwargs=how).dumps(["person:1", "weekly_reminder"])


@pytest.mark.parametrize(
    ("token", "read"),
    [
        (signed(sha256), ("person:1", "weekly_reminder")),
        (signed(sha1), ("person:1", "weekly_reminder")),
        (signed(md5), None),
        (signed(sha1, "x" * 40), None),
        (signed(sha256, "x" * 40), None),
    ],
)
def test_a_link_in_a_mail_of_before_still_stops_it(token: str, read: object, any_app: Flask) -> None:
    with any_app.test_request_context():
        assert read_unsubscribe(token) == read


def test_links_are_signed_by_sha_256_from_now_on(any_app: Flask) -> None:
    with any_app.test_request_context():
        assert unsubscribe_url("person:1", "weekly_reminder").endswith(f"/{signed(sha256)}")


def cookie_of_before(browser: Browser, token: str) -> str:
    """As Flask signs it unless it is told otherwise."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(browser.app)
    assert serializer
    return str(serializer.dumps({"_user_id": token, "_fresh": True}))


def test_nobody_is_signed_out_by_it(browser: Browser) -> None:
    with browser.app.app_context():
        token = sign_in.open_session(make_people().sanne, "test", clock.now())
        db.session.commit()
    browser.client.set_cookie("fanfare", cookie_of_before(browser, token))
    assert browser.get("/account").status_code == 200


def test_what_a_forms_token_is_made_of_is_drawn_as_every_token_is(browser: Browser) -> None:
    with browser.app.app_context():
        make_people()
    browser.get("/account/sign-in")
    with browser.client.session_transaction() as cookie:
        assert len(cookie["csrf_token"]) == 43
    assert browser.post("/account/language", {"language": "en"}).status_code == 303
