"""The page on which a candidate chooses one of the times that a recruiter proposed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import time_offer
from app.domain.actions.promise import Promise
from app.domain.actions.time_offer import Proposed, TimeOffer
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import LinkPurpose
from tests.blueprints.public.own_page import OwnPage
from tests.people import Browser

SENDER = Sender("Vaste Band", "Voorbeeld", "voorbeeld.nl", lambda purpose, token: f"/me/{purpose}/{token}")


class Offered(OwnPage):
    """Pieter's page, on which Sanne proposes a time in one, two and three days."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser, LinkPurpose.TIMES)
        now = clock.now().replace(microsecond=0)
        self.starts = tuple(now + timedelta(days=days) for days in (1, 2, 3))
        with browser.app.app_context():
            sanne, pieter = db.session.merge(self.people.sanne), db.session.get_one(Candidate, self.id)
            proposed = Proposed(self.starts, Channel.PHONE)
            self.url = time_offer.hand(pieter, sanne, proposed, now, SENDER, by_mail=False)
            db.session.commit()

    def choose(self, number: int) -> str:
        answer = self.post("", {"start": self.starts[number].isoformat()})
        return self.get().text if answer.status_code == 303 else answer.text

    def promises(self) -> int:
        with self.browser.app.app_context():
            return db.session.scalar(select(func.count(Promise.id)).where(Promise.withdrawn_at.is_(None))) or 0


@pytest.fixture
def offered(browser: Browser) -> Offered:
    return Offered(browser)


def test_looking_shows_three_buttons_and_changes_nothing(offered: Offered) -> None:
    text = offered.get().text
    assert "Sanne de Vries wil je graag spreken" in text
    assert text.count('name="start"') == 3
    assert offered.promises() == 0


def test_one_is_chosen_and_stays_chosen(offered: Offered) -> None:
    assert "Sanne de Vries belt jou op" in offered.choose(1)
    assert "Sanne de Vries belt jou op" in offered.choose(0)
    assert offered.promises() == 1


def test_it_can_be_taken_along_in_a_calendar(offered: Offered) -> None:
    assert offered.browser.client.get(f"{offered.url}/calendar.ics").status_code == 404
    offered.choose(1)
    answer = offered.browser.client.get(f"{offered.url}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert "SUMMARY:Sanne de Vries van Uitzendbureau Voorbeeld" in answer.text


@pytest.mark.parametrize("start", ["vandaag", "2026-01-01T10:00:00+00:00"])
def test_what_was_not_offered_is_refused_kindly(offered: Offered, start: str) -> None:
    answer = offered.post("", {"start": start})
    assert answer.status_code == 422
    assert "Die tijd is niet meer vrij." in answer.text
    assert offered.promises() == 0


def test_none_of_them_leads_to_another_day(offered: Offered) -> None:
    offered.post("/none")
    text = offered.get().text
    assert 'name="start"' not in text
    assert "Bel me terug" in text


def test_then_a_call_is_promised_on_the_same_page(offered: Offered) -> None:
    offered.post("/none")
    assert offered.post("/call", {"day": "gisteren", "part": "morning"}).status_code == 422
    day = offered.get().text.partition('<option value="')[2] or offered.get().text.partition('value="20')[2]
    chosen = day[:10] if day[:2] == "20" else f"20{day[:8]}"
    assert offered.post("/call", {"day": chosen, "part": "evening"}).status_code == 303
    assert offered.promises() == 1
    assert "niet meer beschikbaar" not in offered.get().text


def test_in_the_form_and_the_language_of_the_candidate(offered: Offered) -> None:
    offered.change(language="en")
    assert "would like to speak with you" in offered.get().text


def test_without_a_phone_they_are_asked_to_say_so(offered: Offered) -> None:
    offered.post("/none")
    with offered.browser.app.app_context():
        db.session.execute(db.delete(db.metadata.tables["identity"]))
        db.session.commit()
    assert "Laat Sanne de Vries weten" in offered.get().text


def test_a_withdrawn_offer_opens_nothing(offered: Offered) -> None:
    with offered.browser.app.app_context():
        offer = db.session.scalars(select(TimeOffer).where(TimeOffer.withdrawn_at.is_(None))).one()
        time_offer.withdraw(offer, clock.now())
        db.session.commit()
    assert offered.get().status_code == 404


def test_it_never_tells_what_we_saw(offered: Offered) -> None:
    with offered.browser.app.app_context():
        assert db.session.get(Person, offered.people.sanne.id) is not None
    text = offered.get().text.lower()
    assert not [word for word in ("gezien", "zag dat", "bekeken", "score") if word in text]
