"""The page and the file with everything that is known of a candidate."""

import orjson
import pytest

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from app.domain.custody import access
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.people import Browser, People, make_people

NOW = make.START
BUDGET = len(access.tables()) + 18
"""A question for each table that knows something of a candidate, and what every page asks."""


@pytest.fixture
def scene(browser: Browser) -> tuple[People, int]:
    """A candidate of the north, with two numbers and some visits."""
    with browser.app.app_context():
        people = make_people()
        row = make.candidate("Jan Bos", owner=people.sanne, branch_id=branch_of(people.sanne.id))
        identity.add(row, Channel.PHONE, "0612345678", NOW, "page")
        identity.add(row, Channel.EMAIL, "jan@b.nl", NOW, "page")
        take_in_many([Hit(row.id, "site_visit", NOW, "test", str(number)) for number in range(230)], NOW)
        db.session.commit()
        return people, row.id


def test_the_page_says_what_is_known(browser: Browser, scene: tuple[People, int]) -> None:
    people, candidate_id = scene
    page = browser.sign_in(people.lead).get(f"/candidates/{candidate_id}/access", budget=BUDGET).text
    assert "Wat we weten van Jan Bos" in page
    assert "+31612345678" in page
    assert "jan@b.nl" in page
    assert "Website bezocht" in page
    assert "bevat ze alle 230" in page


def test_the_file_is_handed_over(browser: Browser, scene: tuple[People, int]) -> None:
    people, candidate_id = scene
    answer = browser.sign_in(people.ada).get(f"/candidates/{candidate_id}/access.json", budget=BUDGET)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=candidate-{candidate_id}.json"
    assert len(orjson.loads(answer.data)["known"]["touchpoint"]) == 230


@pytest.mark.parametrize("who", ["sanne", "ines", "otto"])
@pytest.mark.parametrize("end", ["access", "access.json"])
def test_others_do_not_get_it(browser: Browser, scene: tuple[People, int], who: str, end: str) -> None:
    people, candidate_id = scene
    assert browser.sign_in(getattr(people, who)).get(f"/candidates/{candidate_id}/{end}").status_code == 404
