"""Branches and teams: adding and renaming, with names that are their own."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.team import Branch, Team
from tests.people import Browser, make_people


@pytest.fixture
def ada(browser: Browser) -> Browser:
    with browser.app.app_context():
        ada = make_people().ada
    return browser.sign_in(ada)


def number(browser: Browser, kind: type[Branch] | type[Team], name: str) -> int:
    with browser.app.app_context():
        return db.session.scalars(select(kind.id).where(kind.name == name)).one()


def test_the_page_shows_branches_with_their_teams(ada: Browser) -> None:
    page = ada.get("/people/teams").text
    assert page.index("Noord") < page.index("Zwolle") < page.index("Zuid") < page.index("Breda")
    assert "4 mensen" in page


def test_a_branch_is_added(ada: Browser) -> None:
    answer = ada.post("/people/branches", {"in-0-name": " Midden "})
    assert answer.headers["Location"] == "/people/teams"
    page = ada.get("/people/teams").text
    assert "De vestiging is toegevoegd." in page
    assert "Midden" in page
    assert "Nog geen teams." in page


@pytest.mark.parametrize("name", ["NOORD", " ", "x" * 101])
def test_a_branch_needs_a_name_of_its_own(ada: Browser, name: str) -> None:
    answer = ada.post("/people/branches", {"in-0-name": name})
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1


def test_a_team_is_added_to_its_branch(ada: Browser) -> None:
    south = number(ada, Branch, "Zuid")
    ada.post(f"/people/branches/{south}/teams", {f"in-{south}-name": "Zwolle"})
    assert ada.get("/people/teams").text.count(">Zwolle<") == 2


def test_a_team_needs_a_name_of_its_own(ada: Browser) -> None:
    north = number(ada, Branch, "Noord")
    answer = ada.post(f"/people/branches/{north}/teams", {f"in-{north}-name": "zwolle"})
    assert answer.status_code == 422
    assert "Deze naam bestaat al." in answer.text
    assert 'value="zwolle"' in answer.text


@pytest.mark.parametrize(("kind", "old", "path"), [(Branch, "Noord", "branches"), (Team, "Zwolle", "teams")])
def test_renaming(ada: Browser, kind: type[Branch] | type[Team], old: str, path: str) -> None:
    url = f"/people/{path}/{number(ada, kind, old)}"
    assert f'value="{old}"' in ada.get(url).text
    assert ada.post(url, {"name": ""}).status_code == 422
    assert ada.post(url, {"name": "Oost"}).headers["Location"] == "/people/teams"
    assert number(ada, kind, "Oost")


def test_a_branch_cannot_take_the_name_of_another(ada: Browser) -> None:
    assert ada.post(f"/people/branches/{number(ada, Branch, 'Noord')}", {"name": "zuid"}).status_code == 422


@pytest.mark.parametrize("path", ["/people/branches/99", "/people/teams/99", "/people/branches/99/teams"])
def test_what_is_not_there(ada: Browser, path: str) -> None:
    assert ada.post(path, {"name": "x"}).status_code == 404
