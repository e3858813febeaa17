"""Changing many rows of the list at once, and back."""

import re

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.audit import AuditEntry
from app.domain.candidates import bulk, label
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.people import Browser, People


@pytest.fixture
def ids(browser: Browser, people: People) -> list[int]:
    with browser.app.app_context():
        found = [make.candidate(f"Kandidaat {number}", owner=people.sanne).id for number in range(3)]
        db.session.commit()
        return found


@pytest.fixture
def lead(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.lead)


def owners(browser: Browser, ids: list[int]) -> list[int | None]:
    with browser.app.app_context():
        return [db.session.get_one(Candidate, each).owner_id for each in ids]


def tagged(browser: Browser, ids: list[int]) -> set[int]:
    with browser.app.app_context():
        return set(label.of(ids))


def post(browser: Browser, what: str, **facts: object) -> str | None:
    return browser.post(f"/candidates/bulk/{what}", facts, at="/candidates/new").location


def undo(browser: Browser) -> str:
    return str(re.findall(r"/candidates/bulk/\d+/undo", browser.get("/candidates").text)[0])


def test_handed_over_and_back(lead: Browser, people: People, ids: list[int]) -> None:
    assert post(lead, "owner?stage=engage", id=ids[:2], owner=people.bram.id) == "/candidates?stage=engage"
    assert owners(lead, ids) == [people.bram.id, people.bram.id, people.sanne.id]
    assert lead.post(undo(lead), at="/candidates").location == "/candidates"
    assert owners(lead, ids) == [people.sanne.id] * 3
    assert "Ongedaan gemaakt bij 2 kandidaten." in lead.get("/candidates").text


def test_the_undo_keeps_the_list_that_was_asked_for(lead: Browser, ids: list[int]) -> None:
    post(lead, "tag?stage=engage", id=ids[:2], tag="beurs")
    address = re.findall(r"/candidates/bulk/\d+/undo[^\"]*", lead.get("/candidates").text)[0]
    assert lead.post(address, at="/candidates").location == "/candidates?stage=engage"


def test_to_nobody(lead: Browser, ids: list[int]) -> None:
    post(lead, "owner", id=ids, owner="")
    assert owners(lead, ids) == [None] * 3


def test_all_of_the_list(lead: Browser, people: People, ids: list[int]) -> None:
    post(lead, "tag?q=2", all="yes", tag="beurs")
    assert tagged(lead, ids) == {ids[2]}
    assert "1 kandidaat gewijzigd." in lead.get("/candidates").text


def test_tagging_is_for_everybody(sanne: Browser, ids: list[int]) -> None:
    post(sanne, "tag", id=ids, tag="beurs")
    assert tagged(sanne, ids) == set(ids)


def test_handing_over_is_not(sanne: Browser, people: People, ids: list[int]) -> None:
    assert "Overdragen" not in sanne.get("/candidates").text
    answer = sanne.post("/candidates/bulk/owner", {"id": ids, "owner": people.bram.id}, at="/candidates")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("what", "facts", "why"),
    [
        ("tag", {"tag": "beurs"}, "Kies minstens één kandidaat."),
        ("tag", {"tag": " ", "id": 1}, "Een label heeft een naam"),
        ("tag", {"tag": "a,b", "id": 1}, "Een label heeft een naam"),
        ("tag", {"tag": "x" * 61, "id": 1}, "Een label heeft een naam"),
        ("tag", {"tag": "beurs", "id": ["x", "٣", "99999999999", "9" * 5_000]}, "Kies minstens één kandidaat."),
        ("owner", {"owner": "9999", "id": 1}, "Kies wie de kandidaten krijgt."),
    ],
)
def test_what_cannot_be(lead: Browser, ids: list[int], what: str, facts: dict[str, object], why: str) -> None:
    assert post(lead, what, **facts) == "/candidates"
    assert why in lead.get("/candidates").text
    assert tagged(lead, ids) == set()


def test_too_many(lead: Browser, ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    post(lead, "tag", all="yes", tag="beurs")
    assert "Hooguit 2 tegelijk" in lead.get("/candidates").text
    assert tagged(lead, ids) == set()


def test_nothing_changed_has_no_undo(lead: Browser, people: People, ids: list[int]) -> None:
    post(lead, "owner", id=ids, owner=people.sanne.id)
    text = lead.get("/candidates").text
    assert "0 kandidaten gewijzigd." in text
    assert "/undo" not in text


def test_undo_is_for_whoever_did_it(lead: Browser, sanne: Browser, people: People, ids: list[int]) -> None:
    post(lead, "owner", id=ids, owner=people.bram.id)
    assert sanne.post(undo(lead), at="/candidates").status_code == 404


def test_outsiders_change_nobody(otto: Browser, aisha: int) -> None:
    post(otto, "tag", id=aisha, tag="beurs")
    assert tagged(otto, [aisha]) == set()


def test_many_are_changed_and_put_back_by_portions(
    lead: Browser, people: People, ids: list[int], held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PORTION", 2)
    post(lead, "owner", id=ids, owner=people.bram.id)
    assert owners(lead, ids) == [people.bram.id] * 3
    lead.post(undo(lead), at="/candidates/new")
    assert owners(lead, ids) == [people.sanne.id] * 3
    assert "Ongedaan gemaakt bij 3 kandidaten." in lead.get("/candidates").text
    post(lead, "tag", id=ids, tag="beurs")
    assert tagged(lead, ids) == set(ids)
    assert (max(held), sum(held)) == (2, 9)
    with lead.app.app_context():
        handed = select(AuditEntry.facts).where(AuditEntry.what == "candidates.handed").order_by(AuditEntry.id)
        assert [facts["count"] for facts in db.session.scalars(handed)] == [2, 1]
