"""What waits for the word of those who run it: actions without proof, and adjustments by a second pair of eyes."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.actions.verification import Verification
from app.domain.agency.person import Person
from app.domain.game.adjustment import Adjustment
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.program import program
from app.domain.program.program import the_program
from tests import make
from tests.people import Browser, People, make_people

URL = "/approvals"
ADJUST = "/approvals/adjustments"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def points_of(browser: Browser, person: Person) -> int:
    with browser.app.app_context():
        total = select(func.sum(LedgerEntry.points)).where(LedgerEntry.person_id == person.id)
        return db.session.scalar(total) or 0


def waits(browser: Browser, person: Person) -> int:
    """An appointment that nothing proves yet; answers the action's id."""
    with browser.app.app_context():
        candidate = make.candidate("Willem de Boer", owner=person)
        me = db.session.get_one(Person, person.id)
        action.log(me, candidate, Outcome.APPOINTMENT, at=clock.now(), key=uuid4().bytes, now=clock.now())
        db.session.commit()
        return db.session.scalars(select(Verification.action_id)).one()


def adjusted(
    browser: Browser, who: Person, person: Person, points: int, reason: str = "Dubbel geteld", *, key: str = ""
) -> TestResponse:
    facts = {"person_id": person.id, "points": points, "reason": reason, "key": key or uuid4().hex}
    return browser.sign_in(who).post(ADJUST, facts, at=ADJUST)


def waiting(browser: Browser) -> int:
    with browser.app.app_context():
        return db.session.scalars(select(Adjustment.id).where(Adjustment.decision.is_(None))).one()


def test_a_lead_confirms_what_the_team_did(browser: Browser, people: People) -> None:
    action_id, lead = waits(browser, people.sanne), browser.sign_in(people.lead)
    before = points_of(browser, people.sanne)
    assert "Willem de Boer" in lead.get(URL).text
    lead.post(f"{URL}/actions", {"id": action_id, "decision": "approve"}, at=ADJUST)
    page = lead.get(URL).text
    assert "1 actie is bevestigd" in page
    assert "Willem de Boer" not in page
    assert points_of(browser, people.sanne) == before + 40


def test_what_is_not_confirmed_leaves_the_list_unpaid(browser: Browser, people: People) -> None:
    action_id, before = waits(browser, people.sanne), points_of(browser, people.sanne)
    ines = browser.sign_in(people.ines)
    ines.post(f"{URL}/actions", {"id": action_id, "decision": "decline"}, at=ADJUST)
    assert "Er wacht niets op jou" in ines.get(URL).text
    assert points_of(browser, people.sanne) == before


def test_all_are_ticked_by_a_link(browser: Browser, people: People) -> None:
    waits(browser, people.sanne)
    lead = browser.sign_in(people.lead)
    assert f'href="{URL}?all=1"' in lead.get(URL).text
    assert " checked>" in lead.get(f"{URL}?all=1").text


def test_nobody_confirms_their_own(browser: Browser, people: People) -> None:
    action_id, lead = waits(browser, people.lead), browser.sign_in(people.lead)
    lead.post(f"{URL}/actions", {"id": action_id, "decision": "approve"}, at=ADJUST)
    assert "Er is niets aangevinkt" in lead.get(URL).text


def test_without_consent_nobody_is_shown(browser: Browser, people: People) -> None:
    action_id = waits(browser, people.sanne)
    with browser.app.app_context():
        present = the_program()
        assert present
        program.withdraw_consent(present.id, clock.now())
        db.session.commit()
    lead = browser.sign_in(people.lead)
    assert lead.post(f"{URL}/actions", {"id": action_id, "decision": "approve"}, at=ADJUST).status_code == 404
    page = lead.get(URL).text
    assert "Willem de Boer" not in page
    assert "heeft nog niet ingestemd" in page


def test_a_small_adjustment_counts_at_once(browser: Browser, people: People) -> None:
    assert adjusted(browser, people.lead, people.sanne, -20).status_code == 303
    assert points_of(browser, people.sanne) == -20
    page = browser.sign_in(people.sanne).get("/account/recorded").text
    assert "Dubbel geteld" in page


def test_the_form_sent_again_for_something_else_is_not_lost_unseen(browser: Browser, people: People) -> None:
    key = uuid4().hex
    adjusted(browser, people.lead, people.sanne, -20, key=key)
    assert adjusted(browser, people.lead, people.sanne, -20, key=key).status_code == 303
    other = adjusted(browser, people.lead, people.sanne, -30, key=key)
    assert (other.status_code, key in other.text) == (422, False)
    assert "-30" in other.text
    assert points_of(browser, people.sanne) == -20


def test_a_large_one_waits_and_its_maker_cannot_agree(browser: Browser, people: People) -> None:
    adjusted(browser, people.ines, people.sanne, 600)
    approval, ines = f"{ADJUST}/{waiting(browser)}/approval", browser.sign_in(people.ines)
    ines.post(approval, at=ADJUST)
    assert "Iemand anders moet kijken" in ines.get(URL).text
    assert points_of(browser, people.sanne) == 0
    lead = browser.sign_in(people.lead)
    assert lead.get(URL).text.count("Dubbel geteld") == 1, "what waits for one's word stands once"
    lead.post(approval, at=ADJUST)
    assert points_of(browser, people.sanne) == 600


def test_who_comes_second_hears_that_it_was_decided(browser: Browser, people: People) -> None:
    adjusted(browser, people.ines, people.sanne, 600)
    address, ada = f"{ADJUST}/{waiting(browser)}", browser.sign_in(people.ada)
    browser.sign_in(people.lead).post(f"{address}/refusal", at=ADJUST)
    ada.post(f"{address}/approval", at=ADJUST)
    page = ada.get(URL).text
    assert "Iemand besloot al eerder" in page
    assert "niet akkoord door Lea Mulder" in page
    assert points_of(browser, people.sanne) == 0


def test_a_lead_decides_nothing_of_another_team(browser: Browser, people: People) -> None:
    adjusted(browser, people.ines, people.otto, 600)
    address = f"{ADJUST}/{waiting(browser)}/approval"
    assert browser.sign_in(people.lead).post(address, at=ADJUST).status_code == 404


@pytest.mark.parametrize(("points", "reason"), [(0, "Waarom niet"), (5, ""), (10_001, "Te veel")])
def test_what_is_not_complete_stays_on_the_form(browser: Browser, people: People, points: int, reason: str) -> None:
    answer = adjusted(browser, people.lead, people.sanne, points, reason)
    assert answer.status_code == 422
    assert f"{reason}</textarea>" in answer.text


@pytest.mark.parametrize("who", ["lead", "otto"])
def test_only_those_whom_one_runs_can_be_chosen(browser: Browser, people: People, who: str) -> None:
    assert adjusted(browser, people.lead, getattr(people, who), 5).status_code == 422
