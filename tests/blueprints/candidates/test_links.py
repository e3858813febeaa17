"""A recruiter hands a candidate a link: mailed, or shown this once; never to somebody of another branch."""

from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.candidates import contact_flags, identity, link, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.candidates.question import Question
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.people import Browser, People, make_people


class Desk:
    """Sanne's browser on the links of Pieter, whom she looks after."""

    def __init__(self, browser: Browser) -> None:
        self.app = browser.app
        with browser.app.app_context():
            self.people: People = make_people()
            sanne = self.people.sanne
            them = make.candidate("Pieter Post", owner=sanne, branch_id=branch_of(sanne.id))
            them.language = "en"
            identity.add(them, Channel.EMAIL, "pieter@voorbeeld.nl", clock.now())
            identity.add(them, Channel.PHONE, "+31612345678", clock.now())
            db.session.commit()
            self.id = them.id
        self.url, self.visitor = f"/candidates/{self.id}/links", browser
        self.browser = browser.sign_in(self.people.sanne)

    def post(self, way: str = "", data: Mapping[str, str] | None = None) -> TestResponse:
        return self.browser.post(self.url + way, data)

    def rows(self) -> list[CandidateLink]:
        with self.app.app_context():
            wanted = select(CandidateLink).where(CandidateLink.purpose != LinkPurpose.STOP)
            return list(db.session.scalars(wanted.order_by(CandidateLink.id)))

    def asked(self) -> Question | None:
        with self.app.app_context():
            return question.open_question(self.id)


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_nothing_was_made_yet(desk: Desk) -> None:
    shown = desk.browser.get(desk.url)
    assert "Er zijn nog geen links gemaakt." in shown.text
    assert desk.rows() == []


def test_what_is_asked_for_is_chosen(desk: Desk) -> None:
    shown = desk.browser.get(f"{desk.url}?purpose=refer").text
    assert 'value="refer" checked' in " ".join(shown.split())


def test_a_mailed_one_is_on_its_way(desk: Desk) -> None:
    answer = desk.post(data={"purpose": "reach", "how": "mail"})
    assert (answer.status_code, answer.headers["Location"]) == (303, desk.url)
    with desk.app.app_context():
        assert db.session.scalars(select(OutboxRow.recipient)).all() == [f"candidate:{desk.id}"]
    shown = desk.browser.get(desk.url).text
    assert "Sanne de Vries" in shown
    assert "één vraag tegelijk is genoeg" in shown


def test_one_to_pass_on_is_shown_once_in_their_language(desk: Desk) -> None:
    shown = desk.post(data={"purpose": "refer", "how": "show"}).text
    token = shown.partition("/me/refer/")[2].partition("<")[0]
    with desk.app.app_context():
        assert link.opened(token, LinkPurpose.REFER, clock.now())
    assert "Hello Pieter Post, here you can refer a friend" in shown
    assert "/me/refer/" not in desk.browser.get(desk.url).text


def test_the_message_is_prepared_where_it_is_sent(desk: Desk) -> None:
    shown = unquote(desk.post(data={"purpose": "refer", "how": "show"}).text)
    assert "https://wa.me/31612345678?text=Hello Pieter Post," in shown
    assert "sms:+31612345678?body=Hello Pieter Post," in shown


def test_one_question_at_a_time(desk: Desk) -> None:
    desk.post(data={"purpose": "reach", "how": "show"})
    answer = desk.post(data={"purpose": "renew", "how": "show"})
    assert (answer.status_code, "één tegelijk is genoeg" in answer.text) == (422, True)
    assert [row.purpose for row in desk.rows()] == ["reach"]


def test_who_wants_no_contact_is_not_mailed(desk: Desk) -> None:
    with desk.app.app_context():
        contact_flags.refused(desk.id, clock.now())
        db.session.commit()
    answer = desk.post(data={"purpose": "reach", "how": "mail"})
    assert (answer.status_code, "Deze kandidaat wil geen contact." in answer.text) == (422, True)
    assert desk.asked() is None


@pytest.mark.parametrize("wrong", [{"purpose": "stop"}, {"purpose": "x"}, {"how": "pigeon"}])
def test_what_is_no_choice_makes_nothing(desk: Desk, wrong: dict[str, str]) -> None:
    assert desk.post(data={"purpose": "reach", "how": "mail"} | wrong).status_code == 422
    assert desk.rows() == []


def test_ending_one(desk: Desk) -> None:
    desk.post(data={"purpose": "reach", "how": "show"})
    (row,) = desk.rows()
    assert desk.post(f"/{row.id}/end").status_code == 303
    assert desk.asked() is None
    assert "beëindigd" in desk.browser.get(desk.url).text


def test_one_of_somebody_else_is_not_there(desk: Desk) -> None:
    with desk.app.app_context():
        other = link.make(make.candidate().id, LinkPurpose.REACH, by_id=None, now=clock.now()).row.id
        db.session.commit()
    assert desk.post(f"/{other}/end").status_code == 404


def test_somebody_of_another_branch_finds_nothing(desk: Desk) -> None:
    otto = desk.visitor.sign_in(desk.people.otto)
    assert otto.get(desk.url).status_code == 404
    assert otto.post(desk.url, {"purpose": "reach", "how": "show"}).status_code == 404
    assert desk.rows() == []


def test_used_and_expired_are_told(desk: Desk) -> None:
    with desk.app.app_context():
        old = clock.now() - 40 * clock.DAY
        link.used(link.make(desk.id, LinkPurpose.REACH, by_id=None, now=old).row, old)
        link.make(desk.id, LinkPurpose.KNOWN, by_id=None, now=old)
        db.session.commit()
    shown = desk.browser.get(desk.url).text
    assert "gebruikt op" in shown
    assert "verlopen" in shown
    assert "vanzelf verstuurd" in shown
    assert "gevraagd door de kandidaat" in shown
