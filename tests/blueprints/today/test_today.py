"""Today: the list with its reasons, for every role, and what stands on a candidate's page of it."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.contact_state import ContactState
from app.domain.program.program import the_program
from tests import make, page
from tests.blueprints.today.scene import NOW, Desk


def test_it_says_whom_to_contact_and_why(desk: Desk) -> None:
    html = desk.sanne.get("/").text
    assert "Wie is nu aan de beurt?" in html
    assert "Je zou gisteren terugbellen." in html
    assert html.index("Bram Willems") < html.index("Chantal de Groot")
    assert "tel:+31612345678" in html


def test_colleagues_candidates_are_not_on_it(desk: Desk) -> None:
    assert "Van Otto" not in desk.sanne.get("/").text


def test_the_figures_are_one_click_away(desk: Desk) -> None:
    assert f'href="/candidates/{desk.bram}#why"' in desk.sanne.get("/").text
    page_of_bram = desk.sanne.get(f"/candidates/{desk.bram}", budget=60).text
    assert page_of_bram.index('id="why"') < page_of_bram.index("Samen")


def test_the_block_is_begun_with_one_button(desk: Desk) -> None:
    html = desk.sanne.get("/").text
    assert html.count('class="button primary"') == 1
    assert re.search(r'action="/block".*?data-key="o"', html, re.DOTALL)


def test_what_is_promised_stands_beside_it(desk: Desk) -> None:
    html = desk.sanne.get("/").text
    assert "Gisteren om 11:00" in html[html.index('id="promised"') :]


def test_it_names_the_program_and_its_slogan(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        program = the_program()
        assert program
        program.slogan = "Niemand vergeten"
        db.session.commit()
    assert "Vaste Band · Niemand vergeten · woensdag 4 maart 2026" in desk.sanne.get("/").text


def test_it_takes_few_queries(desk: Desk) -> None:
    with page.counted() as statements:
        desk.sanne.client.get("/")
    assert len(statements) <= 16


def test_the_block_is_counted_down_to(desk: Desk) -> None:
    html = desk.sanne.get("/").text
    assert "Vrijdag 14:30" in html
    assert "over 2 dagen" in html


@pytest.mark.parametrize(("hours", "said"), [(24, "morgen<"), (48, "later vandaag"), (51.6, "nog 39 minuten")])
def test_the_block_on_its_day(desk: Desk, hours: float, said: str) -> None:
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        assert said in desk.sanne.sign_in(desk.people.sanne).get("/").text


def test_capacity_is_said_when_more_wait_than_fit(desk: Desk) -> None:
    assert "je opvolgmoment biedt er" not in desk.sanne.get("/").text
    with desk.sanne.app.app_context():
        for number in range(12):
            desk.candidate(f"Kandidaat {number}")
        db.session.commit()
    html = desk.sanne.get("/").text
    assert "Je pool vraagt deze week 14 gesprekken, je opvolgmoment biedt er 10." in html
    assert 'href="/timetable"' in html
    assert 'href="/candidates?owner=mine"' in html


def test_on_a_sunday_the_list_is_for_monday(desk: Desk) -> None:
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        html = desk.sanne.sign_in(desk.people.sanne).get("/").text
    assert "deze lijst is voor maandag 9 maart 2026 om 09:00" in html


def test_who_is_warm_but_has_to_rest_is_explained(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        state = db.session.get_one(ContactState, desk.chantal)
        state.tau = NOW.timestamp() + 120 * 86_400
        state.last_attempt_at, state.last_attempt_by_id = NOW - timedelta(days=1), desk.people.sanne.id
        db.session.commit()
    html = desk.sanne.get("/").text
    assert "Nu warm" in html
    assert "Waarom staat Chantal er niet? Gisteren nog benaderd; weer vanaf vrijdag." in html


def test_when_everybody_rests_it_says_so(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        for candidate_id in (desk.bram, desk.chantal):
            db.session.get_one(ContactState, candidate_id).do_not_contact_at = NOW
        db.session.commit()
    assert "Je bent helemaal bij" in desk.sanne.get("/").text


@pytest.mark.parametrize(
    ("name", "said", "link"),
    [
        ("bram", "Je pool is nog leeg", "/candidates/new"),
        ("lead", "Je pool is nog leeg", "/candidates/new"),
        ("tess", "Je hebt zelf geen kandidaten", "/log"),
        ("ada", "Breng de kandidaten binnen", "/candidates/import"),
    ],
)
def test_every_role_has_a_next_step(desk: Desk, name: str, said: str, link: str) -> None:
    person: Person = getattr(desk.people, name)
    html = desk.sanne.sign_in(person).get("/").text
    assert said in html
    assert f'href="{link}"' in html


@pytest.mark.parametrize(("name", "sees"), [("lead", True), ("ada", True), ("sanne", False)])
def test_some_take_the_days_actions_along(desk: Desk, name: str, sees: bool) -> None:
    html = desk.sanne.sign_in(getattr(desk.people, name)).get("/").text
    assert ("/actions.csv?day=2026-03-04" in html) == sees


def test_the_sponsors_day_begins_with_whether_it_works(desk: Desk) -> None:
    ines = desk.sanne.sign_in(desk.people.ines)
    assert ines.get("/").location == "/sponsor"
    assert 'href="/sponsor"' in ines.get("/board").text


def test_an_unfinished_setup_is_found_again(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        agency = the_agency()
        assert agency
        agency.setup_step = 4
        db.session.commit()
    assert 'href="/setup/4"' in desk.sanne.sign_in(desk.people.ada).get("/").text
    assert 'href="/setup/4"' not in desk.sanne.sign_in(desk.people.sanne).get("/").text


def test_how_the_program_works_is_found_from_every_page(desk: Desk) -> None:
    assert 'href="/program/about"' in desk.sanne.get("/candidates").text


def test_a_visitor_signs_in_first(desk: Desk) -> None:
    assert type(desk.sanne)(desk.sanne.app).get("/").status_code == 303


def test_as_a_part_it_is_the_list_with_what_stands_beside_it(desk: Desk) -> None:
    html = desk.sanne.get("/", part=True).text
    assert html.lstrip().startswith("<section")
    assert "<html" not in html
    assert 'hx-target="#strip"' in html


def test_why_is_a_part_of_the_candidates_page(desk: Desk) -> None:
    html = desk.sanne.get(f"/next/{desk.bram}", part=True).text
    assert "Bel Bram" in html
    assert "Kom terug op wat jullie de vorige keer afspraken." in html


def test_why_without_a_part_is_the_candidates_page(desk: Desk) -> None:
    answer = desk.sanne.get(f"/next/{desk.bram}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/candidates/{desk.bram}")


@pytest.mark.parametrize("path", ["/next/{}", "/log?candidate={}"])
def test_who_is_out_of_sight_is_not_there(desk: Desk, path: str) -> None:
    with desk.sanne.app.app_context():
        assert desk.sanne.get(path.format(999_999)).status_code == 404


def test_who_keeps_coming_back_stands_out_however_cool(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        db.session.get_one(ContactState, desk.chantal).coming_back_at = NOW - timedelta(days=2)
        db.session.commit()
    html = desk.sanne.get("/").text
    assert "Nu warm" in html
    assert "komt vaak kijken" in html


def test_a_warm_candidate_of_nobody_is_taken_over(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        row = make.candidate("Farah Aziz")
        state = db.session.get_one(ContactState, row.id)
        state.tau, state.fan_since = NOW.timestamp() + 200 * 86_400, NOW
        db.session.commit()
    html = desk.sanne.get("/").text
    assert "Warm, en nog van niemand" in html
    assert "Farah overnemen" in html
    desk.sanne.post(f"/candidates/{row.id}/ownership", at="/")
    html = desk.sanne.get("/").text
    assert "Warm, en nog van niemand" not in html
    assert f"/candidates/{row.id}/ownership/return" in html
