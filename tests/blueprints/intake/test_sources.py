"""/connections: an administrator makes keys, sees each once, and revokes them."""

import re

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.journey import intake_log, source
from app.domain.journey.intake_log import Line
from app.domain.journey.source import Source
from tests import make
from tests.people import Browser, make_people


@pytest.fixture
def admin(browser: Browser) -> Browser:
    with browser.app.app_context():
        person: Person = make_people().ada
    return browser.sign_in(person)


def add(admin: Browser, name: str = "Website", place: str = "server") -> str:
    """The page after making a source."""
    response = admin.post("/connections", {"name": name, "place": place}, at="/connections")
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
    for sent in ({"name": "  ", "place": "server"}, {"name": "Website"}, {"name": "Website", "place": "moon"}):
        response = admin.post("/connections", sent, at="/connections")
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
    response = admin.post("/connections", {"name": "Een meer", "place": "server"}, at="/connections")
    assert (response.status_code, len(stored(admin))) == (422, source.MOST)


def test_a_key_for_the_website_comes_with_its_snippet(admin: Browser) -> None:
    page = add(admin, place="browser")
    assert "/s.js&#34; data-key=" in page
    assert '/s.js"' not in page
    assert "curl" not in page
    assert "JE-SLEUTEL" in admin.get(f"/connections/{stored(admin)[0].id}").text
    assert not stored(admin)[0].trusted


def test_a_new_key_leaves_time_to_change_it(admin: Browser) -> None:
    old = re.search(r"-u ([\w-]{43}):", add(admin).replace("&#34;", '"'))
    url = f"/connections/{stored(admin)[0].id}"
    made = admin.post(f"{url}/key", at="/connections")
    new = re.search(r"-u ([\w-]{43}):", made.text.replace("&#34;", '"'))
    assert made.status_code == 201
    assert old
    assert new
    assert works(admin, old[1], new[1]) == [True, True]
    assert "oude sleutel" in admin.get(url).text
    assert admin.post(f"{url}/old-key", at="/connections").status_code == 303
    assert works(admin, old[1], new[1]) == [False, True]
    assert "oude sleutel" not in admin.get(url).text


def works(admin: Browser, *keys: str) -> list[bool]:
    with admin.app.app_context():
        return [source.by_key(key, clock.now()) is not None for key in keys]


def test_the_key_before_ends_by_itself(admin: Browser) -> None:
    old = re.search(r"-u ([\w-]{43}):", add(admin).replace("&#34;", '"'))
    assert old
    with admin.app.app_context():
        source.rotate(stored(admin)[0].id, clock.now())
        assert source.by_key(old[1], clock.now() + source.OVERLAP / 2)
        assert source.by_key(old[1], clock.now() + source.OVERLAP) is None


def test_a_revoked_source_gets_no_new_key(admin: Browser) -> None:
    add(admin)
    url = f"/connections/{stored(admin)[0].id}"
    admin.post(f"{url}/revocation", at="/connections")
    assert admin.post(f"{url}/key", at="/connections").status_code == 404
    assert "ingetrokken" in admin.get(url).text


def test_a_test_event_arrives_in_the_log(admin: Browser) -> None:
    add(admin)
    url = f"/connections/{stored(admin)[0].id}"
    assert "Er kwam nog niets binnen" in admin.get(url).text
    assert admin.post(f"{url}/tests", at="/connections").status_code == 303
    page = admin.get(url).text
    assert "Fanfare Test" in page
    assert "De koppeling werkt" in page


def test_the_log_asks_for_itself_only_when_something_came(admin: Browser) -> None:
    add(admin)
    url = f"/connections/{stored(admin)[0].id}"
    part = admin.get(url, part=True)
    assert part.text.lstrip().startswith("<section")
    headers = {"HX-Request": "true", "HX-PTag": part.headers["HX-PTag"]}
    assert admin.client.get(url, headers=headers).status_code == 304
    admin.post(f"{url}/tests", at="/connections")
    assert admin.client.get(url, headers=headers).status_code == 200


def test_the_log_is_a_ring_and_says_of_whom(admin: Browser) -> None:
    add(admin)
    row = stored(admin)[0]
    with admin.app.app_context():
        person = make.candidate("Aisha Yilmaz").id
        lines = [Line("track", f"Event {number}", str(number), "accepted", person) for number in range(250)]
        intake_log.write(row.id, [], clock.now())
        intake_log.write(row.id, lines[:30], clock.now())
        intake_log.write(row.id, [*lines[30:], Line("", "", "", "not_trusted")], clock.now())
        db.session.commit()
        kept = [line.event for line in intake_log.latest(row.id)]
    assert kept == ["", *(f"Event {number}" for number in range(249, 150, -1))]
    page = admin.get(f"/connections/{row.id}").text
    assert f"/candidates/{person}" in page
    assert "geweigerd" in page
    assert "251" in page


def test_it_is_not_a_recruiter_s(browser: Browser) -> None:
    with browser.app.app_context():
        person = make_people().sanne
    assert browser.sign_in(person).get("/connections").status_code == 404
