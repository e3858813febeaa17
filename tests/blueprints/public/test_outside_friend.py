"""Somebody outside refers a friend: it needs no account, tells nobody whom we know, and is not for software."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions import referral
from app.domain.candidates import identity
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.outside import Walls
from tests.people import Browser

AT = "/about/nl/friend"
FRIEND = {"name": "Fatima El Idrissi", "reach": "06 87654321", "agreed": "y"}


@pytest.fixture
def walls(app: Flask) -> Walls:
    walls = Walls(app)
    walls.set()
    return walls


def send(walls: Walls, **other: str) -> TestResponse:
    return walls.visitor.post(AT, {**FRIEND, **other}, at=AT)


def friends(walls: Walls) -> list[Candidate]:
    with walls.app.app_context():
        return list(db.session.scalars(select(Candidate).order_by(Candidate.id)))


def test_a_friend_comes_in_without_an_owner(walls: Walls) -> None:
    answer = send(walls)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{AT}?thanks=1")
    assert "Bedankt! We nemen contact op." in walls.read(answer.headers["Location"])
    (friend,) = friends(walls)
    assert (friend.name, friend.owner_id, friend.referred_by_id, friend.origin) == (
        FRIEND["name"],
        None,
        None,
        "referral",
    )
    assert friend.keep_until is not None
    with walls.app.app_context():
        assert [each.address for each in identity.identities_of(friend.id)] == ["+31687654321"]


def test_nobody_learns_whom_we_know_and_twice_is_once(walls: Walls) -> None:
    first, again = send(walls), send(walls, name="Een ander")
    assert (first.status_code, first.data, first.headers["Location"]) == (
        again.status_code,
        again.data,
        again.headers["Location"],
    )
    assert [each.name for each in friends(walls)] == [FRIEND["name"]]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "\u200b "}, "Vul dit in."),
        ({"name": "x" * 161}, "160"),
        ({"reach": "zomaar iets"}, "Dit is geen telefoonnummer en geen mailadres."),
        ({"reach": "9" * 254}, "Dit is geen telefoonnummer en geen mailadres."),
        ({"agreed": ""}, "We benaderen alleen mensen die ervan weten."),
    ],
)
def test_what_cannot_be_taken_is_shown_again(walls: Walls, wrong: dict[str, str], sentence: str) -> None:
    answer = send(walls, **wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert f'value="{({**FRIEND, **wrong})["reach"]}"' in answer.text
    assert friends(walls) == []


def test_errors_are_in_the_language_of_the_page(walls: Walls) -> None:
    answer = walls.visitor.post("/about/en/friend", FRIEND | {"reach": "nothing"}, at=AT)
    assert "This is no phone number and no mail address." in answer.text


def test_what_fills_in_the_field_that_nobody_sees_is_no_person(walls: Walls) -> None:
    assert send(walls, homepage="https://spam.example").status_code == 303
    assert friends(walls) == []


def test_a_form_from_elsewhere_is_refused(walls: Walls) -> None:
    walls.visitor.get(AT)
    said = {"Sec-Fetch-Site": "cross-site"}
    token = {"csrf_token": walls.visitor._token(AT)}
    answer = walls.visitor.client.post(AT, data=FRIEND | token, headers=said)
    assert (answer.status_code, friends(walls)) == (400, [])


@pytest.mark.parametrize("off", ["is_open", "referral"])
def test_switched_off_it_takes_nobody_in(walls: Walls, off: str) -> None:
    walls.visitor.get(AT)
    walls.set(**{off: ""})
    assert send(walls).status_code == 404
    assert friends(walls) == []


def test_one_network_may_so_often(walls: Walls) -> None:
    answers = [send(walls, reach=f"vriend{number}@voorbeeld.nl").status_code for number in range(21)]
    assert answers == [303] * 20 + [429]
    assert "vriend20@voorbeeld.nl" in send(walls, reach="vriend20@voorbeeld.nl").text


def test_a_day_brings_so_many(walls: Walls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referral, "MOST_A_DAY", 1)
    with walls.app.app_context():
        make.candidate("Uit een bestand", at=clock.now()).origin = "referral"
        db.session.commit()
    assert send(walls).status_code == 303
    refused = send(walls, reach="ander@voorbeeld.nl")
    assert (refused.status_code, "ander@voorbeeld.nl" in refused.text) == (422, True)
    assert "Probeer het morgen nog eens." in refused.text
    with walls.app.app_context():
        assert db.session.scalar(select(func.count(Candidate.id))) == 2


def test_the_form_says_who_it_is_for(walls: Walls) -> None:
    visitor = Browser(walls.app)
    assert "Uitzendbureau Voorbeeld" in visitor.get(AT).text
    assert visitor.get("/about/xx/friend").status_code == 404
    assert visitor.get(AT).headers["Cache-Control"] == "no-store"
