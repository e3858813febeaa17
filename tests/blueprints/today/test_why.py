"""Why is somebody not on my list: every candidate of one's pool has an answer, and it is the same one everywhere."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import select

from app.blueprints.today import noting
from app.db import Busy, db
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import place_in_pool
from app.domain.scoring.list_log import ShownList
from tests import make
from tests.blueprints.today.scene import NOW, Desk

DAY = timedelta(days=1)


def answer(desk: Desk, text: str) -> str:
    return desk.sanne.get(f"/why?q={text}", part=True).text


def change(desk: Desk, **state: object) -> None:
    with desk.sanne.app.app_context():
        row = db.session.get_one(ContactState, desk.chantal)
        for column, value in state.items():
            setattr(row, column, value)
        db.session.commit()


def test_nobody_is_asked_for_at_first(desk: Desk) -> None:
    page = desk.sanne.get("/why").text
    assert "Waarom staat iemand niet op mijn lijst?" in page
    assert "Chantal" not in page


def test_who_is_listed_has_a_number(desk: Desk) -> None:
    assert "Staat op je lijst, als nummer 1." in answer(desk, "bram")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"last_attempt_at": NOW - DAY, "last_attempt_answered": True}, "Gisteren nog benaderd; weer vanaf vrijdag."),
        ({"paused_until": NOW + 9 * DAY}, "met rust gelaten te worden; weer vanaf 13 maart."),
        ({"do_not_contact_at": NOW - DAY}, "wil niet benaderd worden."),
    ],
)
def test_a_gate_is_named_and_when_it_opens(desk: Desk, state: dict[str, object], words: str) -> None:
    change(desk, **state)
    assert words.casefold() in answer(desk, "chantal").casefold()


def test_a_claim_says_whose_it_is(desk: Desk) -> None:
    change(desk, claimed_by_id=desk.people.bram.id, claimed_until=NOW + timedelta(minutes=9))
    assert "Bram Jansen is hiermee bezig; weer vanaf 11:09." in answer(desk, "chantal")


def test_for_whom_others_go_first_the_place_is_told(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        for number in range(12):
            desk.promise(desk.candidate(f"Voorrang {number}"), NOW - DAY)
        db.session.commit()
    change(desk, last_attempt_at=NOW - 5 * DAY)
    assert "Nu gaan anderen voor: nummer 14 van de 14 die je mag benaderen." in answer(desk, "chantal")


def test_in_a_large_pool_nobody_is_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_in_pool, "COUNTED", 1)
    assert "Staat op je lijst." in answer(desk, "bram")


def test_of_somebody_elses_the_owner_is_named(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        make.candidate("Daan Smit", owner=desk.people.bram, branch_id=branch_of(desk.people.bram.id))
        make.candidate("Daan Los", branch_id=branch_of(desk.people.bram.id))
        db.session.commit()
    text = answer(desk, "daan")
    assert "Bram Jansen is de eigenaar van deze kandidaat." in text
    assert "Deze kandidaat heeft nog geen eigenaar." in text


def test_a_list_is_logged_when_its_order_is_new(desk: Desk) -> None:
    desk.sanne.client.get("/")
    desk.sanne.client.get("/")
    with desk.sanne.app.app_context():
        assert len(db.session.scalars(select(ShownList.id)).all()) == 1


def test_when_the_log_has_to_wait_the_list_is_shown_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "write", Mock(side_effect=Busy))
    assert "Bram Willems" in desk.sanne.client.get("/").text
    with desk.sanne.app.app_context():
        assert db.session.scalars(select(ShownList.id)).all() == []


def test_nobody_is_called_that(desk: Desk) -> None:
    assert "Niemand gevonden" in answer(desk, "zzzz")
