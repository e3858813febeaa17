"""The Team screen: what it tells of whom, who may look, and giving candidates an owner."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import action, promise
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.game import appearance
from app.domain.oversight.person_view import PersonView
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.people import Browser, People, make_people

URL = "/team"


@pytest.fixture
def people(browser: Browser) -> People:
    """Sanne logged one action and has a promise that is late; three candidates have no owner."""
    with browser.app.app_context():
        people = make_people()
        sanne, now = db.session.get_one(Person, people.sanne.id), clock.now()
        mine = make.candidate("Aisha El Idrissi", owner=sanne)
        action.log(sanne, mine, Outcome.SPOKE, at=now, now=now, key=uuid4().bytes)
        promise.make(
            mine.id, sanne.id, now - timedelta(hours=1), channel=None, action_id=None, now=now - timedelta(days=1)
        )
        for number in range(3):
            make.candidate(f"Van niemand {number}", at=now - timedelta(days=9 - number))
        db.session.commit()
        return people


def owners(browser: Browser) -> dict[str, int | None]:
    with browser.app.app_context():
        return dict(db.session.execute(select(Candidate.name, Candidate.owner_id)).all())


def assigned(browser: Browser, who: Person, to: Person, number: int | str = 2) -> int:
    return browser.sign_in(who).post(f"{URL}/assignment", {"owner": to.id, "number": number}, at=URL).status_code


def test_it_tells_what_each_did_and_has_planned(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.lead).get(URL).text
    assert "Sanne" in text
    assert 'hot-text">1</td>' in text
    assert "laatst actief" in text


def test_of_who_may_not_be_named_only_the_candidates_are_told(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        withdraw_consent(the_program().id, clock.now())  # type: ignore[union-attr] # there is one
        db.session.commit()
    text = browser.sign_in(people.lead).get(URL).text
    assert "laatst actief" not in text
    assert "de week wordt niet getoond" in text


def test_whoever_is_on_no_list_keeps_their_week_to_themselves(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        appearance.choose(db.session.get_one(Person, people.sanne.id), appearance.HIDDEN, clock.now())
        db.session.commit()
    assert "hot-text" not in browser.sign_in(people.lead).get(URL).text


def test_a_lead_sees_the_own_team_only(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.lead).get(f"{URL}?team={people.otto.team_id}").text
    assert "Otto" not in text
    assert "Sanne" in text


def test_the_sponsor_chooses_a_team_and_assigns_nobody(browser: Browser, people: People) -> None:
    ines = browser.sign_in(people.ines)
    text = ines.get(f"{URL}?team={people.otto.team_id}").text
    assert "Otto" in text
    assert "Toewijzen" not in text


def test_who_is_longest_with_us_gets_an_owner_first(browser: Browser, people: People) -> None:
    assert assigned(browser, people.lead, people.bram) == 303
    bram = people.bram.id
    expected = {"Van niemand 0": bram, "Van niemand 1": bram, "Van niemand 2": None}
    assert {name: owner for name, owner in owners(browser).items() if name in expected} == expected


@pytest.mark.parametrize("number", [0, 101, "veel", ""])
def test_a_wrong_number_gives_nobody_an_owner(browser: Browser, people: People, number: int | str) -> None:
    assert assigned(browser, people.lead, people.bram, number) == 422
    assert people.bram.id not in owners(browser).values()


def test_nobody_of_another_team_gets_candidates(browser: Browser, people: People) -> None:
    assert assigned(browser, people.lead, people.otto) == 422
    assert people.otto.id not in owners(browser).values()


def test_looking_is_written_down(browser: Browser, people: People) -> None:
    browser.sign_in(people.lead).get(URL)
    with browser.app.app_context():
        seen = select(func.count()).where(PersonView.viewer_id == people.lead.id, PersonView.what == "team")
        assert (db.session.scalar(seen) or 0) > 1


def test_a_lead_without_a_team_is_told_so(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        db.session.get_one(Person, people.lead.id).team_id = None
        db.session.commit()
    assert "Nog geen team" in browser.sign_in(people.lead).get(URL).text
