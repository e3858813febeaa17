"""Bullhorn moves us, or its door stays shut: a session that leads nowhere is let go, a refused password is spared."""

from datetime import timedelta
from time import sleep
from typing import Any

import pytest
import time_machine
from flask import Flask, current_app

from app.domain.actions.bullhorn import account
from jobs import bullhorn_door
from tests.fakes.bullhorn import PASSWORD, USER, Bullhorn
from tests.jobs.bullhorn_desk import desk, fault, logged, mail_of, note, poll, there
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
NOBODY_THERE, ANOTHER_DOMAIN = "http://127.0.0.1:9/", "https://rest.elders.nl/e999/"
pytestmark = pytest.mark.usefixtures("session")


def at(minutes: int) -> str:
    """What is the matter so many minutes later."""
    with time_machine.travel(TUESDAY + timedelta(minutes=minutes), tick=False):
        poll()
    return fault()


def keys() -> dict[str, str]:
    return account.keys_of(account.of(USER), current_app.config["SETTINGS"].key)


def lead(rest: str) -> None:
    """The session that is kept leads there."""
    account.keep_keys(account.of(USER), keys() | {"rest": rest}, current_app.config["SETTINGS"].key)


def knocks(there: Bullhorn) -> int:
    return len([each for each in there.asked if each.endswith("/authorize")])


def say(app: Flask, **settings: str) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=settings)


def shut(there: Bullhorn, app: Flask) -> None:
    """Nothing that is kept opens the door any more, nor does the password."""
    there.expire()
    there.refresh.clear()
    say(app, bullhorn_password="wrong")


@pytest.mark.parametrize("rest", [NOBODY_THERE, ANOTHER_DOMAIN, "/old-page/", "/old-silence/"])
def test_a_session_that_leads_to_where_nobody_is_any_more_is_let_go(
    there: Bullhorn, desk: Desk, rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bullhorn_door, "SECONDS", 0.5)
    there.places["/old-"] = (200, "<html>We have moved</html>")
    there.answered = lambda path: sleep(0.8) if path.startswith("/old-silence") else None
    lead(rest if rest.startswith("http") else f"{there.base}{rest}")
    note(there, by=mail_of(desk))
    assert (poll(), fault(), len(logged())) == (1, "", 1)
    assert keys()["rest"].startswith(f"{there.base}/dc/")


def test_one_that_leads_to_where_nobody_knows_us_costs_no_subscription(there: Bullhorn, desk: Desk) -> None:
    before = there.subscription
    there.places["/old-place/"] = (404, "")
    lead(f"{there.base}/old-place/")
    note(there, by=mail_of(desk))
    assert (at(1), there.subscription, "rest" in keys()) == ("forgotten", before, False)
    assert (at(2), there.subscription, len(logged())) == ("", before, 1)
    assert not any("DELETE" in each for each in there.asked)


def test_where_nobody_lets_us_in_either_no_session_stays(there: Bullhorn, desk: Desk) -> None:
    assert desk
    lead(NOBODY_THERE)
    there.places["/rest-services/loginInfo"] = (503, "")
    assert (at(1), keys().get("session"), bool(keys()["refresh"])) == ("broken", None, True)


def test_a_session_of_our_own_is_not_had_anew_because_of_one_odd_answer(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.expire()
    there.odd["lastRequestId"] = (200, "<html>")
    before = there.counts["session"]
    assert (poll(), fault(), there.counts["session"]) == (0, "unreadable", before + 1)


def test_after_an_hour_we_sign_in_anew_though_nobody_asks_for_it(there: Bullhorn, desk: Desk) -> None:
    assert desk
    before = there.counts["session"]
    assert (at(59), there.counts["session"]) == ("", before)
    assert (at(61), there.counts["session"]) == ("", before + 1)


def test_what_was_kept_without_an_end_is_over(there: Bullhorn, desk: Desk) -> None:
    assert desk
    kept = {name: key for name, key in keys().items() if name != "until"}
    account.keep_keys(account.of(USER), kept, current_app.config["SETTINGS"].key)
    before = there.counts["session"]
    assert (at(1), there.counts["session"]) == ("", before + 1)


def test_a_password_that_was_refused_is_tried_ever_less_often(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert desk
    shut(there, app)
    before, found = knocks(there), []
    for minutes in (0, 1, 14, 15, 16, 44, 45, 104, 105, 224, 225, 464, 465, 704, 705):
        assert at(minutes) == "refused"
        found.append(knocks(there) - before)
    assert found == [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]
    assert PASSWORD not in str(keys())


@pytest.mark.parametrize("said", [{"bullhorn_password": PASSWORD}, {"bullhorn_password": "wrong too"}])
def test_another_password_is_tried_at_once(there: Bullhorn, desk: Desk, app: Flask, said: dict[str, str]) -> None:
    assert desk
    shut(there, app)
    at(0)
    before = knocks(there)
    say(app, **said)
    assert at(1) == ("" if said["bullhorn_password"] == PASSWORD else "refused")
    assert knocks(there) == before + 1


def test_whoever_was_let_in_since_is_refused_for_the_first_time_again(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert desk
    shut(there, app)
    assert [at(minutes) for minutes in (0, 15)] == ["refused"] * 2
    say(app, bullhorn_password=PASSWORD)
    assert (at(16), {"refused", "refusals", "knock_at"} & set(keys())) == ("", set())
    shut(there, app)
    at(20)
    before = knocks(there)
    assert [(at(minutes), knocks(there) - before) for minutes in (34, 35)] == [("refused", 0), ("refused", 1)]


@pytest.mark.parametrize(("instead", "word"), [((503, ""), "broken"), ((429, ""), "busy"), ((500, "<html>"), "broken")])
def test_troubles_of_its_own_refuse_nobody(there: Bullhorn, desk: Desk, instead: tuple[int, Any], word: str) -> None:
    assert desk
    there.expire()
    there.refresh.clear()
    there.places["/dc/oauth/authorize"] = instead
    assert at(0) == word
    there.places.clear()
    assert at(1) == ""


def test_a_secret_that_is_refused_is_spared_too(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert desk
    there.expire()
    there.refresh.clear()
    say(app, bullhorn_client_secret="wrong")
    before = knocks(there)
    assert ([at(minutes) for minutes in (0, 1, 2)], knocks(there) - before) == (["refused"] * 3, 1)


def test_a_clock_that_was_wrong_does_not_keep_a_password_from_being_tried(
    there: Bullhorn, desk: Desk, app: Flask
) -> None:
    assert desk
    shut(there, app)
    before, a_year = knocks(there), 365 * 24 * 60
    assert ([at(minutes) for minutes in (a_year, 0)], knocks(there) - before) == (["refused"] * 2, 2)
    assert ([at(minutes) for minutes in (29, 30)], knocks(there) - before) == (["refused"] * 2, 3)


def test_whoever_says_so_has_it_tried_at_once_and_it_waits_longer_after_that(
    there: Bullhorn, desk: Desk, app: Flask
) -> None:
    assert desk
    shut(there, app)
    before, knock = knocks(there), app.test_cli_runner().invoke
    assert (at(0), at(1), knocks(there) - before) == ("refused", "refused", 1)
    with time_machine.travel(TUESDAY + timedelta(minutes=1), tick=False):
        assert (knock(args=["bullhorn-knock"]).exit_code, knock(args=["bullhorn-knock"]).exit_code) == (0, 1)
    assert (at(1), at(30), knocks(there) - before) == ("refused", "refused", 2)
    assert (at(31), knocks(there) - before) == ("refused", 3)


def test_nothing_is_tried_where_nothing_was_refused(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert there.asked
    assert desk
    answer = app.test_cli_runner().invoke(args=["bullhorn-knock"])
    assert (answer.exit_code, "no password waits" in answer.output) == (1, True)


def test_a_press_takes_away_no_key_that_was_kept_meanwhile(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert desk
    shut(there, app)
    at(0)
    kept = keys()
    row = account.hold(USER)
    assert row is not None
    assert account.knock_now(row, app.config["SETTINGS"].key, TUESDAY)
    assert keys() == {name: key for name, key in kept.items() if name != "knock_at"}
