"""A touchpoint by hand: for a candidate that one may see, once for each form, and undone by whoever noted it."""

import re
import uuid
from collections.abc import Mapping
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.contact_state import ContactState
from app.domain.custody import merge
from app.domain.custody.anonymise import anonymise_many
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from tests import make
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import meanwhile
from tests.people import TOKEN, Browser, People, make_people


class Desk:
    """Sanne at her desk, with a candidate of her branch."""

    def __init__(self, browser: Browser) -> None:
        with browser.app.app_context():
            self.people: People = make_people()
            touchpoint_kind.install_preset()
            self.candidate_id = make.candidate("Bram Bos", owner=self.people.sanne).id
            elsewhere = branch_of(self.people.otto.id)
            self.hidden_id = make.candidate("Zoë Zuid", owner=self.people.otto, branch_id=elsewhere).id
            db.session.commit()
        self.nobody, self.sanne = browser, browser.sign_in(self.people.sanne)
        self.url = f"/candidates/{self.candidate_id}/touchpoints"

    def fields(self, **changed: str) -> Mapping[str, str]:
        return {"kind": "event_attended", "at": "2026-03-02T10:00", "note": "Beurs", "key": uuid.uuid4().hex, **changed}

    def token(self) -> str:
        """What a form of hers is guarded by."""
        found = TOKEN.search(self.sanne.get(f"{self.url}/new").text)
        return found[1] if found else ""

    def merge(self) -> None:
        """The candidate was somebody else's twin."""
        kept, other = (db.session.get_one(Candidate, each) for each in (self.hidden_id, self.candidate_id))
        merge.merge(kept, other, {}, self.people.ada, make.START)

    def rows(self) -> list[Touchpoint]:
        with self.nobody.app.app_context():
            return list(db.session.scalars(select(Touchpoint)))


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_the_form_is_a_page_and_a_part(desk: Desk) -> None:
    page = desk.sanne.get(f"{desk.url}/new")
    assert "<h1>Signaal van Bram Bos</h1>" in page.text
    part = desk.sanne.get(f"{desk.url}/new", part=True).text
    assert part.lstrip().startswith('<section id="touchpoint"')
    assert re.search(r'name="key"[^>]*value="[0-9a-f]{32}"', part)


def test_it_is_noted(desk: Desk) -> None:
    answer = desk.sanne.post(desk.url, desk.fields(), at=f"{desk.url}/new")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/candidates/{desk.candidate_id}")
    (row,) = desk.rows()
    assert (row.kind, row.source, row.recorded_by_id) == ("event_attended", "page", desk.people.sanne.id)
    assert (row.occurred_at.isoformat(), row.payload) == ("2026-03-02T09:00:00+00:00", {"note": "Beurs"})


def test_the_same_form_counts_once(desk: Desk) -> None:
    fields = desk.fields()
    for _ in range(2):
        assert desk.sanne.post(desk.url, fields, at=f"{desk.url}/new").status_code == 303
    assert len(desk.rows()) == 1


def test_a_key_that_is_none_still_counts(desk: Desk) -> None:
    assert desk.sanne.post(desk.url, desk.fields(key="x", note=""), at=f"{desk.url}/new").status_code == 303
    assert desk.rows()[0].payload is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "dance"},
        {"at": ""},
        {"at": "soon"},
        {"at": "2096-01-01T10:00"},
        {"at": "1980-01-01T10:00"},
        {"at": "0001-01-01T00:00"},
        {"at": "9999-12-31T23:59"},
        {"note": "x" * 201},
    ],
)
def test_what_is_wrong_is_told_and_kept(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.sanne.post(desk.url, desk.fields(**wrong), at=f"{desk.url}/new", part=True)
    assert (answer.status_code, desk.rows()) == (422, [])
    assert 'class="error"' in answer.text
    assert wrong.get("note", "Beurs") in answer.text


def test_who_may_not_be_seen_is_not_there(desk: Desk) -> None:
    url = f"/candidates/{desk.hidden_id}/touchpoints"
    assert desk.sanne.get(f"{url}/new").status_code == 404
    assert desk.sanne.post(url, desk.fields(), at=f"{desk.url}/new").status_code == 404


def test_it_is_undone(desk: Desk) -> None:
    desk.sanne.post(desk.url, desk.fields(), at=f"{desk.url}/new")
    url = f"/touchpoints/{desk.rows()[0].id}/reversal"
    assert desk.sanne.post(url, at=f"{desk.url}/new").status_code == 303
    assert desk.rows()[0].reversed_at
    with desk.nobody.app.app_context():
        assert set(db.session.scalars(select(ContactState.tau))) == {None}


@pytest.mark.parametrize(("name", "status"), [("bram", 404), ("otto", 404), ("ada", 303)])
def test_only_whoever_noted_it_or_an_administrator_undoes_it(desk: Desk, name: str, status: int) -> None:
    desk.sanne.post(desk.url, desk.fields(), at=f"{desk.url}/new")
    browser = desk.nobody.sign_in(getattr(desk.people, name))
    url = f"/touchpoints/{desk.rows()[0].id}/reversal"
    assert browser.post(url, at="/candidates/new").status_code == status
    assert (desk.rows()[0].reversed_at is None) == (status == 404)


def test_what_is_not_there_cannot_be_undone(desk: Desk) -> None:
    assert desk.sanne.post("/touchpoints/999/reversal", at=f"{desk.url}/new").status_code == 404


def test_of_whoever_is_forgotten_at_that_moment_nothing_is_said_to_be_noted(real_app: Flask) -> None:
    only_postgresql(real_app)
    desk = Desk(Browser(real_app))
    forget = partial(anonymise_many, [desk.candidate_id], make.START)
    noted = partial(desk.sanne.client.post, desk.url, data=desk.fields(csrf_token=desk.token()))
    answer = meanwhile(real_app, forget, lambda: noted().status_code)
    assert (answer, desk.rows()) == (404, [])


def test_nor_of_whoever_is_merged(real_app: Flask) -> None:
    only_postgresql(real_app)
    desk = Desk(Browser(real_app))
    noted = partial(desk.sanne.client.post, desk.url, data=desk.fields(csrf_token=desk.token()))
    answer = meanwhile(real_app, desk.merge, lambda: noted().status_code)
    assert (answer, desk.rows()) == (404, [])
