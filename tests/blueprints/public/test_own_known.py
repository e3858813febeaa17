"""A candidate reads what we know of them and how their score came about, and decides about it."""

import json

import pytest
from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.actions import response
from app.domain.candidates import erasure_wish
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.link import LinkPurpose
from app.domain.journey.touchpoint import Hit
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import engagement
from tests.blueprints.public.own_page import MAIL, OwnPage
from tests.people import Browser


@pytest.fixture
def own(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.KNOWN)


def viewed(own: OwnPage, times: int = 3, kind: str = "job_view") -> None:
    with own.browser.app.app_context():
        for number in range(times):
            at = clock.now() - number * clock.DAY
            response.take_in(Hit(own.id, kind, at, "test", f"{kind}{number}"), clock.now())
        db.session.commit()


def has_score(own: OwnPage) -> bool:
    with own.browser.app.app_context():
        return engagement.score_of(own.id, clock.now()).tau is not None


def test_everything_that_is_kept(own: OwnPage) -> None:
    shown = own.get().text
    assert "Wat we van jou weten" in shown
    assert MAIL in shown
    assert "Je hebt nog geen score." in shown


def test_what_they_did_stands_there_in_words(own: OwnPage) -> None:
    viewed(own)
    viewed(own, 1, "inbound_reply")
    viewed(own, 2, "Brochure")
    shown = own.get().text
    assert "Je bekeek 3 keer een vacature" in shown
    assert "Je reageerde één keer" in shown
    assert "Brochure: 2 keer" in shown
    assert "van de 100." in shown


def test_that_interest_is_recorded_and_staff_earn_points_is_said(own: OwnPage) -> None:
    shown = own.get().text
    assert "We leggen vast wat je bij ons doet" in shown
    assert "Onze medewerkers verdienen in Vaste Band punten" in shown


def test_an_objection_and_its_withdrawal(own: OwnPage) -> None:
    viewed(own)
    own.post("/objection")
    assert not has_score(own)
    shown = own.get().text
    assert "Je maakte bezwaar op" in shown
    assert "van de 100." not in shown
    own.post("/objection/end")
    assert has_score(own)


def test_a_file_to_take_along(own: OwnPage) -> None:
    answer = own.get("/facts.json")
    assert answer.content_type == "application/json"
    assert answer.headers["Content-Disposition"] == "attachment; filename=what-we-know.json"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert MAIL in json.dumps(json.loads(answer.data))


def asked_at(own: OwnPage) -> object:
    with own.browser.app.app_context():
        return erasure_wish.asked_at(own.id)


def test_asking_to_be_forgotten_erases_nothing_yet(own: OwnPage) -> None:
    own.post("/erasure")
    assert asked_at(own)
    assert "vroeg je ons alles te wissen" in own.get().text
    with own.browser.app.app_context():
        assert db.session.scalars(select(OutboxRow.recipient)).all() == [f"person:{own.people.ada.id}"]
        assert db.session.get_one(Candidate, own.id).name == "Pieter Post"


def test_staying_after_all(own: OwnPage) -> None:
    own.post("/erasure")
    own.post("/erasure/end")
    assert asked_at(own) is None


def test_a_name_is_text(own: OwnPage) -> None:
    with own.browser.app.app_context():
        db.session.execute(update(Candidate).where(Candidate.id == own.id).values(name="<script>alert(1)</script>"))
        db.session.commit()
    assert "<script>alert" not in own.get().text
