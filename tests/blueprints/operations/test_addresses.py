"""Addresses that refuse mail: whose they are, why, and writing to them again."""

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import IdentityState
from app.domain.notices import preference
from tests import make
from tests.people import Browser, make_people

AISHA = "aisha@voorbeeld.nl"


@pytest.fixture
def ada(browser: Browser) -> Browser:
    with browser.app.app_context():
        people = make_people()
        people.ada.language = "en"
        them = make.candidate("Aisha El Amrani")
        row = identity.add(them, Channel.EMAIL, AISHA, make.START)
        identity.mark(row, IdentityState.INVALID, origin="bounce", now=make.START)
        for address in (AISHA, "sanne@voorbeeld.nl", "nobody@voorbeeld.nl"):
            preference.flag(address, f"550 not {address}", clock.now())
        db.session.commit()
    return browser.sign_in(people.ada)


def state(browser: Browser) -> tuple[bool, str]:
    with browser.app.app_context():
        row = db.session.scalars(select(identity.Identity)).one()
        return preference.is_flagged(AISHA), row.state


def test_whose_they_are_and_why(ada: Browser) -> None:
    page = ada.get("/operations/addresses").text
    assert "Sanne de Vries" in page
    assert ">Aisha El Amrani</a>" in page
    assert "550 not nobody@voorbeeld.nl" in page


def test_written_to_again(ada: Browser) -> None:
    assert state(ada) == (True, "invalid")
    ada.post("/operations/addresses", {"address": AISHA}, at="/operations/addresses")
    assert state(ada) == (False, "unverified")
    assert AISHA not in ada.get("/operations/addresses").text.partition("toast")[0]


def test_twice_is_said(ada: Browser) -> None:
    for said in ("We write to it again", "Somebody did so already"):
        ada.post("/operations/addresses", {"address": AISHA}, at="/operations/addresses")
        assert said in ada.get("/operations/addresses").text


def test_nothing_is_nobodys(ada: Browser) -> None:
    assert ada.post("/operations/addresses", {"address": " "}, at="/operations/addresses").status_code == 400


def test_nobody_refuses(browser: Browser) -> None:
    with browser.app.app_context():
        people = make_people()
    assert "Niemand weigert onze mail" in browser.sign_in(people.ada).get("/operations/addresses").text
