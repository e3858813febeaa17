"""/connections: an administrator makes keys, sees each once, and revokes them."""

import re

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.journey import source, touchpoint_kind
from app.domain.journey.source import Source
from tests.people import Browser, make_people


@pytest.fixture
def admin(browser: Browser) -> Browser:
    with browser.app.app_context():
        person: Person = make_people().ada
    return browser.sign_in(person)


def add(admin: Browser, name: str = "Website") -> str:
    """The page after making a source."""
    response = admin.post("/connections", {"name": name}, at="/connections")
    assert response.status_code == 201
    return response.text


def stored(admin: Browser) -> list[Source]:
    with admin.app.app_context():
        return list(db.session.scalars(select(Source)))


def test_without_sources_the_page_says_so(admin: Browser) -> None:
    page = admin.get("/connections")
    assert page.status_code == 200
    assert "Nog geen bronnen" in page.text


def test_a_key_works_and_is_shown_once(admin: Browser) -> None:
    found = re.search(r"-u ([\w-]{43}):", add(admin).replace("&#34;", '"'))
    assert found
    with admin.app.app_context():
        row = source.by_key(found[1], clock.now())
        assert row
        assert row.name == "Website"
    assert found[1] not in admin.get("/connections").text
    assert found[1] not in [row.key_hash for row in stored(admin)]


def test_a_source_needs_a_name(admin: Browser) -> None:
    response = admin.post("/connections", {"name": "  "}, at="/connections")
    assert (response.status_code, stored(admin)) == (422, [])


def test_a_revoked_key_stays_listed(admin: Browser) -> None:
    add(admin)
    row = stored(admin)[0]
    assert admin.post(f"/connections/{row.id}/revocation", at="/connections").status_code == 303
    assert stored(admin)[0].revoked_at
    page = admin.get("/connections").text
    assert "ingetrokken" in page
    assert row.key_hint in page


def test_what_is_not_there_cannot_be_revoked(admin: Browser) -> None:
    assert admin.post("/connections/999/revocation", at="/connections").status_code == 404


def test_there_is_an_end_to_sources(admin: Browser) -> None:
    with admin.app.app_context():
        for number in range(source.MOST):
            source.make(f"Bron {number}", None, clock.now())
        db.session.commit()
    response = admin.post("/connections", {"name": "Een meer"}, at="/connections")
    assert (response.status_code, len(stored(admin))) == (422, source.MOST)


def test_unknown_kinds_are_listed(admin: Browser) -> None:
    assert "Brochure" not in admin.get("/connections").text
    with admin.app.app_context():
        touchpoint_kind.ensure({"Brochure"})
        db.session.commit()
    assert "Brochure" in admin.get("/connections").text


def test_it_is_not_a_recruiter_s(browser: Browser) -> None:
    with browser.app.app_context():
        person = make_people().sanne
    assert browser.sign_in(person).get("/connections").status_code == 404
