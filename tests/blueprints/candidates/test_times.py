"""A recruiter proposes three times to a candidate, passes them on by a link or a mail, and withdraws them."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions.time_offer import TimeOffer
from app.domain.candidates import contact_flags, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.people import Browser, People, make_people

TOMORROW = (clock.now() + timedelta(days=2)).date().isoformat()
ONE = {"day_1": TOMORROW, "time_1": "10:00", "channel": "phone", "minutes": "30", "how": "show"}


class Desk:
    """Sanne's browser on the times for Pieter, whom she looks after."""

    def __init__(self, browser: Browser) -> None:
        self.app = browser.app
        with browser.app.app_context():
            self.people: People = make_people()
            sanne = self.people.sanne
            them = make.candidate("Pieter Post", owner=sanne, branch_id=branch_of(sanne.id))
            them.language = "nl"
            identity.add(them, Channel.EMAIL, "pieter@voorbeeld.nl", clock.now())
            identity.add(them, Channel.PHONE, "+31612345678", clock.now())
            db.session.commit()
            self.id = them.id
        self.url, self.visitor = f"/candidates/{self.id}/times", browser
        self.browser = browser.sign_in(self.people.sanne)

    def post(self, way: str = "", **data: str) -> TestResponse:
        sent: Mapping[str, str] = data or ONE
        return self.browser.post(self.url + way, sent)

    def offers(self) -> list[TimeOffer]:
        with self.app.app_context():
            return list(db.session.scalars(select(TimeOffer).order_by(TimeOffer.id)))


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_three_times_are_filled_in_and_nothing_is_offered(desk: Desk) -> None:
    text = desk.browser.get(desk.url).text
    assert [f'value="{time}"' in text for time in ("10:00", "14:00", "16:30")] == [True] * 3
    assert desk.offers() == []


def test_the_link_comes_with_a_message(desk: Desk) -> None:
    text = desk.post().text
    assert "je kunt hier kiezen wanneer we elkaar spreken." in text
    assert "/me/times/" in text
    assert [len(offer.moments) for offer in desk.offers()] == [1]


def test_the_link_opens_the_candidates_page(desk: Desk) -> None:
    url = desk.post().text.partition("/me/times/")[2][:43]
    assert desk.visitor.get(f"/me/times/{url}").status_code == 200


def test_we_can_mail_it_once_an_hour(desk: Desk) -> None:
    assert desk.post(**ONE | {"how": "mail"}).status_code == 303
    with desk.app.app_context():
        assert "/me/times/" in db.session.scalars(select(OutboxRow)).one().payload["url"]
    assert desk.post(**ONE | {"how": "mail"}).status_code == 422


WRONG = {
    "Stel ten minste één tijd voor.": {"day_1": "", "time_1": ""},
    "Vul zowel een dag als een tijd in.": {"day_2": TOMORROW},
    "Kies een tijd in de komende twee weken.": {"day_3": "0001-01-01", "time_3": "10:00"},
    "Deze tijd staat er twee keer.": {"day_2": TOMORROW, "time_2": "10:00"},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_slip_is_named_and_nothing_typed_is_lost(desk: Desk, sentence: str) -> None:
    answer = desk.post(**ONE | WRONG[sentence] | {"minutes": "45"})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert 'selected value="45"' in answer.text
    assert desk.offers() == []


def test_an_offer_can_be_withdrawn_once(desk: Desk) -> None:
    desk.post()
    (offer,) = desk.offers()
    assert "Intrekken" in desk.browser.get(desk.url).text
    assert desk.post(f"/{offer.id}/withdrawal", ok="1").status_code == 303
    assert "ingetrokken" in desk.browser.get(desk.url).text
    assert desk.post(f"/{offer.id}/withdrawal", ok="1").status_code == 404


def test_ending_the_link_among_others_withdraws_the_offer(desk: Desk) -> None:
    desk.post()
    (offer,) = desk.offers()
    links = desk.url.replace("/times", "/links")
    assert "Een tijd kiezen" in desk.browser.get(links).text
    desk.browser.post(f"{links}/{offer.link_id}/end", {"ok": "1"})
    assert "ingetrokken" in desk.browser.get(desk.url).text


def test_whoever_wants_no_contact_is_offered_nothing(desk: Desk) -> None:
    with desk.app.app_context():
        contact_flags.refused(desk.id, clock.now())
        db.session.commit()
    assert desk.post().status_code == 422
    assert desk.offers() == []


def test_an_outsider_sees_nothing(desk: Desk) -> None:
    otto = desk.visitor.sign_in(desk.people.otto)
    assert otto.get(desk.url).status_code == 404
    assert otto.post(desk.url, ONE).status_code == 404
