"""Links by mail: asked for by anybody with one answer, opened by scanners in vain, and used once."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import password, session
from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from tests import page
from tests.people import Browser, Form, make_people

GOOD = "paars olifant fiets"
OLD = "groene giraffe danst"
SANNE = "sanne@voorbeeld.nl"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def sanne(browser: Browser) -> Person:
    with browser.app.app_context():
        person = make_people().sanne
        person.password_hash = password.hashed(OLD)
        db.session.commit()
        return person


def ask(browser: Browser, email: str = SANNE, at: str = "/account/link", then: str = "") -> TestResponse:
    return browser.post(f"{at}{then}", {"email": email})


def planned(browser: Browser) -> list[OutboxRow]:
    with browser.app.app_context():
        return list(db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def link(browser: Browser, at: str = "/account/link", then: str = "") -> str:
    """The path in the mail that was asked for last."""
    ask(browser, at=at, then=then)
    url = str(planned(browser)[-1].payload["url"])
    return url.removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize("at", ["/account/link", "/account/new-password"])
def test_everybody_gets_the_same_answer(browser: Browser, sanne: Person, at: str) -> None:
    pages = []
    for email in (SANNE, "bram@voorbeeld.nl", "gerrit@voorbeeld.nl", "wie@voorbeeld.nl"):
        answer = ask(browser, email, at)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/mailed")
        pages.append(browser.get("/account/mailed").text.replace(email, "X"))
    assert len({page.partition("<main")[2].partition("</main>")[0] for page in pages}) == 1
    assert [row.recipient for row in planned(browser)] == [f"person:{sanne.id}"]


def test_as_much_is_asked_of_the_database_for_nobody(browser: Browser, sanne: Person) -> None:
    """Without the end of the inner transaction, which is the one thing that must differ."""
    token, seen = Form(browser.client.get("/account/link").text).token, []
    for email in (SANNE, "wie@voorbeeld.nl"):
        with page.counted() as statements:
            browser.client.post("/account/link", data={"csrf_token": token, "email": email})
        seen.append([each.partition("(")[0] for each in statements if "SAVEPOINT" not in each])
    assert seen[0] == seen[1]
    assert any("INSERT INTO outbox" in each for each in seen[1])


def test_nothing_typed_is_lost(browser: Browser, sanne: Person) -> None:
    for email in ("", "sanne@"):
        answer = ask(browser, email)
        assert (answer.status_code, f'value="{email}"' in answer.text) == (422, True)
    assert planned(browser) == []


def test_the_page_after_asking_is_nobody_elses(browser: Browser, sanne: Person) -> None:
    assert browser.get("/account/mailed").headers["Location"] == "/account/sign-in"


def test_opening_a_link_changes_nothing_and_pressing_signs_in_once(browser: Browser, sanne: Person) -> None:
    url = link(browser)
    for _ in range(2):
        assert "Sanne de Vries" in browser.get(url).text
    assert browser.get("/account").status_code == 303
    answer = browser.post(url, at=url)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Sanne de Vries" in browser.get("/account").text
    other = Browser(browser.app)
    assert (other.get(url).status_code, other.post(url).status_code) == (404, 404)
    assert "Nieuwe link aanvragen" in other.get(url).text


@pytest.mark.parametrize("at", ["/account/link", "/account/new-password"])
def test_in_another_browser_a_link_opens_nothing_and_says_so(browser: Browser, sanne: Person, at: str) -> None:
    url, other = link(browser, at), Browser(browser.app)
    ask(other, "wie@voorbeeld.nl", at)
    assert "in een andere browser" in other.get(url).text
    assert other.post(url, {"password": GOOD, "repeat": GOOD}).status_code == 404
    assert other.get("/account").status_code == 303
    assert browser.get(url).status_code == 200


def test_the_page_that_was_asked_for_comes_after_it(browser: Browser, sanne: Person) -> None:
    url = link(browser, then="?next=/account")
    assert browser.post(url, at=url).headers["Location"] == "/account"
    elsewhere = link(Browser(browser.app), then="?next=//evil.example")
    assert "evil" not in elsewhere


def test_nobody_writes_in_a_colleagues_mail(browser: Browser, sanne: Person) -> None:
    assert "gewonnen" not in link(browser, then=f"?next=/{'gewonnen-' * 99}")


def test_using_one_ends_the_others_and_their_mails(browser: Browser, sanne: Person) -> None:
    old, newer = link(browser), link(browser, "/account/new-password")
    assert browser.get(old).status_code == 200
    browser.post(newer, {"password": GOOD, "repeat": GOOD}, at=newer)
    assert [browser.get(each).status_code for each in (old, newer)] == [404, 404]
    *links, told = planned(browser)
    assert [(row.state, len(row.payload)) for row in links] == [("skipped", 0)] * 2
    assert (told.kind, told.state) == ("safety", "pending")


@pytest.mark.parametrize(("at", "minutes"), [("/account/link", 10), ("/account/new-password", 10)])
def test_a_link_ends_by_itself(browser: Browser, sanne: Person, at: str, minutes: int) -> None:
    url, now = link(browser, at), clock.now()
    with time_machine.travel(now + timedelta(minutes=minutes - 1), tick=False):
        assert browser.get(url).status_code == 200
    with time_machine.travel(now + timedelta(minutes=minutes + 1), tick=False):
        assert f"ouder dan {minutes} minuten" in browser.get(url).text
        assert browser.post(url, {"password": GOOD, "repeat": GOOD}).status_code == 404


def test_a_link_opens_only_what_it_is_for(browser: Browser, sanne: Person) -> None:
    token = link(browser).rpartition("/")[2]
    wrong = f"/account/new-password/{token}"
    assert (browser.get(wrong).status_code, browser.post(wrong, {"password": GOOD, "repeat": GOOD}).status_code) == (
        404,
        404,
    )


def test_a_new_password_ends_every_session_and_signs_in_here(browser: Browser, sanne: Person) -> None:
    elsewhere, url = browser.sign_in(sanne), link(browser, "/account/new-password")
    assert browser.post(url, {"password": GOOD, "repeat": GOOD}, at=url).headers["Location"] == "/"
    assert elsewhere.get("/account").status_code == 303
    assert "Sanne de Vries" in browser.get("/account").text
    with browser.app.app_context():
        kept = db.session.get_one(Person, sanne.id).password_hash
        assert password.verify(GOOD, kept)[0]
        assert len(session.open_of(sanne.id, clock.now())) == 1


@pytest.mark.parametrize(
    ("typed", "repeat"), [("kort", "kort"), ("SanneDeVries26", "SanneDeVries26"), (GOOD, "anders")]
)
def test_a_weak_password_is_refused_and_the_link_stays(
    browser: Browser, sanne: Person, typed: str, repeat: str
) -> None:
    url = link(browser, "/account/new-password")
    assert browser.post(url, {"password": typed, "repeat": repeat}, at=url).status_code == 422
    assert browser.get(url).status_code == 200


def test_after_three_an_address_waits_known_or_not(browser: Browser, sanne: Person) -> None:
    for email in (SANNE, "wie@voorbeeld.nl"):
        answers = [ask(browser, email, at) for at in ("/account/link", "/account/new-password") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
        assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600
        assert f'value="{email}"' in answers[-1].text
    assert len(planned(browser)) == 3


def test_after_ten_a_network_waits(browser: Browser, sanne: Person) -> None:
    answers = [ask(browser, f"nr{number}@voorbeeld.nl").status_code for number in range(11)]
    assert answers == [303] * 10 + [429]


def test_spelling_an_address_otherwise_brings_no_more(browser: Browser, sanne: Person) -> None:
    spelled = [SANNE, "SANNE@Voorbeeld.NL", " sanne@VOORBEELD.nl "]
    assert [ask(browser, email).status_code for email in [*spelled, SANNE]] == [303, 303, 303, 429]


def test_asking_does_not_keep_anybody_from_their_password(browser: Browser, sanne: Person) -> None:
    for _ in range(4):
        ask(browser)
    assert browser.post("/account/sign-in", {"email": SANNE, "password": OLD}).status_code == 303
