"""What is open: the logo and the colour. Photos of people are for those who work here."""

import pytest

from app.db import db
from app.domain.agency import picture
from app.domain.program.program import the_program
from tests import make
from tests.make import PNG
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def kept(browser: Browser, *, as_logo: bool) -> str:
    with browser.app.app_context():
        picture_id = picture.store(PNG, make.START).id
        program = the_program()
        assert program
        program.logo_id = picture_id if as_logo else None
        db.session.commit()
        return f"/pictures/{picture_id}"


def test_the_logo_is_open_and_kept_by_every_cache(browser: Browser, people: People) -> None:
    answer = browser.get(kept(browser, as_logo=True))
    assert (answer.status_code, answer.data, answer.content_type) == (200, PNG, "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photo_is_for_colleagues(browser: Browser, people: People) -> None:
    url = kept(browser, as_logo=False)
    assert browser.get(url).status_code == 404
    answer = browser.sign_in(people.sanne).get(url)
    assert answer.headers["Cache-Control"].startswith("private")


def test_a_picture_that_is_not_there(browser: Browser, people: People) -> None:
    assert browser.sign_in(people.sanne).get("/pictures/999999").status_code == 404


def test_the_colour_is_a_style_sheet_for_ever(browser: Browser, people: People) -> None:
    answer = browser.get("/brand/260.css")
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--on-brand:" in answer.text


@pytest.mark.parametrize("hue", ["360", "99999", "-1", "red"])
def test_there_is_no_such_hue(browser: Browser, people: People, hue: str) -> None:
    assert browser.get(f"/brand/{hue}.css").status_code == 404
