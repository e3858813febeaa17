"""The list of candidates, and adding one in three fields."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.people import Browser, People

NEW = "/candidates/new"
ELS = {"name": " Els  Bos ", "reach": "06 87654321", "role_sought": "Lasser"}


@contextmanager
def queries(browser: Browser) -> Iterator[list[str]]:
    """The statements that are sent while a page is made."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_facts: object) -> None:
        seen.append(statement)

    with browser.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def listed(browser: Browser, url: str) -> bool:
    answer = browser.get(url)
    assert answer.status_code == 200
    return "Aïsha el Idrissi" in answer.text


@pytest.mark.parametrize(
    "query", ["", "?q=idrissi", "?q=0612", "?stage=engage", "?owner=mine", "?sort=warmest", "?page=9"]
)
def test_she_is_listed(sanne: Browser, aisha: int, query: str) -> None:
    assert listed(sanne, f"/candidates{query}")


@pytest.mark.parametrize("query", ["?q=bos", "?stage=nurture", "?owner=none"])
def test_she_is_not_listed(sanne: Browser, aisha: int, query: str) -> None:
    assert not listed(sanne, f"/candidates{query}")
    assert "Niemand gevonden" in sanne.get(f"/candidates{query}").text


@pytest.mark.parametrize("query", ["?stage=x&owner=y&sort=z&page=q", "?q=%25&page=-1", "?page=99999999999999999999"])
def test_any_address_is_answered(sanne: Browser, aisha: int, query: str) -> None:
    assert sanne.get(f"/candidates{query}").status_code == 200


def test_another_branch_does_not_see_her(otto: Browser, aisha: int) -> None:
    assert not listed(otto, "/candidates")
    assert "Nog geen kandidaten" in otto.get("/candidates").text


def test_the_part_is_the_list_alone(sanne: Browser, aisha: int) -> None:
    answer = sanne.get("/candidates?q=idrissi", part=True)
    assert answer.text.lstrip().startswith('<div id="candidates"')
    assert "<html" not in answer.text


def test_pages_keep_the_filters(sanne: Browser, people: People) -> None:
    with sanne.app.app_context():
        for number in range(101):
            make.candidate(f"Kandidaat {number:03}", owner=people.sanne)
        db.session.commit()
    text = sanne.get("/candidates?owner=mine&page=2").text
    assert "Kandidaat 050" in text
    assert "Kandidaat 049" not in text
    assert "/candidates?page=3&amp;owner=mine" in text


def test_the_list_asks_little(sanne: Browser, people: People) -> None:
    with sanne.app.app_context():
        for number in range(60):
            make.candidate(f"Kandidaat {number}", owner=(people.sanne, people.bram)[number % 2])
        db.session.commit()
    with queries(sanne) as seen:
        sanne.get("/candidates?sort=warmest", part=True)
    assert 0 < len([each for each in seen if "SAVEPOINT" not in each]) <= 8


def test_visitors_sign_in_first(browser: Browser, people: People) -> None:
    assert browser.get("/candidates").location == "/account/sign-in?next=/candidates"


def test_three_fields_are_enough(sanne: Browser, people: People) -> None:
    answer = sanne.post(NEW, ELS, at=NEW)
    assert answer.status_code == 303
    with sanne.app.app_context():
        row = db.session.scalars(select(Candidate)).one()
        assert (row.name, row.role_sought, row.owner_id) == ("Els Bos", "Lasser", people.sanne.id)
        assert [each.address for each in identity.identities_of(row.id)] == ["+31687654321"]
    assert "Els Bos" in sanne.get(str(answer.location)).text


def test_the_sheet_goes_to_the_new_page(sanne: Browser) -> None:
    assert sanne.get(NEW, part=True).text.lstrip().startswith('<div id="new-candidate-sheet"')
    answer = sanne.post(NEW, ELS, at=NEW, part=True)
    assert answer.headers["HX-Redirect"].startswith("/candidates/")


@pytest.mark.parametrize("part", [True, False])
@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("reach", ""), ("reach", "belt terug"), ("role_sought", "x" * 121)]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(sanne: Browser, field: str, value: str, part: bool) -> None:
    answer = sanne.post(NEW, ELS | {field: value}, at=NEW, part=part)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Lasser" in answer.text or field == "role_sought"


def test_who_is_known_is_shown_first(sanne: Browser, aisha: int) -> None:
    answer = sanne.post(NEW, ELS | {"reach": "612345678"}, at=NEW)
    assert answer.status_code == 422
    assert f'href="/candidates/{aisha}"' in answer.text
    assert sanne.post(NEW, ELS | {"reach": "612345678", "anyway": "y"}, at=NEW).status_code == 303


def test_another_branch_is_not_told_who_is_known(otto: Browser, aisha: int) -> None:
    assert otto.post(NEW, ELS | {"reach": "612345678"}, at=NEW).status_code == 303


def test_without_token_nothing_is_added(sanne: Browser) -> None:
    assert sanne.client.post(NEW, data=ELS).status_code == 400
