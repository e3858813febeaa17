"""What a candidate's page tells besides how to reach them: facts, satisfaction, privacy, who is busy with them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import consent, label
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.label import LabelKind
from app.domain.custody import duplicate
from app.domain.custody.likeness import Alike, Reason
from app.domain.journey import touchpoint
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.people import Browser, People

DAY = timedelta(days=1)


@pytest.fixture
def told(browser: Browser, aisha: int) -> str:
    """The address of Aïsha, who told much."""
    with browser.app.app_context():
        row, now = db.session.get_one(Candidate, aisha), clock.now()
        row.available_from, row.hours_week, row.travel_km = now.date() - DAY, 32, 25
        row.aspiration, row.keep_until = "Wil office manager worden.", now + 300 * DAY
        label.put(aisha, LabelKind.CERTIFICATE, {"VCA": now.date() - 9 * DAY, "BHV": None}, now)
        label.put(aisha, LabelKind.SKILL, {"Excel": None}, now)
        consent.give(aisha, ConsentPurpose.POOL, via=Via.RECRUITER, by_id=None, now=now, until=now + 300 * DAY)
        payload = {"score": 5, "question": "Was alles duidelijk?"}
        touchpoint.record(Hit(aisha, "survey_answered", now, "test", "1", payload=payload), now, ZoneInfo("UTC"))
        db.session.commit()
    return f"/candidates/{aisha}"


@pytest.mark.parametrize(
    "text",
    [
        "nu beschikbaar",
        "32 uur per week",
        "tot 25 km",
        "Wil office manager worden.",
        "VCA, verlopen op",
        "Certificaten",
        "Excel",
        "5 van 5: heel tevreden",
        "Was alles duidelijk?",
        "Heeft toestemming gegeven om in de talentpool te blijven.",
        "Bewaard tot",
        "boeien sinds 5 januari 2026",
    ],
)
def test_what_was_told_is_there(sanne: Browser, told: str, text: str) -> None:
    assert text in sanne.get(told).text


def test_of_somebody_new_it_says_what_is_not_known(sanne: Browser, aisha: int) -> None:
    html = sanne.get(f"/candidates/{aisha}").text
    assert "Nog niet gevraagd, of nog niet beantwoord." in html
    assert "Er is geen toestemming vastgelegd" in html


def test_who_is_busy_with_her_is_said_to_others(sanne: Browser, people: People, browser: Browser, aisha: int) -> None:
    claimed(browser, aisha, people.bram)
    assert "Bram Jansen is hiermee bezig" in sanne.get(f"/candidates/{aisha}").text
    assert "is hiermee bezig" not in browser.sign_in(people.bram).get(f"/candidates/{aisha}").text


def claimed(browser: Browser, candidate_id: int, person: Person) -> None:
    with browser.app.app_context():
        state = db.session.get_one(ContactState, candidate_id)
        state.claimed_by_id, state.claimed_until = person.id, clock.now() + timedelta(minutes=10)
        db.session.commit()


def test_leads_are_told_who_may_be_the_same(sanne: Browser, people: People, browser: Browser, aisha: int) -> None:
    with browser.app.app_context():
        twin = make.candidate("A. el Idrissi", owner=people.sanne).id
        duplicate.add([Alike(aisha, twin, Reason.PHONE, 100)], clock.now())
        db.session.commit()
    lead = browser.sign_in(people.lead)
    for one, other in ((aisha, twin), (twin, aisha)):
        assert f"/candidates/{one}/merge/{other}" in lead.get(f"/candidates/{one}").text
    assert "/merge/" not in sanne.get(f"/candidates/{aisha}").text


def test_leads_may_read_all_and_merge(sanne: Browser, people: People, browser: Browser, aisha: int) -> None:
    doors = (f"/candidates/{aisha}/access", f"/candidates/{aisha}/merge")
    lead = browser.sign_in(people.lead).get(f"/candidates/{aisha}").text
    assert all(f'href="{door}"' in lead for door in doors)
    assert not any(f'href="{door}"' in sanne.get(f"/candidates/{aisha}").text for door in doors)


def test_kinds_are_offered_when_one_is_to_be_chosen(sanne: Browser, told: str) -> None:
    assert "<optgroup" not in sanne.get(told).text
    html = sanne.get(f"{told}?show=&kinds=1", part=True).text
    assert 'value="candidate.job_view"' in html
