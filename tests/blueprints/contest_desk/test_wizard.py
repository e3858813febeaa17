"""A competition from the first idea to publishing, by plain forms."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.game.competing.competition import Competition
from app.domain.game.rewarding import budget, funding
from app.domain.program.program import record_consent, the_program
from tests.people import Browser, People, make_people

NEW = "/contests/new"
DESK = "/contests/desk"


@pytest.fixture
def people(browser: Browser) -> People:
    """The works council has a say here no more, and there are a hundred euros for this and the next year."""
    with browser.app.app_context():
        people = make_people()
        program = the_program()
        assert program
        today = clock.now().date()
        record_consent(program.id, exists=False, reason="klein", by_id=None, at=clock.now())
        last = today + timedelta(days=300)
        row = budget.make(program.id, "Najaar", today, last, by=people.ines, now=clock.now())
        funding.allot(row.id, 100_00, by=people.ines, now=clock.now(), key=b"a" * 16)
        db.session.commit()
        return people


def begun(browser: Browser, **facts: object) -> str:
    """The address of a draft after its first step."""
    chosen = {"name": "Sprint", "format": "team_goal", "metric": "points", "audience": "program", **facts}
    answer = browser.post(NEW, chosen, at=NEW)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).removesuffix("/prizes")


def test_whole_way(browser: Browser, people: People) -> None:
    ines = browser.sign_in(people.ines)
    url = begun(ines)
    for page in ("/who", "/prizes", "/days", "?", "/prizes"):
        ines.get(url + page.strip("?"))
