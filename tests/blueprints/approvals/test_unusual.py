"""The desk for what stood out: who sees it, the rows behind it, and that closing it is told and written down."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import clock
from app.db import db, write
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.oversight import anomaly, noticing, person_view
from app.domain.oversight.anomaly import Anomaly, Conclusion
from app.domain.oversight.person_view import PersonView
from tests import make
from tests.people import Browser, People, make_people

ZONE = ZoneInfo("Europe/Amsterdam")
URL = "/approvals/unusual"
ANSWER = "Na de beurs alles ingevoerd"
BURST = 14


@pytest.fixture
def people(browser: Browser) -> People:
    """Sanne recorded fourteen conversations within minutes last week, and said why."""
    with browser.app.app_context():
        people = make_people()
        week = clock.week_of(clock.local_day(clock.now(), ZONE) - clock.WEEK)
        first = clock.wall(week.start + clock.DAY, 15 * 60, ZONE)
        sanne = db.session.get_one(Person, people.sanne.id)
        for number in range(BURST):
            at = first + timedelta(seconds=30 * number)
            candidate = make.candidate(f"Beursganger {number}", owner=sanne)
            action.log(sanne, candidate, Outcome.SPOKE, at=at, now=at, key=uuid4().bytes)
        noticing.look(week, clock.now(), ZONE, "test")
        anomaly.answer(db.session.scalars(select(Anomaly)).one(), ANSWER, clock.now())
        db.session.commit()
        return people


def address(browser: Browser) -> str:
    with browser.app.app_context():
        return f"{URL}/{db.session.scalars(select(Anomaly.id)).one()}"


def closed(browser: Browser, who: Person, note: str = "Besproken") -> int:
    page = address(browser)
    facts = {"conclusion": "talked", "note": note}
    return browser.sign_in(who).post(f"{page}/settlement", facts, at=page).status_code


def test_it_is_listed_with_the_answer(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.lead).get(URL).text
    assert "Veel gesprekken in enkele minuten: Sanne" in text
    assert ANSWER in text


def test_every_row_behind_it_is_shown(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.ines).get(address(browser)).text
    assert all(f"Beursganger {number}" in text for number in range(BURST))


@pytest.mark.parametrize("who", ["otto", "tess", "sanne"])
def test_to_others_it_does_not_exist(browser: Browser, people: People, who: str) -> None:
    their = browser.sign_in(getattr(people, who))
    assert their.client.get(address(browser)).status_code == 404


def test_a_lead_sees_the_own_team_only(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        db.session.get_one(Person, people.sanne.id).team_id = people.otto.team_id
        db.session.commit()
    lead = browser.sign_in(people.lead)
    assert "Sanne" not in lead.get(URL).text
    assert lead.client.get(address(browser)).status_code == 404


def test_it_is_closed_with_a_note_that_the_person_reads(browser: Browser, people: People) -> None:
    assert closed(browser, people.lead) == 303
    with browser.app.app_context():
        row = db.session.scalars(select(Anomaly)).one()
        assert (row.settled_by_id, row.settled_as, row.settled_note) == (people.lead.id, "talked", "Besproken")
    own = browser.sign_in(people.sanne).get("/account/recorded").text
    assert "Besproken" in own


def test_without_a_note_it_stays_open_and_nothing_typed_is_lost(browser: Browser, people: People) -> None:
    page = address(browser)
    answer = browser.sign_in(people.lead).post(f"{page}/settlement", {"conclusion": "talked", "note": " "}, at=page)
    assert answer.status_code == 422
    assert 'value="talked" checked' in " ".join(answer.text.split())


def test_the_second_who_closes_it_is_told(browser: Browser, people: People) -> None:
    closed(browser, people.lead)
    page = address(browser)
    facts = {"conclusion": "explained", "note": "Toch niet"}
    ines = browser.sign_in(people.ines)
    assert ines.post(f"{page}/settlement", facts, at="/approvals/adjustments").status_code == 303
    assert "Iemand was je voor" in ines.get(page).text
    with browser.app.app_context():
        assert db.session.scalars(select(Anomaly.settled_note)).one() == "Besproken"


def test_who_closes_it_while_somebody_else_does_is_told(browser: Browser, people: People) -> None:
    page = address(browser)
    ines, facts = browser.sign_in(people.ines), {"conclusion": "explained", "note": "Toch niet"}

    def first(*_: object) -> None:
        row = db.session.scalars(select(Anomaly)).one()
        anomaly.settle(row, Conclusion.TALKED, "Besproken", by=people.lead, now=clock.now())
        db.session.commit()
        write()

    with patch("app.blueprints.approvals.unusual.write", first):
        assert ines.post(f"{page}/settlement", facts, at=page).headers["Location"] == page
    assert "Iemand was je voor" in ines.get(page).text
    with browser.app.app_context():
        assert db.session.scalars(select(Anomaly.settled_note)).one() == "Besproken"


def test_whoever_looked_is_written_down_once_a_day_for_the_person(browser: Browser, people: People) -> None:
    lead = browser.sign_in(people.lead)
    for _ in range(2):
        lead.get(URL)
        lead.get(address(browser))
    with browser.app.app_context():
        assert [row.viewer_id for row in db.session.scalars(select(PersonView))] == [people.lead.id]
    own = browser.sign_in(people.sanne).get("/account/recorded").text
    assert people.lead.name in own


def test_what_was_looked_at_is_forgotten_after_a_year(browser: Browser, people: People) -> None:
    browser.sign_in(people.lead).get(URL)
    with browser.app.app_context():
        at = db.session.scalars(select(PersonView.at)).one()
        assert person_view.forget_old(at + person_view.KEPT) == 0
        assert person_view.forget_old(at + person_view.KEPT + timedelta(seconds=1)) == 1
