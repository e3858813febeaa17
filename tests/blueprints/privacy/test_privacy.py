"""The place Privacy: what is to be seen to, and terms that are versions."""

from collections import Counter

import pytest

from app import clock
from app.db import db
from app.domain.candidates import erasure_wish, privacy_terms, retention
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.privacy_terms import Terms
from app.domain.custody import retention_run
from tests import make
from tests.people import Browser, make_people

TERMS = {"applicant_days": "28", "pool_days": "365", "registered_days": "730", "placed_years": "7"}


@pytest.fixture
def ada(browser: Browser) -> Browser:
    with browser.app.app_context():
        people = make_people()
    return browser.sign_in(people.ada)


def somebody(days_left: int) -> Candidate:
    row = make.candidate("Bram Willems")
    row.keep_until = clock.now() + days_left * clock.DAY
    db.session.commit()
    return row


def test_at_first_there_is_nothing(ada: Browser) -> None:
    page = ada.get("/privacy").text
    assert "Er wacht niemand" in page
    assert "Er is nog geen nacht geweest" in page


def test_what_is_to_be_seen_to(ada: Browser) -> None:
    with ada.app.app_context():
        erasure_wish.ask(somebody(10).id, clock.now())
        retention_run.record(Counter(moved=3, mailed=1), clock.now())
        db.session.commit()
    page = ada.get("/privacy").text
    assert page.count("Bram Willems") == 2
    assert "3 einddatums opnieuw bepaald, 1 mail verstuurd, 0 kandidaten geanonimiseerd" in page


def test_long_lists_have_pages(ada: Browser) -> None:
    with ada.app.app_context():
        for days in range(1, 53):
            somebody(days)
    assert "Pagina 2 van 2" in ada.get("/privacy?page=2").text


def test_whose_end_is_far_is_not_listed(ada: Browser) -> None:
    with ada.app.app_context():
        somebody(90)
        assert retention.counts() == {"registered": 1}
    assert "Bram Willems" not in ada.get("/privacy").text


def test_terms_are_put_in_force(ada: Browser) -> None:
    assert ada.post("/privacy/terms", TERMS | {"pool_days": "200", "contact": "p@voorbeeld.nl"}).status_code == 303
    with ada.app.app_context():
        present = privacy_terms.terms_of(privacy_terms.in_force())
    assert present == Terms(pool_days=200, contact="p@voorbeeld.nl")
    assert "Versie" in ada.get("/privacy/terms").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"pool_days": "0"},
        {"placed_years": "11"},
        {"contact": "x"},
        {"statement_url": "http://x"},
        {"applicant_days": ""},
    ],
)
def test_terms_that_cannot_be_are_refused(ada: Browser, wrong: dict[str, str]) -> None:
    answer = ada.post("/privacy/terms", TERMS | {"text_nl": "Mijn tekst"} | wrong)
    assert answer.status_code == 422
    assert "Mijn tekst" in answer.text
