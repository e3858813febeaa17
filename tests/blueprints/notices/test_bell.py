"""The bell: what happened by day, read by a press, and counted on every page without a question of its own."""

import json

import pytest

from app import clock
from app.db import db
from app.domain.actions import alerting
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.notices import notice
from app.domain.notices.alert import AlertKind
from tests import make
from tests.page import counted
from tests.people import Browser, make_people

POLL = {"HX-Request": "true"}


@pytest.fixture
def sanne(browser: Browser) -> Person:
    with browser.app.app_context():
        return make_people().sanne


@pytest.fixture
def mine(browser: Browser, sanne: Person) -> Browser:
    return browser.sign_in(sanne)


def replied(browser: Browser, owner: Person, name: str = "Aisha El Amrani") -> int:
    """A candidate of theirs replied; answers which."""
    with browser.app.app_context():
        now = clock.now()
        them = make.candidate(name, owner=owner)
        alerting.tell_owner(them.id, AlertKind.REPLY, period="1", facts={"at": now.isoformat()}, now=now)
        db.session.commit()
        return them.id


def unread(browser: Browser, person: Person) -> int:
    with browser.app.app_context():
        return notice.unread(f"person:{person.id}")


def number(browser: Browser, person: Person) -> int:
    """Of the newest."""
    with browser.app.app_context():
        return notice.of_page(f"person:{person.id}").rows[0].id


def test_before_anything_happened_it_says_so(mine: Browser) -> None:
    page = mine.get("/notices").text
    assert "Nog niets" in page
    assert "ongelezen" not in page


def test_looking_reads_nothing(mine: Browser, sanne: Person) -> None:
    them = replied(mine, sanne)
    page = mine.get("/notices").text
    assert "Aisha El Amrani heeft gereageerd" in page
    assert "Vandaag" in page
    assert "1 ongelezen" in page
    assert f'href="/candidates/{them}"' not in page
    assert unread(mine, sanne) == 1


def test_its_button_reads_it_and_leads_to_where_it_is_acted_on(mine: Browser, sanne: Person) -> None:
    them = replied(mine, sanne)
    answer = mine.post(f"/notices/{number(mine, sanne)}/opening", at="/notices")
    assert answer.headers["Location"] == f"/candidates/{them}"
    assert unread(mine, sanne) == 0
    assert f'href="/candidates/{them}"' in mine.get("/notices").text


def test_one_of_somebody_else_does_not_exist(mine: Browser, browser: Browser, sanne: Person) -> None:
    replied(mine, sanne)
    with browser.app.app_context():
        otto = db.session.query(Person).filter_by(name="Otto van der Berg").one()
    assert browser.sign_in(otto).post(f"/notices/{number(mine, sanne)}/opening", at="/account").status_code == 404
    assert unread(mine, sanne) == 1


def test_all_that_stood_there_is_read_at_once(mine: Browser, sanne: Person) -> None:
    replied(mine, sanne)
    looked = clock.now().isoformat()
    replied(mine, sanne, "Bas Kok")
    assert mine.post("/notices/reading", {"until": looked}, at="/notices").status_code == 303
    assert unread(mine, sanne) == 1
    mine.post("/notices/reading", {"until": "nonsense"}, at="/notices")
    assert unread(mine, sanne) == 0


def test_there_are_pages(mine: Browser, sanne: Person) -> None:
    with mine.app.app_context():
        for each in range(31):
            notice.tell("unusual", [f"person:{sanne.id}"], period=str(each), facts={}, now=clock.now())
        db.session.commit()
    assert mine.get("/notices").text.count("Bekijken") == 2 * 30
    assert mine.get("/notices?page=2").text.count("Bekijken") == 2


def test_whom_one_may_not_see_any_more_is_not_named(mine: Browser, sanne: Person) -> None:
    them = replied(mine, sanne)
    with mine.app.app_context():
        notice.rename(f"candidate:{them}", "candidate:999999")
        db.session.commit()
    page = mine.get("/notices").text
    assert "Aisha" not in page
    assert "een kandidaat die je niet meer ziet heeft gereageerd" in page
    answer = mine.post(f"/notices/{number(mine, sanne)}/opening", at="/notices")
    assert answer.headers["Location"] == "/notices"


def test_it_goes_along_when_two_become_one(mine: Browser, sanne: Person) -> None:
    them = replied(mine, sanne)
    with mine.app.app_context():
        kept = make.candidate("Aïsha Amrani", owner=sanne)
        db.session.get_one(Candidate, them).merged_into_id = kept.id
        db.session.commit()
        kept_id = kept.id
    assert "Aïsha Amrani heeft gereageerd" in mine.get("/notices").text
    answer = mine.post(f"/notices/{number(mine, sanne)}/opening", at="/notices")
    assert answer.headers["Location"] == f"/candidates/{kept_id}"


def test_the_bell_costs_no_question_of_its_own(mine: Browser, sanne: Person) -> None:
    replied(mine, sanne)
    mine.get("/account/sign-in")
    with counted() as statements:
        assert "1 ongelezen" in mine.client.get("/notices/bell", headers=POLL).text
    assert len(statements) == 1


def test_it_is_silent_until_the_number_changes(mine: Browser, sanne: Person) -> None:
    def poll(tag: str) -> tuple[int, object]:
        answer = mine.client.get("/notices/bell", headers=POLL | {"HX-PTag": tag})
        return answer.status_code, json.loads(answer.headers.get("HX-Trigger", "null"))

    assert poll("0") == (304, None)
    replied(mine, sanne)
    assert poll("0") == (200, {"announce": {"message": "1 nieuwe melding"}})
    assert poll("1") == (304, None)
    assert poll("2") == (200, None)
    assert poll("x" * 20) == (200, None)


def test_it_does_not_nag_whoever_was_signed_out(browser: Browser, sanne: Person) -> None:
    assert browser.client.get("/notices/bell", headers=POLL).status_code == 204
    assert browser.get("/notices/bell").status_code == 303
