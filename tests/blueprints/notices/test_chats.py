"""The page of chats: one's own and those one looks after, with addresses that are never shown again."""

import logging

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.notices import chat_address, chat_target
from app.domain.notices.chat_target import MOST_OWN, PATIENCE, ChatTarget, Failure
from app.domain.notices.outbox import OutboxRow
from tests.people import Browser, People, make_people

PAGE = "/notices/chats"
SECRET = "TIiajkdnlazkcOXrIdevi7FQ"
SLACK = {
    "label": "Mijn Slack",
    "address": f" https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{SECRET}",
    "whose": "own",
}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def mine(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.sanne)


def chats(browser: Browser) -> list[ChatTarget]:
    with browser.app.app_context():
        return list(db.session.scalars(select(ChatTarget).order_by(ChatTarget.id)))


def team_chat(browser: Browser, by: Person, team_id: int | None) -> str:
    with browser.app.app_context():
        address = chat_address.read("jsons://chat.example.com/x")
        row = chat_target.add(by, "Kanaal", address, clock.now(), own=False, team_id=team_id)
        db.session.commit()
        return f"{PAGE}/{row.id}"


def test_one_is_added_and_its_address_is_seen_no_more(mine: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert "Nog geen chats" in mine.get(PAGE).text
    assert mine.post(PAGE, SLACK, at=PAGE).status_code == 303
    page = mine.get(PAGE).text
    assert "Slack …i7FQ · alleen voor jou" in page
    assert SECRET not in page + caplog.text + repr(chats(mine))
    assert 'value="weekly_reminder chat"' in mine.get("/notices/preferences").text


def test_what_was_typed_stays_when_it_is_no_address(mine: Browser) -> None:
    answer = mine.post(PAGE, SLACK | {"address": "https://example.com/"}, at=PAGE)
    assert answer.status_code == 422
    assert "Dit is geen adres van een chat die we kennen." in answer.text
    assert 'value="https://example.com/"' in answer.text
    assert chats(mine) == []


def test_there_is_an_end_to_them(mine: Browser) -> None:
    answers = [mine.post(PAGE, SLACK, at=PAGE).status_code for _ in range(MOST_OWN + 1)]
    assert answers == [303] * MOST_OWN + [422]


def test_a_test_is_planned_and_not_waited_for(mine: Browser) -> None:
    mine.post(PAGE, SLACK, at=PAGE)
    (chat,) = chats(mine)
    assert [mine.post(f"{PAGE}/{chat.id}/test", at=PAGE).status_code for _ in range(2)] == [303, 303]
    assert "Er is een test onderweg" in mine.get(PAGE).text
    with mine.app.app_context():
        rows = db.session.execute(select(OutboxRow.kind, OutboxRow.recipient, OutboxRow.payload)).all()
    assert rows == [("chat_test", f"chat:{chat.id}", {})]


def test_it_is_paused_resumed_and_removed_with_what_waits(mine: Browser) -> None:
    mine.post(PAGE, SLACK, at=PAGE)
    url = f"{PAGE}/{chats(mine)[0].id}"
    mine.post(f"{url}/pause", at=PAGE)
    assert chats(mine)[0].paused_at
    mine.post(f"{url}/resumption", at=PAGE)
    assert chats(mine)[0].paused_at is None
    mine.post(f"{url}/test", at=PAGE)
    mine.post(f"{url}/removal", at=PAGE)
    with mine.app.app_context():
        assert db.session.scalars(select(OutboxRow)).all() == []
    assert chats(mine) == []


def test_the_page_says_in_words_how_it_goes(mine: Browser) -> None:
    mine.post(PAGE, SLACK, at=PAGE)
    with mine.app.app_context():
        row = db.session.scalars(select(ChatTarget)).one()
        chat_target.delivered(row, clock.now())
        for _ in range(PATIENCE):
            chat_target.failed(row, Failure.GONE, clock.now())
        db.session.commit()
    page = mine.get(PAGE).text
    assert "vanzelf gepauzeerd" in page
    assert "Het laatste bericht kwam aan op" in page
    assert "De chat kent dit adres niet meer." in page


@pytest.mark.parametrize(
    ("who", "of", "status"),
    [
        ("ada", "team", 303),
        ("ada", "all", 303),
        ("lead", "team", 303),
        ("lead", "other", 404),
        ("lead", "all", 404),
        ("sanne", "team", 404),
        ("ines", "all", 404),
    ],
)
def test_who_may_touch_a_shared_one(browser: Browser, people: People, who: str, of: str, status: int) -> None:
    team = {"team": people.sanne.team_id, "other": people.otto.team_id, "all": None}[of]
    url = team_chat(browser, people.ada, team)
    them = browser.sign_in(getattr(people, who))
    assert them.post(f"{url}/pause", at=PAGE).status_code == status
    assert ("Kanaal" in them.get(PAGE).text) is (status == 303)


def test_nobody_touches_one_of_somebody_else(browser: Browser, people: People, mine: Browser) -> None:
    mine.post(PAGE, SLACK, at=PAGE)
    url = f"{PAGE}/{chats(mine)[0].id}/test"
    assert [browser.sign_in(each).post(url, at=PAGE).status_code for each in (people.bram, people.ada)] == [404, 404]


@pytest.mark.parametrize(("who", "takes"), [("sanne", [422, 422]), ("lead", [303, 422]), ("ada", [303, 303])])
def test_for_whom_one_may_add_one(browser: Browser, people: People, who: str, takes: list[int]) -> None:
    them = browser.sign_in(getattr(people, who))
    answers = [them.post(PAGE, SLACK | {"whose": each}, at=PAGE) for each in (str(people.sanne.team_id), "all")]
    assert [each.status_code for each in answers] == takes
    assert [each.team_id for each in chats(browser)] == [people.sanne.team_id, None][: takes.count(303)]
