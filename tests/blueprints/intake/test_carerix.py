"""/connections/bullhorn says of Carerix whether scores arrive there, and which numbers nobody has there."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from app import clock
from app.blueprints.intake import carerix
from app.db import db
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import carerix_score, carerix_standing
from app.domain.scoring.carerix_score import Written
from tests import make
from tests.fakes.carerix import Carerix, settings
from tests.people import Browser, make_people

URL = "/connections/bullhorn"


@pytest.fixture
def admin(browser: Browser) -> Iterator[Browser]:
    with browser.app.app_context():
        ada = make_people().ada
    before = browser.app.config["SETTINGS"]
    browser.app.config["SETTINGS"] = before.model_copy(update=settings(Carerix(base="http://127.0.0.1:9")))
    yield browser.sign_in(ada)
    browser.app.config["SETTINGS"] = before


def numbered(number: str) -> int:
    row = make.candidate(f"Kandidaat {number}")
    crm_id.give(row.id, Crm.CARERIX, number, origin="page", now=clock.now())
    return row.id


def test_numbers_that_nobody_has_there_are_told_with_their_candidates(admin: Browser) -> None:
    with admin.app.app_context():
        known, unknown = numbered("88"), numbered("91")
        carerix_score.written(known, Written("88", 40), clock.now())
        carerix_score.unknown(unknown, "91", clock.now())
        db.session.commit()
    page = admin.get(URL).text
    assert f'href="/candidates/{unknown}/reach">Kandidaat met nummer 91<' in page
    assert f"/candidates/{known}/reach" not in page


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("declined: INTERNAL_ERROR", "Het antwoordde “INTERNAL_ERROR” op een score."),
        ("refused", "We worden niet binnengelaten."),
    ],
)
def test_why_scores_do_not_arrive_is_said(admin: Browser, fault: str, said: str) -> None:
    with admin.app.app_context():
        carerix_score.plan(numbered("88"), clock.now().date(), clock.now(), "voorbeeld.nl")
        db.session.execute(update(OutboxRow).values(last_error=fault))
        db.session.commit()
    assert said in admin.get(URL).text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("", ""),
        ("silent", "Het lukte niet en wordt binnen een uur opnieuw geprobeerd."),
        ("declined: BAD_USER_INPUT", "Carerix antwoordde “BAD_USER_INPUT” en houdt de score."),
        ("declined: STAYS", "Carerix houdt de score, terwijl we die leeg hebben gemaakt."),
    ],
)
def test_scores_that_are_of_nobody_here_are_listed(admin: Browser, fault: str, said: str) -> None:
    with admin.app.app_context():
        numbered("88")
        for number in ("88", "91"):
            carerix_standing.note(number)
        carerix_standing.let_go(carerix_standing.freed(), clock.now())
        if fault:
            carerix_standing.stays("91", fault, clock.now())
        db.session.commit()
    page = admin.get(URL).text
    assert ("Nummer 91, sinds" in page, "Nummer 88, sinds" in page, said in page) == (True, False, True)


def test_however_many_there_are_all_are_counted(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carerix_standing, "SHOWN", 2)
    monkeypatch.setattr(carerix, "SHOWN", 2)
    with admin.app.app_context():
        for number in ("91", "92", "93"):
            carerix_standing.note(number)
        carerix_standing.let_go(carerix_standing.freed(), clock.now())
        db.session.commit()
        told = carerix.present(admin.app.config["SETTINGS"])
    assert (len(told.standing), told.to_take_back) == (2, 3)
