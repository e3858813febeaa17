"""A channel is a button with a message in it only when it is permitted now; else it is said in words."""

from datetime import UTC, datetime

import pytest
import time_machine

from app.db import db
from app.domain.candidates import consent, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose, Via
from tests import make
from tests.people import Browser, People, make_people

FRIDAY = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def bram(browser: Browser, people: People) -> int:
    """He has a phone and a mail address, and wants no mail."""
    with browser.app.app_context():
        row = make.candidate("Bram Willems", owner=people.sanne)
        identity.add(row, Channel.PHONE, "06 12345678", make.START)
        identity.add(row, Channel.EMAIL, "bram@voorbeeld.nl", make.START)
        mail = str(Channel.EMAIL)
        consent.withdraw(row.id, ConsentPurpose.CONTACT, via=Via.IMPORT, by_id=None, now=make.START, channel=mail)
        db.session.commit()
        return row.id


def card(browser: Browser, people: People, bram: int, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        return browser.sign_in(people.sanne).get(f"/next/{bram}", part=True, budget=20).text


def test_on_a_working_day_the_message_is_in_the_link(browser: Browser, people: People, bram: int) -> None:
    text = card(browser, people, bram, FRIDAY)
    assert 'href="tel:+31612345678"' in text
    assert 'href="https://wa.me/31612345678?text=Hallo%20Bram' in text
    assert "mailto:" not in text
    assert "E-mail: geen toestemming" in text
    assert f'data-start="/started/{bram}/phone"' in text


def test_on_a_sunday_nothing_is_a_button(browser: Browser, people: People, bram: int) -> None:
    text = card(browser, people, bram, SUNDAY)
    assert "nu niet; weer vanaf morgen" in text
    assert not [opens for opens in ("tel:", "wa.me", "sms:", "mailto:") if opens in text]
    assert "Benader Bram" in text


def test_an_address_that_may_not_be_used_opens_nothing(browser: Browser, people: People, bram: int) -> None:
    text = browser.sign_in(people.sanne).get(f"/candidates/{bram}/reach").text
    assert "bram@voorbeeld.nl" in text
    assert "mailto:" not in text
    assert text.count("sms:+31612345678") == 1
