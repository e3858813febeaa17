"""Without consent nothing is told of a team of fewer than five recruiters, nor of its candidates."""

import json

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from tests import make
from tests.blueprints.api.conftest import client_of
from tests.blueprints.api.described import assert_described
from tests.domain.oversight.journeys import settle, with_journeys
from tests.domain.oversight.scene import NOW
from tests.people import Browser

WHY = "minder dan vijf recruiters"
FILES = ("figures", "weeks", "funnel", "quiet", "waiting", "figure/late", "figure/adoption")


def lay() -> Person:
    """Two teams of two or three recruiters, and no consent; the answer is the sponsor."""
    with time_machine.travel(NOW, tick=False):
        with_journeys(consent=False)
        ines = make.person("Ines Visser", Role.SPONSOR)
        settle()
    return ines


def team_of(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Team.id).order_by(Team.id)).first() or 0


def test_the_page_says_why_and_nothing_else(sponsor: Browser) -> None:
    team = team_of(sponsor.app)
    page = sponsor.get(f"/sponsor?team={team}&period=12").text
    assert WHY in page
    assert "Wacht te lang op ons" not in page
    assert "/handing" not in page
    assert WHY not in sponsor.get("/sponsor").text


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_file_tells_it_either(sponsor: Browser, name: str, ending: str) -> None:
    answer = sponsor.get(f"/sponsor/{name}.{ending}?team={team_of(sponsor.app)}")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sponsor")


def test_nor_the_rows_nor_a_branch(sponsor: Browser) -> None:
    team = team_of(sponsor.app)
    with sponsor.app.app_context():
        branch = db.session.get_one(Team, team).branch_id
    assert sponsor.get(f"/sponsor/figure/late?team={team}").status_code == 303
    assert WHY in sponsor.get(f"/sponsor?branch={branch}").text


def test_nor_software(sponsor: Browser, ines: Person) -> None:
    team = team_of(sponsor.app)
    told = client_of(sponsor, ines).get(f"/figures?team_id={team}", Accept_Language="nl").json
    assert told == sponsor.get(f"/sponsor/figures.json?team={team}").json
    assert WHY in told["closed"]
    assert {name for name, part in told.items() if part} == {"at", "scope", "closed"}
    assert_described(sponsor, ines, "api.figures_told", query={"team_id": team})


def test_nor_a_segment_of_a_team(sponsor: Browser) -> None:
    assert WHY in sponsor.get(f"/sponsor?team={team_of(sponsor.app)}&segment=unowned").text


def test_for_a_program_the_same_shape_without_a_figure(sponsor: Browser) -> None:
    whole = sponsor.get("/sponsor/figures.json").json or {}
    part = sponsor.get(f"/sponsor/figures.json?team={team_of(sponsor.app)}").json or {}
    assert set(part) == set(whole)
    assert WHY in part["closed"]
    assert {name for name, value in part.items() if value is not None} == {"at", "scope", "closed"}
    assert whole["closed"] is None


def test_nor_on_the_command_line(sponsor: Browser) -> None:
    command = ["sponsor", "--at", NOW.isoformat(), "--team", str(team_of(sponsor.app))]
    assert "fewer than five recruiters" in sponsor.app.test_cli_runner().invoke(args=command).output
    found = json.loads(sponsor.app.test_cli_runner().invoke(args=[*command, "--json"]).output)
    assert (found["figures"], found["scope"]["people_counted"]) == (None, False)
