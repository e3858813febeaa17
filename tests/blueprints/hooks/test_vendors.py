"""The addresses that vendors are given: what their own libraries signed comes in, and nothing else does."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.notices.provider_event import ProviderEvent
from app.vendors import twilio
from tests.people import Browser, make_people
from tests.vendors.posting import KEYS, SECRET, VERIFY, Sent, change, of_hubspot, of_whatsapp, status
from tests.vendors.tampered import GOOD, NOW, OWN, variants

ALL = [(vendor, name) for vendor in GOOD for name in variants(vendor)]
TAKEN = {"hubspot": "", "whatsapp": "", "twilio": "<Response/>"}


def set_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update=KEYS))


@pytest.fixture
def open_doors(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Browser:
    with browser.app.app_context():
        make_people()
    set_up(browser.app, monkeypatch)
    return browser


def send(client: FlaskClient, sent: Sent) -> TestResponse:
    return client.open(
        f"/hooks/{sent.vendor}",
        method=sent.method,
        data=sent.body,
        headers=list(sent.headers),
        query_string=sent.query,
        content_type=sent.label,
    )


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(ProviderEvent)) or 0


@pytest.mark.parametrize("vendor", sorted(GOOD))
def test_what_its_own_library_signed_comes_in_once(open_doors: Browser, vendor: str) -> None:
    with time_machine.travel(NOW, tick=False):
        answers = [send(open_doors.client, GOOD[vendor]) for _ in range(3)]
    assert [(each.status_code, each.text) for each in answers] == [(200, TAKEN[vendor])] * 3
    assert kept(open_doors.app) == 1


@pytest.mark.parametrize(("vendor", "name"), ALL)
def test_what_was_tampered_with_does_not(
    open_doors: Browser, vendor: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = send(open_doors.client, variants(vendor)[name])
    assert 400 <= answer.status_code < 500
    assert kept(open_doors.app) == 0
    assert SECRET not in answer.text + "".join(capsys.readouterr())


@pytest.mark.parametrize("vendor", sorted(GOOD))
def test_there_are_enough_ways_of_tampering(vendor: str) -> None:
    assert len(variants(vendor)) >= 15
    assert OWN[vendor]


@pytest.mark.parametrize("vendor", sorted(GOOD))
def test_a_vendor_that_is_not_set_has_no_address(browser: Browser, vendor: str) -> None:
    assert send(browser.client, GOOD[vendor]).status_code == 404


def test_why_it_is_refused_is_said_in_the_readers_language(open_doors: Browser) -> None:
    unsigned = variants("whatsapp")["unsigned"]
    told = [
        send(open_doors.client, unsigned._replace(headers=(("Accept-Language", language),))).text
        for language in ("nl", "en")
    ]
    assert "handtekening" in told[0]
    assert "signature" in told[1]


def test_events_of_one_request_are_kept_each(open_doors: Browser) -> None:
    many = [change("recent_conversion_date", "1772532000000", at=NOW, number=number) for number in range(1, 101)]
    with time_machine.travel(NOW, tick=False):
        answers = [send(open_doors.client, of_hubspot(some, NOW)) for some in (many, many[::-1], many[50:])]
    assert {each.status_code for each in answers} == {200}
    assert kept(open_doors.app) == 100


def test_the_name_by_which_a_request_came_is_not_asked(open_doors: Browser) -> None:
    sent = GOOD["hubspot"]._replace(headers=(*GOOD["hubspot"].headers, ("Host", "kwaad.example")))
    with time_machine.travel(NOW, tick=False):
        assert send(open_doors.client, sent).status_code == 200


def test_three_megabytes_of_whatsapp_are_taken_in(open_doors: Browser) -> None:
    statuses = [status("read", at=NOW, name=f"wamid.{number}") for number in range(2_000)]
    said = {"object": "whatsapp_business_account", "entry": [each["entry"][0] for each in statuses]}
    said["entry"][0]["padding"] = "x" * (3 * 1024 * 1024 - len(of_whatsapp(said).body) - 20)
    sent = of_whatsapp(said)
    assert 3_145_000 < len(sent.body) <= 3_145_728
    assert send(open_doors.client, sent).status_code == 200
    assert kept(open_doors.app) == 2_000


def test_one_that_comes_many_times_at_once_is_kept_once(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(real_app, monkeypatch)
    sent = of_hubspot([change("recent_conversion_date", "1772532000000", at=NOW)], clock.now())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: send(real_app.test_client(), sent).status_code, range(8)))
    assert answers == [200] * 8
    assert kept(real_app) == 1


def test_meta_hears_its_challenge_when_it_knows_the_word(open_doors: Browser) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = open_doors.client.get("/hooks/whatsapp", query_string=asked)
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "1158201444", "text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "iets anders"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "é"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": "<script>alert(1)</script>"},
        {"hub.challenge": ""},
        {"hub.challenge": "1" * 201},
    ],
)
def test_whoever_does_not_know_it_hears_nothing(open_doors: Browser, wrong: dict[str, str]) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"} | wrong
    answer = open_doors.client.get("/hooks/whatsapp", query_string=asked)
    assert answer.status_code == 403
    assert "1158201444" not in answer.text
    assert "script" not in answer.text


def test_without_the_extra_twilio_is_told_to_try_later(
    open_doors: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_token: str) -> None:
        raise twilio.NotInstalled

    monkeypatch.setattr(twilio, "_validator", missing)
    answer = send(open_doors.client, GOOD["twilio"])
    assert answer.status_code == 503
    assert "requirements-extras.txt" in answer.text
    assert kept(open_doors.app) == 0
