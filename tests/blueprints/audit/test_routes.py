"""The audit log as administrators read it: what people do comes in, narrowed and taken along."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.clock import DAY
from app.db import db
from app.domain.agency import audit, password
from app.domain.agency.agency import the_zone
from app.domain.agency.audit import About, AuditEntry
from app.domain.agency.person import Role
from app.domain.agency.team import team_names
from tests import make
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        found = make_people()
        found.ada.language = "en"
        db.session.commit()
    return found


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def kept(browser: Browser) -> list[tuple[str, int | None, int | None]]:
    """What the log holds: what, who, about which number."""
    with browser.app.app_context():
        rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(row.what, row.person_id, row.about_id) for row in rows]


def written(browser: Browser, what: str, person_id: int | None, days_ago: int = 0, about: About | None = None) -> None:
    with browser.app.app_context():
        audit.record(what, person_id, clock.now() - timedelta(days=days_ago), about, count=3)
        db.session.commit()


def test_a_log_without_rows_says_so(ada: Browser) -> None:
    assert "Nothing of this kind happened" in ada.get("/audit").text


def test_what_somebody_does_to_a_colleague_is_written_down(ada: Browser, people: People) -> None:
    ada.post(f"/people/{people.otto.id}/deactivation")
    assert kept(ada) == [("person.deactivated", people.ada.id, people.otto.id)]
    answer = ada.get("/audit")
    assert answer.status_code == 200
    page = answer.text
    assert "The access of somebody was taken away" in page
    assert "Otto van der Berg" in page
    assert "Ada Smit" in page


def test_what_is_refused_is_not_written_down(ada: Browser, people: People) -> None:
    assert ada.post(f"/people/{people.ada.id}/deactivation").status_code == 422
    assert ada.post("/people", {"name": ""}).status_code == 422
    assert kept(ada) == []


def test_another_role_is_written_down_with_both(ada: Browser, people: People) -> None:
    facts = {"name": "Otto", "email": people.otto.email or "", "role": str(Role.LEAD), "team_id": people.otto.team_id}
    ada.post(f"/people/{people.otto.id}", facts)
    page = ada.get("/audit").text
    assert "role before: recruiter · role now: team lead" in page
    assert "Otto" in page


def test_a_name_alone_is_no_change_of_access(ada: Browser, people: People) -> None:
    facts = {"name": "O.", "email": people.otto.email or "", "role": people.otto.role, "team_id": people.otto.team_id}
    ada.post(f"/people/{people.otto.id}", facts)
    assert kept(ada) == []


def test_codes_are_told_in_words(ada: Browser, people: People) -> None:
    with ada.app.app_context():
        now, team = clock.now(), people.otto.team_id or 0
        audit.record("candidate.erased", people.ada.id, now, About("candidate", 7), reason="objected")
        audit.record("outside.refused", None, now, reason="unlinked")
        audit.record("outside.refused", None, now, reason="nonce")
        audit.record("signed_in", people.sanne.id, now, how="password", second="recovery")
        audit.record("person.changed", people.ada.id, now, team_before=team, team_after=0)
        place = team_names()[team]
        db.session.commit()
    for told in (ada.get("/audit").text, ada.get("/audit/file").get_data(as_text=True)):
        assert "reason: the candidate objects to our keeping it" in told
        assert "reason: it is linked to nobody here" in told
        assert "reason: the answer cannot be trusted (nonce)" in told
        assert "by: password · second step: a code on paper" in told
        assert f"team before: {place} · team now: no team" in told
        assert told.count("Somebody who did not prove who they are") == 2


def test_whoever_signs_out_did_it(ada: Browser, people: People) -> None:
    ada.post("/account/sign-out")
    assert kept(ada) == [("signed_out", people.ada.id, None)]


def test_the_log_is_narrowed_by_what_by_whom_and_by_days(ada: Browser, people: People) -> None:
    written(ada, "person.invited", people.ada.id, 3, About("person", people.tess.id))
    written(ada, "figures.fetched", people.ines.id)
    with ada.app.app_context():
        today = clock.local_day(clock.now(), the_zone())
    invited, fetched = "Somebody was added and invited", "Figures of the sponsor were fetched as a file"
    for query, shown, hidden in (
        ("what=people", invited, fetched),
        ("what=candidates", fetched, invited),
        (f"person={people.ines.id}", fetched, invited),
        (f"from={today - DAY}", fetched, invited),
        (f"to={today - DAY}", invited, fetched),
    ):
        page = ada.get(f"/audit?{query}").text
        assert shown in page, query
        assert hidden not in page, query


def test_days_that_are_none_are_said_to_be(ada: Browser) -> None:
    answer = ada.get("/audit?from=0001-01-01&to=9999-12-31")
    assert answer.status_code == 422
    assert "Choose a day of this century." in answer.text


def test_long_logs_have_pages(ada: Browser, people: People) -> None:
    for _ in range(26):
        written(ada, "signed_in", people.sanne.id)
    assert "Page 1 of 2" in ada.get("/audit").text
    assert ada.get("/audit?page=2&what=signing_in").text.count("Somebody signed in") == 1


def test_the_file_has_the_rows_that_were_asked_for_and_is_written_down(ada: Browser, people: People) -> None:
    written(ada, "person.invited", people.ada.id, about=About("person", people.tess.id))
    written(ada, "figures.fetched", people.ines.id)
    answer = ada.get("/audit/file?what=people")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0] == "When,Who,What happened,About whom or what,More,Browser"
    assert "Ada Smit,Somebody was added and invited,Tess Bakker,how many: 3" in lines[1]
    assert kept(ada)[-1] == ("audit_log.fetched", people.ada.id, None)


def test_who_opens_all_that_is_known_of_a_candidate_is_written_down(browser: Browser, people: People) -> None:
    lead = browser.sign_in(people.lead)
    with browser.app.app_context():
        row = make.candidate("Fenna", owner=people.sanne)
        db.session.commit()
        known = row.id
    lead.get(f"/candidates/{known}/access", budget=50)
    lead.get(f"/candidates/{known}/access.json", budget=50)
    lead.get("/candidates/999999/access")
    assert kept(browser) == [
        ("candidate_data.opened", people.lead.id, known),
        ("candidate_data.fetched", people.lead.id, known),
    ]


def test_no_row_holds_a_name_or_an_address(ada: Browser, people: People) -> None:
    ada.post("/people", {"name": "Geheim Persoon", "email": "geheim@voorbeeld.nl", "role": "recruiter", "team_id": ""})
    with ada.app.app_context():
        rows = db.session.scalars(select(AuditEntry)).all()
        told = " ".join(f"{row.what} {row.facts} {row.agent}" for row in rows)
    assert [row.what for row in rows] == ["person.invited"]
    assert "geheim" not in told.lower()


def test_signing_in_is_in_the_audit_log(browser: Browser, people: People) -> None:
    email, right = str(people.sanne.email), "seven sleepy otters drift"
    with browser.app.app_context():
        db.session.merge(people.sanne).password_hash = password.hashed(right)
        db.session.commit()
    browser.post("/account/sign-in", {"email": email, "password": "not this one at all"})
    browser.post("/account/sign-in", {"email": "nobody@else.example", "password": "not this one at all"})
    browser.post("/account/sign-in", {"email": email, "password": right})
    assert kept(browser) == [
        ("sign_in.refused", None, people.sanne.id),
        ("sign_in.refused", None, None),
        ("signed_in", people.sanne.id, None),
    ]


def test_guessing_does_not_fill_the_log(browser: Browser, people: People) -> None:
    for _ in range(14):
        browser.post("/account/sign-in", {"email": str(people.sanne.email), "password": "not this one at all"})
    whats = [what for what, _who, _about in kept(browser)]
    assert whats == ["sign_in.refused"] * 10 + ["sign_in.limit"]
