"""The addresses that mail providers are given: theirs alone, once, and of no use to anybody else."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.told import Posted
from tests.mail_providers.posting import SECRET, SIGNING_KEY, of_mailgun, of_postmark, of_sendgrid, public_key
from tests.people import Browser, make_people

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
OPENS = [{"event": "open", "sg_event_id": name, "timestamp": 1772532000} for name in ("one", "two")]
OTHERS = 3
"""HubSpot, WhatsApp and Twilio."""
KEYS = {"postmark_secret": SECRET, "sendgrid_key": public_key(), "mailgun_key": SIGNING_KEY}


@pytest.fixture
def set_up(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Browser:
    settings = browser.app.config["SETTINGS"].model_copy(update=KEYS)
    monkeypatch.setitem(browser.app.config, "SETTINGS", settings)
    return browser


def post(browser: Browser, provider: str, posted: Posted, **more: object) -> TestResponse:
    with time_machine.travel(NOW, tick=False):
        return browser.client.post(f"/hooks/mail/{provider}", data=posted.body, headers=dict(posted.headers), **more)


def kept(browser: Browser) -> list[tuple[str, Mapping[str, Any]]]:
    with browser.app.app_context():
        rows = db.session.scalars(select(ProviderEvent).order_by(ProviderEvent.id))
        return [(row.event_id, row.payload) for row in rows]


@pytest.mark.parametrize("name", ["postmark", "sendgrid", "mailgun", "somebody"])
def test_who_is_not_set_has_no_address(browser: Browser, name: str) -> None:
    assert post(browser, name, of_postmark({})).status_code == 404


def test_events_are_kept_as_they_came_and_once(set_up: Browser) -> None:
    posted = of_sendgrid(OPENS, NOW)
    assert [post(set_up, "sendgrid", posted).status_code for _ in range(2)] == [200, 200]
    assert kept(set_up) == [("one", OPENS[0]), ("two", OPENS[1])]


def test_a_token_opens_once(set_up: Browser) -> None:
    other = of_mailgun({"event": "failed", "id": "made up"}, NOW)
    posted = of_mailgun({"event": "opened"}, NOW)
    assert [post(set_up, "mailgun", each).status_code for each in (posted, posted, other)] == [200, 406, 406]
    assert kept(set_up) == [("t" * 50, {"event": "opened"})]


def test_a_token_that_comes_many_times_at_once_opens_once(real_app: Flask) -> None:
    real_app.config["SETTINGS"].mailgun_key = SIGNING_KEY
    posted = of_mailgun({"event": "opened"}, clock.now())

    def once(_number: int) -> int:
        return real_app.test_client().post("/hooks/mail/mailgun", data=posted.body).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(once, range(8))) == [200] + [406] * 7


def test_postmark_proves_itself_by_basic_and_not_in_the_address(set_up: Browser) -> None:
    posted = of_postmark({"RecordType": "Open", "MessageID": "1"})
    assert post(set_up, "postmark", posted, query_string={"secret": SECRET}).status_code == 401
    assert kept(set_up) == []
    assert post(set_up, "postmark", posted, auth=("fanfare", SECRET)).status_code == 200
    assert post(set_up, "postmark", posted, auth=("fanfare", "fout")).status_code == 401
    assert post(set_up, "postmark", posted).status_code == 401
    assert len(kept(set_up)) == 1


@pytest.mark.parametrize("name", ["sendgrid", "mailgun"])
def test_what_is_not_signed_is_refused(set_up: Browser, name: str) -> None:
    assert post(set_up, name, Posted(b"{}", {}, "")).status_code == 401
    assert kept(set_up) == []


def test_more_than_a_megabyte_is_not_read(set_up: Browser) -> None:
    large = of_postmark({"RecordType": "Open", "Details": "x" * 1024 * 1024})
    assert post(set_up, "postmark", large, auth=("fanfare", SECRET)).status_code == 413


def test_the_page_of_connections_tells_how_it_stands(set_up: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    with set_up.app.app_context():
        ada = make_people().ada
    page = set_up.sign_in(ada).get("/connections").text
    assert "http://127.0.0.1:8000/hooks/mail/sendgrid" in page
    assert "FANFARE_POSTMARK_SECRET" in page
    assert SECRET not in page
    assert page.count("niet verbonden") == OTHERS
    monkeypatch.undo()
    assert set_up.sign_in(ada).get("/connections").text.count("niet verbonden") == 3 + OTHERS
