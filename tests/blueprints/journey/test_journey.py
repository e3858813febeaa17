"""The journey map and what candidates thought, for whoever answers for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.candidates import candidate, segment
from app.domain.candidates.candidate import Facts, Stage
from app.domain.candidates.segment import Segment
from app.domain.journey.feedback import Feedback
from app.domain.program.program import the_program, withdraw_consent
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    """Sanne's Aan went from the first stage to the second; five others said how it was."""
    with browser.app.app_context():
        people, now = make_people(), clock.now()
        them = candidate.add(people.sanne, Facts("Aan de Wit", owner_id=people.sanne.id), now - timedelta(days=9))
        facts = Facts("Aan de Wit", stage=Stage.ENGAGE, owner_id=people.sanne.id, region="Zwolle")
        candidate.change(them, facts, now - timedelta(days=2))
        for number in range(5):
            other = candidate.add(people.otto, Facts(f"Bo {number}"), now - timedelta(days=300))
            db.session.add(Feedback(candidate_id=other.id, stage="engage", question="clear", score=4, answered_at=now,
                                    asked_at=now - timedelta(days=1), lapses_at=now,
                                    team_id=people.otto.team_id))  # fmt: skip
        segment.save(people.ines, "Zonder eigenaar", {"owner": ["none"]}, shared=False, now=now)
        db.session.commit()
        return people


def test_the_map_tells_who_came_and_went_on(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.ines).get("/journey").text
    assert "1 kandidaat kwam hier" in text
    assert "100% ging verder" in text
    assert "meestal 7 dagen" in text


def test_a_figure_leads_to_its_candidates(browser: Browser, people: People) -> None:
    ines = browser.sign_in(people.ines)
    url = "/journey/step?stage=attract&amp;fate=on"
    assert url in ines.get("/journey").text
    assert "Aan de Wit" in ines.get(url.replace("&amp;", "&")).text


@pytest.mark.parametrize("narrow", ["region=Breda", "role=kok", "skill=lassen", "segment=own", "segment=unowned"])
def test_filters_narrow_it(browser: Browser, people: People, narrow: str) -> None:
    with browser.app.app_context():
        mine = db.session.scalars(select(Segment.id)).one()
    narrow = f"segment={mine}" if narrow == "segment=own" else narrow
    text = browser.sign_in(people.ines).get(f"/journey?period=12&{narrow}").text
    assert "kandidaat kwam hier" not in text


def test_without_consent_no_segment_tells_of_one_owner(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        query = {"owner": [str(people.bram.id)]}
        of_bram = segment.save(people.ines, "Van Bram", query, shared=False, now=clock.now()).id
        db.session.commit()
    ines = browser.sign_in(people.ines)
    assert "1 kandidaat kwam hier" not in ines.get(f"/journey?segment={of_bram}").text, "Bram looks after nobody"
    with browser.app.app_context():
        withdraw_consent(the_program().id, clock.now())  # type: ignore[union-attr] # there is one
        db.session.commit()
    page = ines.get(f"/journey?segment={of_bram}").text
    assert "Van Bram" not in page
    assert "1 kandidaat kwam hier" in page, "it asks nothing"


@pytest.mark.parametrize("odd", ["period=99", "segment=77", "segment=x"])
def test_what_cannot_be_meant_is_as_usual(browser: Browser, people: People, odd: str) -> None:
    assert "1 kandidaat kwam hier" in browser.sign_in(people.ines).get(f"/journey?{odd}").text


def test_a_changed_filter_swaps_the_part(browser: Browser, people: People) -> None:
    answer = browser.sign_in(people.ines).get("/journey?period=52&region=Zwolle", part=True)
    assert answer.text.lstrip().startswith('<div id="journey"')
    assert answer.headers["HX-Push-Url"] == "/journey?period=52&region=Zwolle"


@pytest.mark.parametrize("odd", ["", "?stage=nowhere&fate=on", "?stage=engage", "?stage=engage&side=they"])
def test_a_figure_that_is_not_there_leads_to_the_map(browser: Browser, people: People, odd: str) -> None:
    answer = browser.sign_in(people.ines).client.get(f"/journey/step{odd}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/journey")


def test_a_contact_point_without_anybody_says_so(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.lead).get("/journey/step?stage=engage&side=we&code=conversation&page=2").text
    assert "Niemand om te tonen" in text
    assert "page=1" not in text


def test_a_page_beyond_every_list_is_empty(browser: Browser, people: People) -> None:
    url = f"/journey/step?stage=engage&side=we&code=conversation&page={'9' * 30}"
    assert "Niemand om te tonen" in browser.sign_in(people.lead).get(url).text


def test_satisfaction_by_stage_and_team(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.ines).get("/journey/feedback").text
    assert "4,0" in text
    assert "Breda" in text


def test_a_lead_sees_nothing_of_another_branch(browser: Browser, people: People) -> None:
    text = browser.sign_in(people.lead).get("/journey/feedback").text
    assert "Er is nog niemand gevraagd" in text


def test_an_empty_pool_says_what_to_do(browser: Browser) -> None:
    with browser.app.app_context():
        people = make_people()
    assert "Hier gebeurde niets" in browser.sign_in(people.ada).get("/journey").text


def test_it_is_behind_the_door_of_who_runs_it(browser: Browser, people: People) -> None:
    assert 'href="/journey"' in browser.sign_in(people.lead).get("/candidates").text
    assert 'href="/journey"' not in browser.sign_in(people.sanne).get("/candidates").text
