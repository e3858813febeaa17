"""Logging for those who were ticked in the list: the form, what is wrong with it, the result and its undo."""

from uuid import uuid4

import pytest

from app import clock
from app.db import db
from app.domain.actions import several
from app.domain.actions.engagement_action import EngagementAction
from tests import make
from tests.domain.actions.test_action import count
from tests.people import Browser, make_people

URL = "/candidates/several"
Ticked = tuple[Browser, list[int]]


@pytest.fixture
def ticked(browser: Browser) -> Ticked:
    with browser.app.app_context():
        people = make_people()
        ids = [make.candidate(f"Kandidaat {name}", owner=people.sanne).id for name in ("Een", "Twee")]
        db.session.commit()
        return browser.sign_in(people.sanne), ids


def facts(ids: list[int], **other: object) -> dict[str, object]:
    day = clock.now().date().isoformat()
    return {"id": ids, "key": uuid4().hex, "kind": "event", "day": day, "note": "Meeloopdag"} | other


def logged(browser: Browser) -> int:
    with browser.app.app_context():
        return count(EngagementAction)


def test_the_form_names_them_and_logs_nothing(ticked: Ticked) -> None:
    browser, ids = ticked
    page = browser.post(URL, {"id": ids}, at="/account")
    assert ("Kandidaat Een, Kandidaat Twee" in page.text, page.text.count('name="id"')) == (True, 2)
    assert logged(browser) == 0


def test_it_is_logged_once_and_undone_as_a_whole(ticked: Ticked) -> None:
    browser, ids = ticked
    sent = facts(ids)
    for _ in range(2):
        assert browser.post(URL, sent, at="/account").headers["Location"] == "/candidates"
    assert "Vastgelegd voor 2 kandidaten: 20 punten nu, 80 zodra er bewijs is." in browser.get("/candidates").text
    assert logged(browser) == 2
    browser.post(f"{URL}/{sent['key']}/undo", at="/account")
    assert "Ongedaan gemaakt bij 2 kandidaten." in browser.get("/candidates").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": ""}, "Meeloopdag"),
        ({"day": "2026-01-05"}, "Kies vandaag of een van de 6 dagen ervoor."),
        ({"day": ""}, "Meeloopdag"),
        ({"note": "Hij is ziek, burn-out."}, "Hij is ziek, burn-out."),
        ({"key": "x"}, "Meeloopdag"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(ticked: Ticked, wrong: dict[str, str], told: str) -> None:
    browser, ids = ticked
    answer = browser.post(URL, facts(ids, **wrong), at="/account")
    assert (answer.status_code, told in answer.text, answer.text.count('name="id"')) == (422, True, 2)
    assert logged(browser) == 0


def test_nobody_was_ticked(ticked: Ticked) -> None:
    browser, _ = ticked
    assert browser.post(URL, facts([]), at="/account").status_code == 303
    assert browser.client.get(URL).headers["Location"] == "/candidates"
    assert browser.post(f"{URL}/x/undo", at="/account").status_code == 404


def test_many_are_logged_by_portions(ticked: Ticked, held: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "PORTION", 1)
    browser, ids = ticked
    browser.post(URL, facts(ids), at="/account")
    assert "Vastgelegd voor 2 kandidaten: 20 punten nu, 80 zodra er bewijs is." in browser.get("/candidates").text
    assert (logged(browser), max(held), sum(held)) == (2, 1, 2)
