"""One's own profile: what is kept, and that a password and sessions are one's own."""

import re

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency import password, session
from app.domain.agency.person import Person
from app.domain.agency.session import SignInSession
from app.domain.agency.sign_in import PER_ACCOUNT
from tests.people import Browser, make_people

RIGHT, NEW = "paars olifant fiets", "groene giraffe danst"
PROFILE = {"name": "Sanne Bos", "language": "en", "theme": "dark", "keys_enabled": "y"}
CHANGE = {"current": RIGHT, "password": NEW, "repeat": NEW}
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def sanne(browser: Browser) -> Person:
    with browser.app.app_context():
        person = make_people().sanne
        person.password_hash = password.hashed(RIGHT)
        db.session.commit()
    return person


@pytest.fixture
def mine(browser: Browser, sanne: Person) -> Browser:
    return browser.sign_in(sanne)


def kept(browser: Browser, person: Person) -> Person:
    with browser.app.app_context():
        return db.session.get_one(Person, person.id)


def test_the_page_shows_what_is_kept(mine: Browser) -> None:
    page = mine.get("/account").text
    assert 'value="Sanne de Vries"' in page
    assert "deze browser" in page
    assert page.count("checked") == 3


def test_who_never_chose_a_language_keeps_the_browsers(mine: Browser, sanne: Person) -> None:
    with mine.app.app_context():
        db.session.get_one(Person, sanne.id).language = None
        db.session.commit()
    assert re.findall(r'name="language"\s+value="(\w+)" checked', mine.get("/account").text) == ["nl"]


def test_saving(mine: Browser, sanne: Person) -> None:
    assert mine.post("/account", PROFILE).status_code == 303
    row = kept(mine, sanne)
    assert (row.name, row.sort_name, row.language, row.theme, row.keys_enabled) == (
        "Sanne Bos",
        "bos, sanne",
        "en",
        "dark",
        True,
    )
    page = mine.get("/account").text
    assert '<html lang="en" data-theme="dark">' in page
    assert "Saved." in page


def test_the_language_stays_after_signing_out(mine: Browser) -> None:
    mine.post("/account", PROFILE)
    mine.post("/account/sign-out")
    assert '<html lang="en"' in mine.get("/account/sign-in").text


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 101}, {"language": "xx"}, {"theme": "pink"}])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(mine: Browser, sanne: Person, wrong: dict[str, str]) -> None:
    answer = mine.post("/account", PROFILE | {"name": "Sanne Nieuw"} | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "name" in wrong or 'value="Sanne Nieuw"' in answer.text
    assert kept(mine, sanne).name == "Sanne de Vries"


def test_nothing_but_its_own_fields_is_taken(mine: Browser, sanne: Person) -> None:
    mine.post("/account", PROFILE | {"role": "admin", "email": "x@voorbeeld.nl", "team_id": "99"})
    row = kept(mine, sanne)
    assert (row.role, row.email, row.team_id) == ("recruiter", "sanne@voorbeeld.nl", sanne.team_id)


def test_a_new_password_ends_the_other_sessions(mine: Browser, browser: Browser, sanne: Person) -> None:
    elsewhere = browser.sign_in(sanne)
    assert mine.post("/account/password", CHANGE).status_code == 303
    assert mine.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert password.verify(NEW, kept(mine, sanne).password_hash)[0]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"current": "fout"}, "Dit is niet je huidige wachtwoord."),
        ({"repeat": "anders"}, "Dit is niet hetzelfde als het wachtwoord erboven."),
        ({"password": "kort", "repeat": "kort"}, "Gebruik minstens 12 tekens"),
        ({"password": "welkom123456", "repeat": "welkom123456"}, "lijsten die als eerste worden geprobeerd"),
        ({"password": "VasteBand2026!", "repeat": "VasteBand2026!"}, "vooral je eigen naam"),
        ({"password": ""}, "Kies een wachtwoord."),
    ],
)
def test_a_new_password_may_be_refused(mine: Browser, sanne: Person, wrong: dict[str, str], sentence: str) -> None:
    answer = mine.post("/account/password", CHANGE | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert NEW not in answer.text
    assert password.verify(RIGHT, kept(mine, sanne).password_hash)[0]


def test_guessing_the_current_password_is_limited(mine: Browser) -> None:
    for _ in range(PER_ACCOUNT):
        mine.post("/account/password", CHANGE | {"current": "fout"})
    answer = mine.post("/account/password", CHANGE)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert "Te veel verkeerde wachtwoorden" in answer.text


def sessions_of(browser: Browser, person: Person) -> list[int]:
    with browser.app.app_context():
        return list(db.session.scalars(select(SignInSession.id).where(SignInSession.person_id == person.id)))


def test_one_other_session_is_ended(mine: Browser, browser: Browser, sanne: Person) -> None:
    here = set(sessions_of(mine, sanne))
    elsewhere = browser.sign_in(sanne)
    number = (set(sessions_of(mine, sanne)) - here).pop()
    assert f"/account/sessions/{number}/revocation" in mine.get("/account").text
    assert mine.post(f"/account/sessions/{number}/revocation").status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert mine.get("/account").status_code == 200


def test_ones_present_session_may_be_ended_too(mine: Browser, sanne: Person) -> None:
    assert mine.post(f"/account/sessions/{sessions_of(mine, sanne)[0]}/revocation").status_code == 303
    assert mine.get("/account").status_code == 303


def test_a_session_of_somebody_else_does_not_exist(mine: Browser, browser: Browser, sanne: Person) -> None:
    with browser.app.app_context():
        bram = db.session.scalars(select(Person).where(Person.name == "Bram Jansen")).one()
        session.open_session(bram, "", bram.created_at)
        db.session.commit()
    number = sessions_of(mine, bram)[0]
    assert mine.post(f"/account/sessions/{number}/revocation").status_code == 404
    assert sessions_of(mine, bram) == [number]


def test_all_other_sessions_are_ended(mine: Browser, browser: Browser, sanne: Person) -> None:
    others = [browser.sign_in(sanne) for _ in range(2)]
    assert "Overal elders uitloggen" in mine.get("/account").text
    mine.post("/account/sessions/revocation")
    assert [other.get("/account").status_code for other in others] == [303, 303]
    assert "Overal elders uitloggen" not in mine.get("/account").text
