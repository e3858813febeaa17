"""Headers and cookies: what a browser may load, keep and send, on every answer, errors included."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from app.db import db
from app.domain.agency import picture
from app.domain.program.program import the_program
from app.web.headers import POLICY
from app.web.reports import ADDRESS
from tests.conftest import make_app
from tests.make import PNG, START
from tests.people import Browser, make_people

HTTPS = "https://fanfare.example"
ANSWERS = ("/health/live", "/account/sign-in", "/no-such-page", "/v1/none", "/s.js", "/")


@pytest.fixture
def visitor(browser: Browser) -> FlaskClient:
    with browser.app.app_context():
        make_people()
    return browser.client


@pytest.mark.parametrize("url", ANSWERS)
def test_every_answer_has_the_policy(visitor: FlaskClient, url: str) -> None:
    headers = visitor.get(url).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_every_text_says_in_which_letters(browser: Browser) -> None:
    with browser.app.app_context():
        ada = browser.sign_in(make_people().ada)
    plain = {
        rule.rule for rule in browser.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    }
    types = {url: ada.client.get(url).headers.get("Content-Type", "") for url in plain}
    texts = {url: kind for url, kind in types.items() if kind.startswith("text/")}
    assert len(texts) > 50
    assert {url: kind for url, kind in texts.items() if "charset=utf-8" not in kind.lower()} == {}
    assert [url for url, kind in types.items() if not kind] == []


def test_the_policy_begins_with_nothing_and_runs_only_our_files() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in POLICY
    assert rules["report-uri"] == ADDRESS


def test_pages_are_kept_by_nobody_and_loaded_by_nobody_else(visitor: FlaskClient) -> None:
    headers = visitor.get("/account/sign-in").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def test_only_the_intake_is_open_to_others_and_never_with_cookies(visitor: FlaskClient) -> None:
    headers = visitor.get("/s.js", headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def logo_of(app: Flask) -> str:
    """Where the program's logo is."""
    with app.app_context():
        program = the_program()
        assert program
        program.logo_id = picture.store(PNG, START).id
        db.session.commit()
        return f"/pictures/{program.logo_id}"


@pytest.mark.parametrize("url", ["/health/live", "/s.js", "/brand/120.css", "/v1/projects/x/settings", "sheet", "logo"])
def test_what_is_the_same_for_everybody_depends_on_no_cookie(visitor: FlaskClient, url: str) -> None:
    app = visitor.application
    answer = visitor.get({"sheet": app.extensions["assets"].css_url, "logo": logo_of(app)}.get(url, url))
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert ("HX-Request" in answer.headers.get("Vary", "")) == (url == "/health/live")


@pytest.mark.parametrize("url", ["/account/sign-in", "/no-such-page", "/"])
def test_what_a_cookie_may_change_says_so(visitor: FlaskClient, url: str) -> None:
    assert "Cookie" in visitor.get(url).headers["Vary"]


@pytest.fixture
def in_production(tmp_path: Path, sqlite_template: Path) -> Flask:
    (tmp_path / "fanfare.sqlite").write_bytes(sqlite_template.read_bytes())
    return make_app(tmp_path, public_url=HTTPS)


def test_in_production_browsers_come_back_by_https_only(in_production: Flask) -> None:
    headers = in_production.test_client().get("/health/live", base_url=HTTPS).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_in_production_the_cookie_is_of_this_host_and_of_no_script(in_production: Flask) -> None:
    cookie = in_production.test_client().get("/setup/1", base_url=HTTPS).headers["Set-Cookie"]
    assert cookie.startswith("__Host-fanfare=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_breach_of_the_policy_is_a_line_without_addresses(visitor: FlaskClient) -> None:
    told = {"csp-report": {"document-uri": "https://x.nl/me/secret", "effective-directive": "script-src"}}
    with capture_logs() as lines:
        answer = visitor.post(ADDRESS, data=json.dumps(told), content_type="application/csp-report")
    assert answer.status_code == 204
    assert lines == [{"event": "policy_violated", "directive": "script-src", "log_level": "warning"}]


@pytest.mark.parametrize("body", [b"", b"\xff" * 100, b'"effective-directive": "' + b"a" * 9000, b"[1,"])
def test_what_is_no_report_is_passed_over(visitor: FlaskClient, body: bytes) -> None:
    with capture_logs() as lines:
        assert visitor.post(ADDRESS, data=body).status_code == 204
    assert lines == []


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(visitor: FlaskClient, method: str) -> None:
    assert visitor.open("/account/sign-in", method=method).status_code == 405
