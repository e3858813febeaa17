"""Sharing something useful: a message is prepared on every channel that is open, with a link of its own."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import Agency
from app.domain.candidates import contact_flags, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.journey import shared_item
from app.domain.journey.shared_item import Described, ItemKind
from app.domain.journey.tracked_link import TrackedLink
from tests import make
from tests.people import Browser, Form, People, make_people

FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


class Desk:
    """Sanne shares things with Pieter, a driver whom she looks after."""

    def __init__(self, browser: Browser) -> None:
        self.app = browser.app
        with browser.app.app_context():
            self.people: People = make_people()
            sanne = self.people.sanne
            them = make.candidate("Pieter Post", owner=sanne, branch_id=branch_of(sanne.id))
            them.language, them.role_sought = "nl", "Vrachtwagenchauffeur"
            identity.add(them, Channel.EMAIL, "pieter@voorbeeld.nl", clock.now())
            identity.add(them, Channel.PHONE, "+31612345678", clock.now())
            self.id = them.id
            self.item_id = self.put("Rijtijden in 2026", roles=["chauffeur"], text="Dag {naam}! Kijk eens: {link}")
            db.session.commit()
        self.url, self.browser = f"/candidates/{self.id}/share", browser.sign_in(self.people.sanne)

    def put(self, title: str, *, roles: list[str], text: str = "") -> int:
        url = "https://voorbeeld.nl/rijtijden"
        return shared_item.add(Described(title, ItemKind.NEWS, url, roles, [], text), None, clock.now()).id

    def share(self, item_id: int = 0) -> TestResponse:
        return self.browser.post(self.url, {"item": str(item_id or self.item_id)})

    def links(self) -> list[TrackedLink]:
        with self.app.app_context():
            return list(db.session.scalars(select(TrackedLink).order_by(TrackedLink.id)))


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_what_fits_is_offered_first(desk: Desk) -> None:
    with desk.app.app_context():
        desk.put("Voor koks", roles=["kok"])
        db.session.commit()
    page = desk.browser.get(desk.url).text
    assert page.index("past bij: chauffeur") < page.index("De rest") < page.index("Voor koks")


def test_an_empty_library_says_who_fills_it(desk: Desk) -> None:
    with desk.app.app_context():
        found = shared_item.find(desk.item_id)
        assert found
        shared_item.retire(found, clock.now())
        db.session.commit()
    assert "Teamleiders en beheerders vullen de bibliotheek." in desk.browser.get(desk.url).text


def test_only_what_does_not_fit_is_said_to_be_so(desk: Desk) -> None:
    with desk.app.app_context():
        db.session.get_one(Candidate, desk.id).role_sought = "Kok"
        db.session.commit()
    assert "Voor deze functie of wens is er nog niets." in desk.browser.get(desk.url).text


def test_the_message_is_ready_on_every_channel(desk: Desk) -> None:
    page = desk.share()
    openings = [unquote(part.partition('"')[0]).replace("&amp;", "&") for part in page.text.split('href="')[1:]]
    sent = [each for each in openings if each.startswith(("mailto:", "sms:", "https://wa.me"))]
    assert page.status_code == 200
    assert {each.partition(":")[0] for each in sent} == {"mailto", "sms", "https"}
    assert all("Dag Pieter! Kijk eens: http" in each for each in sent)
    assert "subject=Rijtijden in 2026" in next(each for each in sent if each.startswith("mailto"))


def test_each_channel_has_a_link_of_its_own_in_one_message(desk: Desk) -> None:
    desk.share()
    rows = desk.links()
    assert {row.channel for row in rows} == {"email", "whatsapp", "sms", None}
    assert len({row.message for row in rows}) == 1
    assert "gedeeld met 1 kandidaat" in desk.browser.get("/library").text


def test_a_click_is_seen_here_and_in_the_library(desk: Desk) -> None:
    page = desk.share().text
    token = page.partition("/r/")[2][:43]
    assert desk.browser.client.get(f"/r/{token}", headers=FIREFOX).status_code == 302
    shared = desk.browser.get(desk.url).text
    assert "geopend</span>" in shared
    assert "gedeeld met 1 kandidaat, geopend door 1" in desk.browser.get("/library").text


def test_saying_that_it_was_sent_logs_it(desk: Desk) -> None:
    page = desk.share().text
    key = page.partition('name="key" value="')[2][:32]
    sent = {"candidate": desk.id, "key": key, "view": "sheet", "outcome": "message_sent", "channel": "whatsapp"}
    answer = desk.browser.client.post("/actions", data=sent | {"csrf_token": Form(page).token, "next": desk.url})
    with desk.app.app_context():
        (row,) = db.session.scalars(select(EngagementAction)).all()
    assert (answer.headers["Location"], row.outcome, row.channel) == (desk.url, "message_sent", "whatsapp")


@pytest.mark.parametrize(("form", "you"), [("je", "aan jou denken"), ("u", "aan u denken")])
def test_without_a_text_of_the_agencys_own_there_is_ours(desk: Desk, form: str, you: str) -> None:
    with desk.app.app_context():
        db.session.scalars(select(Agency)).one().address_form = form
        item_id = desk.put("Voor iedereen", roles=[])
        db.session.commit()
    assert f"Hallo Pieter, dit kwam ik tegen en ik moest {you}: Voor iedereen http" in desk.share(item_id).text


def test_whoever_reads_english_gets_english(desk: Desk) -> None:
    with desk.app.app_context():
        db.session.get_one(Candidate, desk.id).language = "pl"
        item_id = desk.put("Voor iedereen", roles=[])
        db.session.commit()
    page = desk.share(item_id).text
    assert "Hello Pieter, I came across this" in page
    assert 'lang="en"' in page


def test_nothing_is_shared_with_whoever_wants_no_contact(desk: Desk) -> None:
    with desk.app.app_context():
        contact_flags.refused(desk.id, clock.now())
        db.session.commit()
    assert 'name="item"' not in desk.browser.get(desk.url).text
    assert (desk.share().status_code, desk.links()) == (303, [])


def test_what_was_taken_out_meanwhile_is_not_shared(desk: Desk) -> None:
    with desk.app.app_context():
        found = shared_item.find(desk.item_id)
        assert found
        shared_item.retire(found, clock.now())
        db.session.commit()
    assert (desk.share().status_code, desk.share(99).status_code, desk.links()) == (303, 404, [])


def test_it_is_not_for_another_branch(desk: Desk) -> None:
    other = desk.browser.sign_in(desk.people.otto)
    assert other.client.get(desk.url).status_code == 404
    assert other.post(desk.url, {"item": str(desk.item_id)}).status_code == 404
