"""Tests of the page of one competition: how it stands, format by format, and what it keeps to oneself."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.db import db
from app.domain.game import appearance
from app.domain.game.competing import taking_part
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.entrant import Entrant
from app.domain.program.program import withdraw_consent
from tests import make
from tests.blueprints.contests.conftest import NOW, Field
from tests.domain.game.competing.arena import FINAL, FRIDAY, GRACE_OVER
from tests.domain.game.scene import show_names

DAY = timedelta(days=1)
FACTS = {Format.BRACKET: {"last": FRIDAY + 7 * DAY}}
GOAL = {"goal": 400, "step": 100}
PAGES = ("", "/rules", "/raffle")


@pytest.mark.parametrize("format_", Format)
def test_every_format_has_its_pages_before_while_and_after(pitch: Field, format_: Format) -> None:
    contest = pitch.contest(format_, **GOAL, **FACTS.get(format_, {}))
    with time_machine.travel(NOW - 4 * DAY, tick=False):
        assert "Begint over 2 dagen" in pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    pitch.seat()
    for number, person in enumerate((pitch.people.sanne, pitch.people.bram, pitch.people.lead), 1):
        pitch.earn(person, 100 * number)
    sanne = pitch.page(pitch.people.sanne)
    for page in PAGES:
        assert sanne.get(f"/contests/{contest}{page}").status_code == 200
    assert "Jij bracht 100 punten in" in sanne.get(f"/contests/{contest}/mine", part=True).text
    with time_machine.travel(FINAL + 8 * DAY, tick=False):
        pitch.finish(contest, FINAL + 7 * DAY)
        sanne = pitch.page(pitch.people.sanne)
        assert "De eindstand" in sanne.get(f"/contests/{contest}").text
        assert "Voorbij" in sanne.get("/contests").text


def test_a_team_goal_is_a_bar_that_everybody_fills(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAM_GOAL, goal=400)
    pitch.earn(pitch.people.sanne, 100)
    pitch.earn(pitch.people.otto, 200)
    html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    assert "300 van 400 punten" in html
    assert "Nog 100 punten te gaan" in html
    assert re.search(r'<progress class="large"\s+value="300"\s+max="400"', html)
    assert "Otto" not in html


def test_it_says_what_would_bring_one_up(pitch: Field) -> None:
    contest = pitch.contest()
    pitch.earn(pitch.people.sanne, 300)
    pitch.earn(pitch.people.bram, 200)
    html = pitch.page(pitch.people.bram).get(f"/contests/{contest}").text
    assert re.search(r"Nog \d+ tot plaats 1", html)
    assert "tot plaats" not in pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text


def test_my_team_is_marked_in_the_race(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAMS)
    pitch.earn(pitch.people.sanne, 100)
    html = pitch.page(pitch.people.bram).get(f"/contests/{contest}").text
    assert re.search(r'class="me">.*?Zwolle \(jouw team\)', html, re.DOTALL)
    assert "Zwolle: plaats 1" in html
    assert "Er telt nog niets van jou mee." in html


def test_who_is_in_the_draw_is_named_and_how_far_others_are_is_not(pitch: Field) -> None:
    contest = pitch.contest(Format.THRESHOLD, **GOAL)
    pitch.earn(pitch.people.sanne, 100)
    pitch.earn(pitch.people.bram, 500)
    pitch.earn(pitch.people.otto, 500)
    pitch.do(lambda: appearance.choose(pitch.people.otto, appearance.HIDDEN, NOW))
    html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    assert "2 mensen zitten in de loting." in html
    assert "Bram Jansen" in html
    assert "1 collega<" in html
    assert "tot de drempel" in html
    assert "500" not in re.sub(r"<(head|svg).*?</\1>", "", html, flags=re.DOTALL)


def test_places_are_fair_scores_and_the_bottom_is_nobodys(pitch: Field) -> None:
    contest = pitch.contest()
    pitch.do(lambda: _crowd(pitch, contest, 12))
    html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}?show=everyone").text
    assert "Persoon0 Zus" in html
    assert "Persoon11 Zus" not in html
    assert "120 punten" not in html, "what somebody else brought is theirs"
    assert "Jij bracht 1.000 punten in." in html


def _crowd(pitch: Field, contest: int, size: int) -> None:
    """Join a competition after it was published, as newcomers do."""
    pitch.here.scene.earn(1000)
    for number in range(size):
        somebody = make.person(f"Persoon{number} Zus")
        show_names(pitch.here.scene, somebody)
        db.session.add(Entrant(competition_id=contest, person_id=somebody.id, invited_at=NOW, joined_at=NOW))
        pitch.here.scene.earn(120 + 10 * (size - number), person_id=somebody.id, team_id=None, candidate_id=number + 5)


def test_where_people_are_not_compared_any_more_one_sees_oneself(pitch: Field) -> None:
    contest = pitch.contest()
    pitch.earn(pitch.people.sanne, 100)
    pitch.earn(pitch.people.bram, 200)
    pitch.do(lambda: withdraw_consent(pitch.here.scene.program_id, NOW))
    html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    assert "Sanne de Vries (jij)" in html
    assert "Bram" not in html


def test_my_pair_stands_in_front(pitch: Field) -> None:
    contest = pitch.contest(Format.HEAD_TO_HEAD)
    pitch.seat()
    pitch.earn(pitch.people.lead, 100)
    html = pitch.page(pitch.people.lead).get(f"/contests/{contest}").text
    assert "Je staat voor op" in html
    assert html.index('class="card brand"') < html.index('class="card"', html.index("Alle koppels"))


def test_a_round_whose_winner_declined_is_shown_without_them(pitch: Field) -> None:
    contest, lead = pitch.contest(Format.BRACKET, **FACTS[Format.BRACKET]), pitch.people.lead
    pitch.do(lambda: pitch.here.scene.earn(100, person_id=lead.id, on=FRIDAY - 7 * DAY))
    pitch.seat()
    pitch.earn(lead, 100)
    later = NOW + 7 * DAY
    pitch.do(lambda: taking_part.decline(db.session.get_one(Competition, contest), lead, later))
    with time_machine.travel(later, tick=False):
        html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    assert "Lea" not in html
    assert "Finale" in html


def test_the_part_that_moves_is_sent_only_when_it_did(pitch: Field) -> None:
    contest = pitch.contest()
    sanne = pitch.page(pitch.people.sanne)
    tag = sanne.get(f"/contests/{contest}").headers["HX-PTag"]
    headers = {"HX-Request": "true", "HX-PTag": tag}
    assert sanne.client.get(f"/contests/{contest}", headers=headers).status_code == 304
    pitch.earn(pitch.people.sanne, 100)
    moved = sanne.client.get(f"/contests/{contest}", headers=headers)
    assert moved.status_code == 200
    assert moved.text.lstrip().startswith('<div id="standing"')


def test_what_ended_is_not_asked_again(pitch: Field) -> None:
    contest = pitch.contest()
    assert "every 20s" in pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert "every 20s" not in pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text


def test_it_is_nobodys_for_whom_it_is_not(pitch: Field) -> None:
    people = pitch.people
    contest = pitch.contest(Format.TEAM_GOAL, goal=100, audience=Audience.TEAM, audience_ids=[people.sanne.team_id])
    draft = pitch.do(lambda: pitch.here.draft().id)
    for url in ("", "/rules", "/raffle", "/mine", "/result.json", "/sides"):
        assert pitch.page(people.otto).get(f"/contests/{contest}{url}").status_code == 404
    assert pitch.page(people.sanne).get(f"/contests/{draft}").status_code == 404
    assert "Verder bewerken" in pitch.page(people.ines).get(f"/contests/{draft}").text


def test_it_speaks_english_too(pitch: Field) -> None:
    contest = pitch.contest(Format.THRESHOLD, **GOAL)
    pitch.do(lambda: setattr(_again(pitch), "language", "en"))
    html = pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
    assert "Nobody is in the draw yet." in html
    assert "400 to go to the threshold" in html


def _again(pitch: Field) -> object:
    return db.session.get_one(type(pitch.people.sanne), pitch.people.sanne.id)


def test_after_grace_it_is_still_there(pitch: Field) -> None:
    contest = pitch.contest()
    with time_machine.travel(GRACE_OVER, tick=False):
        assert "wordt nagekeken" in pitch.page(pitch.people.sanne).get(f"/contests/{contest}").text
