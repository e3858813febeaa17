"""One's own progress: points, level, badges with what is missing, and the weeks of the streak."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import block_week
from app.domain.actions.block_week import Week
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.game import ledger
from app.domain.game.recognition.badge import BadgeAward
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program
from tests import make
from tests.people import Browser, People, make_people

URL = "/account/progress"
WEEK = timedelta(weeks=1)


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def listened(browser: Browser, person: Person, times: int, points: int = 20) -> None:
    """Asked so many candidates for their preference, today."""
    with browser.app.app_context():
        kind = db.session.scalars(select(ActionKind).where(ActionKind.code == "preference")).one()
        now = clock.now()
        of: dict[str, Any] = {"program_id": kind.program_id, "action_kind_id": kind.id, "rule_version": 1}
        of |= {"person_id": person.id, "team_id": person.team_id, "actor_id": person.id, "points": points}
        of |= {"occurred_at": now, "local_date": clock.local_day(now, the_zone()), "recorded_at": now}
        of |= {"source": "page", "reason": ""}
        for each in range(1, times + 1):
            of |= {"kind": "earn", "source_kind": "action", "source_id": each, "candidate_id": each}
            ledger.credit(**of, nth=None, key=None, line=0)
        db.session.commit()


def test_it_says_what_is_earned_and_what_is_missing(browser: Browser, people: People) -> None:
    listened(browser, people.sanne, 7)
    with browser.app.app_context():
        program, day = the_program(), date(2026, 3, 2)
        assert program
        of = {"person_id": people.sanne.id, "program_id": program.id}
        db.session.add(BadgeAward(**of, badge="rescue", earned_on=day, given_at=make.START))
        db.session.commit()
    html = browser.sign_in(people.sanne).get(URL).text
    assert "sinds 2 maart 2026" in html
    assert html.index("Redder") < html.index("Allrounder")
    assert "7 / 10" in html
    assert "Nog 3 kandidaten." in html
    assert "Nog te doen: Geen gehoor, Bericht gestuurd" in html
    assert "140" in html


def test_the_weeks_are_drawn_and_told_without_blame(browser: Browser, people: People) -> None:
    states = [WeekState.KEPT, WeekState.MISSED, WeekState.EXCUSED, WeekState.FROZEN, *[WeekState.KEPT] * 4]
    with browser.app.app_context():
        monday = clock.week_of(clock.local_day(clock.now(), the_zone())).start
        weeks = [Week(monday - WEEK * (len(states) - at), state, 5, None) for at, state in enumerate(states)]
        block_week.keep(people.sanne.id, weeks, clock.now())
        db.session.commit()
    html = browser.sign_in(people.sanne).get(URL).text
    assert html.count('rx="5"') == 6
    assert "5 gehaald" in html
    assert "deze keer niet" in html
    assert "gemist" not in html
    assert "Nog 4 weken tot de mijlpaal van 8." in html


def test_levels_and_all_time_are_shown_where_the_program_does(browser: Browser, people: People) -> None:
    listened(browser, people.sanne, 3, points=200)
    sanne = browser.sign_in(people.sanne)
    assert "Niveau" not in sanne.get(URL).text
    form = {"mode": "names", "levels": "y", "all_time": "y"}
    browser.sign_in(people.ada).post("/program/leaderboard", form, at="/program/leaderboard")
    html = sanne.get(URL).text
    assert "Niveau 2" in html
    assert "Nog 1.400 punten tot niveau 3" in html
    assert "Punten sinds het begin" in html


def test_whoever_does_not_play_has_kudos_only(browser: Browser, people: People) -> None:
    html = browser.sign_in(people.ines).get(URL).text
    assert "Pluimen die je kreeg" in html
    assert "Badges" not in html
    assert "Badges" in browser.sign_in(people.tess).get(URL).text
    assert "Je weken" not in browser.sign_in(people.tess).get(URL).text


def test_it_is_reached_from_the_profile_and_the_board(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    assert all(URL in sanne.get(each).text for each in ("/account", "/board", "/kudos"))
