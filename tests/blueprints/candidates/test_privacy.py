"""A candidate's privacy page: what they said is recorded and works at once, and an administrator can forget them."""

import pytest
from flask import Flask

from app.db import db
from app.domain.candidates import consent, erasure_wish
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Retention
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import IdentityState, identities_of
from app.domain.custody import erasure_log
from tests import make
from tests.make import START
from tests.people import Browser, People, make_people

Given = dict[tuple[ConsentPurpose, str | None], bool]


def given(browser: Browser, candidate_id: int) -> Given:
    with browser.app.app_context():
        return {key: row.given for key, row in consent.current(candidate_id).items()}


def tell(browser: Browser, candidate_id: int, **facts: str) -> int:
    data = {"answer": "yes", "purpose": "pool", "channel": "", "via": "recruiter"} | facts
    return browser.post(f"/candidates/{candidate_id}/consent", data).status_code


def test_consent_is_recorded_and_starts_the_clock(sanne: Browser, aisha: int) -> None:
    assert tell(sanne, aisha) == 303
    page = sanne.get(f"/candidates/{aisha}/privacy").text
    assert "Ja: in de talentpool blijven" in page
    with sanne.app.app_context():
        row = db.session.get_one(Candidate, aisha)
        assert (row.retention, row.keep_until is not None) == (Retention.POOL, True)


def test_no_contact_closes_everything_and_yes_opens_it(sanne: Browser, aisha: int) -> None:
    for answer, closed in (("no", True), ("yes", False)):
        tell(sanne, aisha, answer=answer, purpose="contact")
        with sanne.app.app_context():
            state = db.session.get_one(ContactState, aisha)
            assert (state.do_not_contact_at is not None) is closed


def test_no_to_a_channel_opts_its_addresses_out(sanne: Browser, aisha: int) -> None:
    tell(sanne, aisha, answer="no", purpose="contact", channel="phone")
    assert given(sanne, aisha) == {(ConsentPurpose.CONTACT, Channel.PHONE): False}
    with sanne.app.app_context():
        states = {row.channel: row.state for row in identities_of(aisha)}
        assert states[Channel.PHONE] == IdentityState.OPTED_OUT


@pytest.mark.parametrize("facts", [{"purpose": "pool", "channel": "phone"}, {"purpose": "x"}, {"answer": ""}])
def test_what_cannot_be_is_refused(sanne: Browser, aisha: int, facts: dict[str, str]) -> None:
    assert tell(sanne, aisha, **facts) == 422
    assert given(sanne, aisha) == {}


def test_an_objection_and_its_end(sanne: Browser, aisha: int) -> None:
    for answer, said in (("yes", "Bezwaar intrekken"), ("no", "Bezwaar vastleggen")):
        sanne.post(f"/candidates/{aisha}/objection", {"objects": answer})
        assert said in sanne.get(f"/candidates/{aisha}/privacy").text


def test_a_wish_to_be_forgotten_is_shown(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        erasure_wish.ask(aisha, START)
        db.session.commit()
    assert "om gewist te worden" in sanne.get(f"/candidates/{aisha}/privacy").text


def test_only_administrators_erase(sanne: Browser, aisha: int) -> None:
    assert "Voorgoed wissen" not in sanne.get(f"/candidates/{aisha}/privacy").text
    assert sanne.post(f"/candidates/{aisha}/erasure", {"reason": "asked", "sure": "y"}).status_code == 404


def test_otto_finds_nothing(otto: Browser, aisha: int) -> None:
    assert otto.get(f"/candidates/{aisha}/privacy").status_code == 404
    assert tell(otto, aisha) == 404
    assert otto.post(f"/candidates/{aisha}/objection", {"objects": "yes"}).status_code == 404


def test_to_forget_is_asked_twice(browser: Browser, people: People, aisha: int) -> None:
    answer = browser.sign_in(people.ada).post(f"/candidates/{aisha}/erasure", {"reason": "asked"})
    assert answer.status_code == 422
    assert "Vink dit eerst aan" in answer.text


def test_an_administrator_forgets_somebody(real_app: Flask) -> None:
    with real_app.app_context():
        people = make_people()
        row = make.candidate("Aïsha el Idrissi")
        db.session.commit()
    ada = Browser(real_app).sign_in(people.ada)
    assert ada.post(f"/candidates/{row.id}/erasure", {"reason": "asked", "sure": "y"}).status_code == 303
    assert ada.get(f"/candidates/{row.id}/privacy").status_code == 404
    assert f"#{row.id}" in ada.get("/privacy").text
    assert len(list(erasure_log.lines(real_app.config["SETTINGS"].instance / erasure_log.NAME))) == 1
