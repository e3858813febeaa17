"""A competition in three steps by plain forms: nothing typed is lost, and nothing that cannot be is written."""

import re
from datetime import timedelta

import pytest

from app import clock
from tests.blueprints.contest_desk import desk_scene
from tests.blueprints.contest_desk.desk_scene import DESK, NEW, PLACE, TEAM_GOAL, Desk
from tests.people import Browser

HUGE = "9" * 40


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return desk_scene.start(browser)


def test_the_whole_way(desk: Desk) -> None:
    url = desk.begin(about="Voor de gezelligheid")
    assert desk.give(url, {**PLACE, "kind": "team", "title": "Taart", "place": ""}).headers["Location"] == f"{url}/days"
    first = desk.row().first
    days = {"first": first, "last": first + timedelta(days=11), "goal": "900"}
    assert desk.press(f"{url}/days", days).headers["Location"] == url
    page = desk.ines.get(url).text
    for said in ("Samen gaan we voor 900 punten", "Taart", "€\xa012,50", "€\xa0100"):
        assert said in page
    assert desk.press(f"{url}/publication").status_code == 303
    assert desk.pots() == (87_50, 12_50)
    assert "Sprint" in desk.ines.get(DESK).text


def test_the_first_step_says_what_is_missing_and_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.press(NEW, {"name": "", "about": "Herfst!", "metric": "points", "audience": "teams"})
    assert page.status_code == 422
    assert "Herfst!" in page.text
    assert "Kies een van deze." in page.text
    page = desk.press(NEW, TEAM_GOAL | {"audience": "team"})
    assert "Kies voor welke daarvan" in page.text
    page = desk.press(NEW, TEAM_GOAL | {"sides": "Rood\nrood"})
    assert "een andere naam" in page.text
    assert "Rood\nrood" in page.text
    assert "2 tot 12 namen" in desk.press(NEW, TEAM_GOAL | {"sides": "Rood"}).text


def test_a_form_that_arrives_twice_is_one_draft(desk: Desk) -> None:
    found = re.search(r'name="key"[^>]*value="([0-9a-f]{32})"', desk.ines.get(NEW).text)
    assert found
    url = desk.begin(key=found[1])
    assert desk.begin(key=found[1]) == url
    desk.give(url, {**PLACE, "kind": "team", "place": ""})
    assert desk.begin(key=found[1], name="Eindsprint") == url
    assert (desk.row().name, desk.number(), len(desk.prizes())) == ("Eindsprint", 1, 1)
    lead = desk.ines.sign_in(desk.people.lead)
    assert lead.post(NEW, TEAM_GOAL | {"key": found[1]}, at=NEW).status_code == 404
    desk.press(f"{url}/drop")
    desk.begin(key=found[1])
    assert (desk.row().name, desk.number()) == ("Sprint", 1)
    assert desk.press(NEW, TEAM_GOAL | {"key": "none"}).status_code == 422


def test_own_teams_are_for_formats_with_teams(desk: Desk) -> None:
    desk.begin(format="teams", sides="Rood\n\n Blauw ")
    assert desk.row().own_teams
    desk.begin(format="most", sides="Rood\nBlauw", by_choice="no")
    assert (desk.row().own_teams, desk.row().by_choice) == (False, False)


def test_who_is_in_it_is_as_usual_until_somebody_chooses(desk: Desk) -> None:
    _, _, choice = desk.ines.get(NEW).text.partition('name="by_choice"')
    assert choice.index('selected value=""') < choice.index("</select>")


@pytest.mark.parametrize("page", ["who", "prizes", "days"])
def test_every_step_opens_with_what_was_written(desk: Desk, page: str) -> None:
    team = desk.people.sanne.team_id
    url = desk.begin(name="Eigen team", audience="team", teams=team)
    desk.give(url, PLACE)
    text = desk.ines.get(f"{url}/{page}").text
    assert {"who": f'value="{team}" checked', "prizes": 'value="12,50"', "days": 'name="goal"'}[page] in text
    assert 'role="alert"' not in text


def test_another_format_takes_out_what_it_cannot_give(desk: Desk) -> None:
    url = desk.begin(format="threshold")
    assert desk.row().goal == 1
    desk.give(url, {**PLACE, "kind": "raffle", "place": ""}, {**PLACE, "title": "Beker"})
    assert desk.press(f"{url}/who", TEAM_GOAL).status_code == 303
    assert desk.prizes() == [("Beker", 12_50, 1)]
    assert "weggehaald" in desk.ines.get(f"{url}/prizes").text


def test_a_total_is_divided_and_only_then_written(desk: Desk) -> None:
    url = desk.begin()
    page = desk.give(url, {**PLACE, "title": "Oud"}, action="spread", total="100")
    assert page.status_code == 200
    assert 'value="57"' in page.text
    assert "Oud" not in page.text
    assert desk.prizes() == []
    for total in ("", "veel"):
        page = desk.give(url, PLACE, action="spread", total=total)
        assert (page.status_code, 'value="Bon"' in page.text) == (422, True)


def test_another_row_keeps_the_others(desk: Desk) -> None:
    url = desk.begin()
    page = desk.give(url, PLACE, action="more").text
    assert 'name="prizes-1-title"' in page
    assert 'value="12,50"' in page
    assert "prizes-12-title" not in desk.give(url, *[PLACE] * 12, action="more").text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"title": ""}, "laat de hele rij leeg"),
        ({"place": ""}, "Voor welke plaats?"),
        ({"worth": "veel"}, "12,50"),
        ({"worth": "999999"}, "Gebruik hoogstens"),
        ({"place": HUGE}, "prizes-0-place-error-1"),
        ({"kind": "raffle"}, 'value="Bon"'),
        ({"reward": "goud"}, 'value="Bon"'),
    ],
)
def test_a_prize_that_cannot_be_is_said_beside_it(desk: Desk, row: dict[str, str], said: str) -> None:
    page = desk.give(desk.begin(), {**PLACE, **row})
    assert (page.status_code, said in page.text) == (422, True)
    assert desk.prizes() == []


def test_a_place_has_one_prize(desk: Desk) -> None:
    page = desk.give(desk.begin(), PLACE, {**PLACE, "title": "Nog een"})
    assert (page.status_code, "heeft al een prijs" in page.text) == (422, True)


def test_days_that_cannot_be(desk: Desk) -> None:
    url, today = desk.begin(), clock.now().date()
    wrong = {
        "al voorbij": (today - timedelta(days=2), today, "5"),
        "ligt voor de eerste": (today + timedelta(days=9), today + timedelta(days=2), "5"),
        "drie maanden": (today + timedelta(days=1), today + timedelta(days=200), "5"),
        "goal-error-1": (today + timedelta(days=1), today + timedelta(days=2), "0"),
        "Vul dit in.": (today + timedelta(days=1), today + timedelta(days=2), ""),
        "error-1": ("morgen", "0001-01-01", HUGE),
    }
    for said, (first, last, goal) in wrong.items():
        page = desk.press(f"{url}/days", {"first": first, "last": last, "goal": goal})
        assert (page.status_code, said in page.text) == (422, True), said


def test_a_knock_out_needs_two_weeks(desk: Desk) -> None:
    url = desk.begin(format="bracket")
    first = desk.row().first
    page = desk.press(f"{url}/days", {"first": first, "last": first + timedelta(days=6)})
    assert "minstens twee weken" in page.text


def test_a_length_fills_in_the_last_day(desk: Desk) -> None:
    url, before = f"{desk.begin()}/days", desk.row().last
    first = clock.week_of(clock.now().date()).end
    typed = {"first": first, "last": first, "goal": "777", "weeks": "2"}
    page = desk.press(url, typed)
    assert page.status_code == 200
    for kept in (f'value="{first + timedelta(days=11)}"', 'value="777"', "Voor 12 dagen"):
        assert kept in page.text
    assert desk.row().last == before
    assert desk.press(url, typed | {"first": "9999-12-31"}).status_code == 422


def test_people_are_chosen_one_by_one_or_a_team_at_once(desk: Desk) -> None:
    people = desk.people
    url = desk.begin(audience="people", people=people.otto.id, whole=people.sanne.team_id)
    team = {people.sanne.id, people.bram.id, people.tess.id, people.lead.id}
    assert set(desk.row().audience_ids) == team | {people.otto.id}
    page = desk.ines.get(f"{url}/who").text
    assert f'value="{people.bram.id}" checked' in page
    assert f'name="whole" value="{people.sanne.team_id}"' in page
    nobody = desk.press(NEW, TEAM_GOAL | {"audience": "people", "whole": "999"})
    assert (nobody.status_code, "Kies voor welke daarvan" in nobody.text) == (422, True)


def test_a_lead_makes_one_for_the_own_team(desk: Desk) -> None:
    lead = desk.ines.sign_in(desk.people.lead)
    url = desk.begin(lead, audience="program")
    row = desk.row()
    assert (row.audience, row.audience_ids) == ("team", [desk.people.lead.team_id])
    assert lead.post(f"{url}/publication", at=url).status_code == 303
    assert desk.ines.get(url).status_code == 200


def test_nobody_else_may(desk: Desk) -> None:
    url = desk.begin()
    lead, sanne = desk.ines.sign_in(desk.people.lead), desk.ines.sign_in(desk.people.sanne)
    for page in (url, f"{url}/who", f"{url}/prizes", f"{url}/days", f"{DESK}/999"):
        assert [browser.get(page).status_code for browser in (lead, sanne)] == [404, 404]
    assert sanne.get(NEW).status_code == 404
    assert lead.post(f"{url}/publication", at=NEW).status_code == 404
    assert "Sprint" not in lead.get(DESK).text
