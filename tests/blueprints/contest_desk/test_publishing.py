"""Publishing: every refusal says what is in the way and what to do; a dry run says how it would have gone."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.competing import draft, publishing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import Plan, PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.program import program
from app.domain.program.program import the_program, withdraw_consent
from tests import page
from tests.blueprints.contest_desk import desk_scene
from tests.blueprints.contest_desk.desk_scene import DESK, NEW, PLACE, Desk
from tests.people import Browser

SEEN = re.compile(r'name="seen" value="(\w+)"')


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return desk_scene.start(browser)


def changed(desk: Desk, change: Callable[[Competition], object]) -> None:
    with desk.app.app_context():
        change(db.session.get_one(Competition, desk.row().id))
        db.session.commit()


def refused(desk: Desk, url: str) -> str:
    answer = desk.press(f"{url}/publication")
    assert answer.status_code == 422
    assert desk.row().published_at is None
    return answer.text


def test_too_little_money(desk: Desk) -> None:
    url = desk.begin()
    desk.give(url, {**PLACE, "worth": "130"})
    html = refused(desk, url)
    assert "Er is €\xa030 te weinig in het budget" in html
    assert f'href="{url}/prizes">Aanpassen' in html
    assert desk.pots() == (100_00, 0)


def test_money_without_a_budget(desk: Desk) -> None:
    url = desk.begin()
    desk.give(url, PLACE, budget_id=0)
    assert "Kies een budget" in refused(desk, url)


def test_days_that_are_past(desk: Desk) -> None:
    url = desk.begin()
    changed(desk, lambda row: setattr(row, "first", clock.now().date() - timedelta(days=3)))
    assert f'href="{url}/days">Aanpassen' in refused(desk, url)


def test_nobody_for_whom_it_is(desk: Desk) -> None:
    url = desk.begin()
    changed(desk, lambda row: setattr(row, "audience", "team"))
    assert "niemand voor wie" in refused(desk, url)


def test_one_side(desk: Desk) -> None:
    url = desk.begin(format="teams", audience="team", teams=desk.people.sanne.team_id)
    assert "minstens twee teams" in refused(desk, url)


def test_people_are_not_compared(desk: Desk) -> None:
    url = desk.begin(format="most")
    with desk.app.app_context():
        present = the_program()
        assert present
        program.withdraw_consent(present.id, clock.now())
        db.session.commit()
    assert "mensen worden nu niet vergeleken" in refused(desk, url)


def test_a_third_for_the_same_people(desk: Desk) -> None:
    for _ in range(2):
        desk.press(f"{desk.begin()}/publication")
    html = refused(desk, desk.begin())
    assert "Bram Jansen" in html
    assert "al in twee andere" in html


def test_a_draw_without_anything_to_draw_says_so(desk: Desk) -> None:
    url = desk.begin(format="threshold")
    assert "Er valt nog niets te verloten" in desk.ines.get(url).text
    desk.give(url, {**PLACE, "kind": "raffle", "place": ""})
    assert "Er valt nog niets te verloten" not in desk.ines.get(url).text


def test_a_lead_with_money(desk: Desk) -> None:
    lead = desk.ines.sign_in(desk.people.lead)
    url = desk.begin(lead, audience="team")
    assert "Zit er geld in" in lead.get(f"{url}/prizes").text
    assert "Zit er geld in" not in desk.ines.get(f"{url}/prizes").text
    desk.give(url, PLACE)
    changed(desk, lambda row: setattr(row, "made_by_id", desk.people.lead.id))
    desk.give(url, PLACE)
    answer = lead.post(f"{url}/publication", at=url)
    assert (answer.status_code, "publiceert de sponsor" in answer.text) == (422, True)


def test_published_it_is_locked(desk: Desk) -> None:
    url = desk.begin()
    desk.press(f"{url}/publication")
    for step in ("who", "prizes", "days"):
        assert desk.ines.get(f"{url}/{step}").status_code == 404
    ada = desk.ines.sign_in(desk.people.ada)
    for press in ("dry-run", "publication"):
        answer = ada.post(f"{url}/{press}", at=NEW)
        assert (answer.status_code, "intussen gepubliceerd" in answer.text) == (422, True)
    assert desk.press(f"{url}/publication").status_code == 303  # a second press of one's own


def test_what_nobody_looked_at_is_not_published(desk: Desk) -> None:
    url = desk.begin()
    seen = SEEN.findall(desk.ines.get(url).text)[0]
    desk.give(url, {**PLACE, "kind": "team", "place": ""})
    late = desk.press(f"{url}/publication", {"seen": seen})
    assert (late.status_code, "veranderd sinds je keek" in late.text, desk.pots()) == (422, True, (100_00, 0))
    assert desk.press(f"{url}/publication", {"seen": SEEN.findall(late.text)[0]}).status_code == 303


def test_a_dry_run_without_a_past(desk: Desk) -> None:
    url = desk.begin(format="most")
    answer = desk.press(f"{url}/dry-run")
    assert answer.status_code == 200
    assert "niets over te zeggen" in answer.text
    changed(desk, lambda row: setattr(row, "last", row.first + timedelta(days=80)))
    assert "langer dan de acht weken" in desk.press(f"{url}/dry-run").text


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        (Format.MOST, "Steeds winnen dezelfden: Sanne de Vries. Kies drempel en loting"),
        (Format.TEAM_GOAL, "Het doel is elke keer gehaald"),
        (Format.THRESHOLD, "Het doel is nooit gehaald"),
        (Format.HEAD_TO_HEAD, "Wie wie had getroffen is niet bekend"),
    ],
)
def test_what_a_dry_run_teaches(desk: Desk, format_: Format, said: str) -> None:
    with desk.app.app_context():
        desk.earn()
        row = _draft(desk.people.ines, format_)
    tried = desk.press(f"{DESK}/{row}/dry-run").text
    assert said in tried
    assert "Kansloos na dag 3" in tried


@pytest.mark.parametrize("format_", Format)
def test_a_dry_run_asks_for_all_of_its_weeks_at_once(desk: Desk, format_: Format) -> None:
    with desk.app.app_context():
        desk.earn()
        row = _draft(desk.people.ines, format_)
    desk.ines.get(f"{DESK}/{row}")
    with page.counted() as statements:
        tried = desk.press(f"{DESK}/{row}/dry-run")
    assert "Kansloos na dag 3" in tried.text
    assert 10 < len(statements) <= page.PRESS, "\n".join(statements)


def test_a_dry_run_names_nobody_who_does_not_appear(desk: Desk) -> None:
    with desk.app.app_context():
        desk.earn()
        appearance.choose(desk.people.sanne, appearance.HIDDEN, clock.now())
        row = _draft(desk.people.ines, Format.MOST)
    tried = desk.press(f"{DESK}/{row}/dry-run").text
    assert ("Sanne" in tried, "Steeds winnen dezelfden: 1 collega." in tried) == (False, True)


def test_of_few_people_nothing_is_told_without_the_works_council(desk: Desk) -> None:
    with desk.app.app_context():
        desk.earn()
        withdraw_consent(the_program().id, clock.now())  # type: ignore[union-attr] # it is there
        db.session.commit()
    url = desk.begin(audience="people", people=desk.people.sanne.id)
    assert (desk.row().goal, "per week" in desk.ines.get(f"{url}/days").text) == (1, False)
    for press in ("dry-run", "publication"):
        answer = desk.press(f"{url}/{press}")
        assert (answer.status_code, "Van zo weinig mensen" in answer.text) == (422, True)


def _draft(by: Person, format_: Format) -> int:
    first, present = clock.week_of(clock.now().date()).end, the_program()
    goal = 50 if format_ == Format.TEAM_GOAL else 90_000
    prize = PrizePlan(PrizeKind.PLACE, "Bon", 10_00, place=1)
    last = first + (11 if format_ == Format.BRACKET else 4) * clock.DAY
    plan = Plan("Herfst", format_, first, last, goal=goal, step=10, prizes=(prize,))
    row = draft.make(present.id if present else 0, plan, by=by, now=clock.now())
    db.session.commit()
    return row.id


def test_publishing_at_the_same_moment_as_changing(desk: Desk) -> None:
    url = desk.begin()
    assert "Sprint" in desk.ines.get(f"{url}/days").text
    with desk.app.app_context():
        row = db.session.get_one(Competition, desk.row().id)
        by = db.session.get_one(Person, desk.people.ines.id)
        publishing.publish(row, by=by, now=clock.now(), zone=the_zone())
        db.session.commit()
    assert "2030-01-01" in desk.press(f"{url}/days", {"first": "2030-01-01"}).text
    assert desk.ines.get(NEW).status_code == 200
