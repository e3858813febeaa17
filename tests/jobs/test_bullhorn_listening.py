"""Bullhorn answers something odd, or forgets us: nothing is dropped without a word, and one batch holds up no other."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from structlog.testing import capture_logs

from app.db import db
from app.domain.actions.bullhorn import account, batch, gap, patience
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.gap import BullhornGap
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from tests.fakes.bullhorn import USER, Bullhorn
from tests.jobs.bullhorn_desk import NOTE, desk, fault, logged, mail_of, note, poll, there
from tests.jobs.desk import TUESDAY, Desk, make_desk

__all__ = ["desk", "there"]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CERTAIN = account.CERTAIN_AFTER
pytestmark = pytest.mark.usefixtures("session")


def later(by: timedelta) -> int:
    with time_machine.travel(TUESDAY + by, tick=False):
        return poll()


def gaps() -> list[BullhornGap]:
    return list(db.session.scalars(select(BullhornGap).order_by(BullhornGap.id)))


def numbers() -> list[str]:
    return sorted(str(number) for _, number, undone in logged() if not undone)


def astray(there: Bullhorn, number: int, by: str) -> None:
    """Somebody was told of a note, and died with it."""
    note(there, number, by=by)
    there.event("GET", there.subscription, {"maxEvents": "100"})


@pytest.mark.parametrize("odd", ["", '{"result": "1"}', {}, {"result": True}, [], {"result": -1}])
def test_one_odd_answer_drops_no_subscription(there: Bullhorn, desk: Desk, odd: object) -> None:
    before = there.subscription
    there.odd["lastRequestId"] = (200, odd)
    note(there, by=mail_of(desk))
    assert (later(MINUTE), fault(), there.subscription) == (0, "unreadable", before)
    there.odd.clear()
    assert (later(2 * MINUTE), fault(), numbers(), gaps()) == (1, "", [str(NOTE)], [])


def test_whoever_gave_out_nothing_yet_may_say_so_with_null(there: Bullhorn, desk: Desk) -> None:
    there.odd["lastRequestId"] = (200, {"result": None})
    note(there, by=mail_of(desk))
    assert (later(MINUTE), fault(), numbers()) == (1, "", [str(NOTE)])


def test_a_lost_subscription_is_told_with_the_time_of_which_nothing_is_known(there: Bullhorn, desk: Desk) -> None:
    later(HOUR)
    before, there.subscription = there.subscription, "forgotten"
    there.odd["PUT"] = (500, "")
    assert (later(2 * HOUR), fault(), gaps()) == (0, "forgotten", [])
    assert (later(2 * HOUR + CERTAIN), fault(), [(each.since, each.until) for each in gaps()]) == (
        0,
        "broken",
        [(TUESDAY + HOUR, None)],
    )
    there.odd.clear()
    later(3 * HOUR)
    row = account.of(USER)
    assert (row.subscribed_at, row.heard_at, fault()) == (TUESDAY + 3 * HOUR, TUESDAY + 3 * HOUR, "")
    assert [(each.since, each.until, each.number) for each in gap.latest()] == [
        (TUESDAY + HOUR, TUESDAY + 3 * HOUR, None)
    ]
    assert there.subscription not in {before, "forgotten"}
    note(there, by=mail_of(desk))
    assert (later(4 * HOUR), numbers(), len(gaps())) == (1, [str(NOTE)], 1)


@pytest.mark.parametrize("odd", [(404, {"errorMessage": "not found"}), (200, {"result": 0})])
def test_a_slip_drops_no_subscription_however_often_it_happens(
    there: Bullhorn, desk: Desk, odd: tuple[int, object]
) -> None:
    note(there, by=mail_of(desk))
    later(MINUTE)
    before = there.subscription
    for number, at in enumerate((HOUR, 2 * HOUR, 3 * HOUR), 1):
        there.odd["lastRequestId"] = odd
        note(there, NOTE + number, by=mail_of(desk))
        assert (later(at), fault(), there.subscription) == (0, "forgotten", before)
        there.odd.clear()
        assert (later(at + MINUTE), fault()) == (1, "")
    assert (len(numbers()), gaps(), [each for each in there.asked if "DELETE" in each]) == (4, [], [])


def test_a_clock_that_was_set_back_believes_it_too_in_the_end(there: Bullhorn, desk: Desk) -> None:
    assert desk
    before, there.subscription = there.subscription, "forgotten"
    later(30 * DAY)
    later(HOUR)
    later(HOUR + CERTAIN)
    assert (fault(), there.subscription in {before, "forgotten"}) == ("", False)


def test_what_was_kept_is_settled_meanwhile(there: Bullhorn, desk: Desk) -> None:
    batch.keep(account.of(USER), 1, [{"entityName": "Note", "entityId": NOTE}], TUESDAY)
    note(there, by=mail_of(desk))
    there.subscription = "forgotten"
    assert (later(MINUTE), fault(), numbers()) == (1, "forgotten", [str(NOTE)])


def test_numbers_before_ours_are_of_another_subscription_and_the_old_one_is_taken_away(
    there: Bullhorn, desk: Desk
) -> None:
    note(there, by=mail_of(desk))
    later(MINUTE)
    before = there.subscription
    there.batches.clear()
    later(2 * MINUTE)
    later(2 * MINUTE + CERTAIN)
    assert f"DELETE /dc/rest-services/e999/event/subscription/{before}" in there.asked
    assert (there.subscription != before, len(gaps()), fault()) == (True, 1, "")
    note(there, NOTE + 1, by=mail_of(desk))
    assert (later(HOUR), numbers()) == (1, [str(NOTE), str(NOTE + 1)])


def test_a_subscription_that_cannot_be_taken_away_holds_up_nothing(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.subscription, there.odd["DELETE"] = "forgotten", (500, "")
    later(MINUTE)
    later(MINUTE + CERTAIN)
    assert (fault(), account.of(USER).subscription) == ("", there.subscription)


EMPTY = [(404, {"errorMessage": "no such request"}), (200, ""), (200, {"requestId": 1, "events": []})]
NOTHING = [*EMPTY, (200, {"requestId": 1, "events": None}), (200, {"requestId": 1})]


@pytest.mark.parametrize("odd", [(500, ""), (403, ""), (200, "<html>"), (200, {"errorMessage": "later"}), *EMPTY])
def test_a_batch_that_is_not_given_holds_up_no_other(there: Bullhorn, desk: Desk, odd: tuple[int, object]) -> None:
    for number in range(3):
        astray(there, NOTE + number, mail_of(desk))
    note(there, NOTE + 3, by=mail_of(desk))
    there.odd["1"] = odd
    assert (later(MINUTE), fault(), numbers()) == (3, "", [str(NOTE + number) for number in (1, 2, 3)])
    asked = len(there.asked)
    assert (later(MINUTE), [each for each in there.asked[asked:] if "entity" in each]) == (0, [])
    assert (gap.latest(), [each.tries for each in gaps()]) == ([], [1])
    there.odd.clear()
    assert (later(3 * MINUTE), len(numbers()), gaps()) == (1, 4, [])


def test_after_a_day_it_is_given_up_and_told(there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    later(HOUR)
    astray(there, NOTE, mail_of(desk))
    there.odd["1"] = (500, "")
    monkeypatch.setattr(patience, "MOST_TRIES", 3)
    with capture_logs() as said:
        for minutes in (1, 2, 3, 4, 5):
            later(HOUR + minutes * MINUTE)
    (row,) = gap.latest()
    assert (row.number, row.since, row.until, row.tries) == (1, TUESDAY, TUESDAY + HOUR + MINUTE, 3)
    assert [(each["event"], each["number"]) for each in said] == [("bullhorn_batch_gone", 1)]
    there.odd.clear()
    note(there, NOTE + 1, by=mail_of(desk))
    assert (later(2 * DAY), account.of(USER).kept_until, numbers()) == (1, 2, [str(NOTE + 1)])


@pytest.mark.parametrize("gone", NOTHING)
def test_a_batch_that_bullhorn_has_no_more_is_told(
    there: Bullhorn, desk: Desk, gone: tuple[int, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST_TRIES", 3)
    astray(there, NOTE, mail_of(desk))
    there.odd["1"] = gone
    for minutes in (1, 2):
        later(minutes * MINUTE)
    assert (gap.latest(), account.of(USER).kept_until) == ([], 0)
    later(4 * MINUTE)
    assert ([each.number for each in gap.latest()], account.of(USER).kept_until, fault()) == ([1], 1, "")
    assert batch.newest() is None


def test_patience_lasts_a_day_and_asks_ever_less_often() -> None:
    waits, at = [], TUESDAY
    for tries in range(1, patience.MOST_TRIES):
        again_at = patience.next_at(tries, at)
        assert again_at
        waits.append(again_at - at)
        at = again_at
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (MINUTE, HOUR)
    assert 23 * HOUR <= at - TUESDAY <= 25 * HOUR
    assert patience.next_at(patience.MOST_TRIES, at) is None


def test_what_was_kept_is_settled_though_nothing_new_is_heard(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    with there.lock:
        events = list(there.queue)
        there.queue.clear()
    batch.keep(account.of(USER), 1, events, TUESDAY)
    there.odd["lastRequestId"] = (500, "")
    assert (poll(), fault(), numbers()) == (1, "broken", [str(NOTE)])


def test_whoever_is_not_let_in_knocks_once(there: Bullhorn, desk: Desk, app: Flask) -> None:
    assert desk
    batch.keep(account.of(USER), 1, [{"entityName": "Note", "entityId": NOTE}], TUESDAY)
    there.expire()
    there.refresh.clear()
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"bullhorn_password": "wrong"})
    knocks = len([each for each in there.asked if "authorize" in each])
    for minutes in (0, 1, 2):
        assert (later(minutes * MINUTE), fault()) == (0, "refused")
    assert len([each for each in there.asked if "authorize" in each]) == knocks + 1


def test_whoever_slept_longer_than_events_are_kept_is_told_what_went(there: Bullhorn, desk: Desk) -> None:
    assert desk
    later(HOUR)
    later(6 * DAY)
    assert gaps() == []
    later(16 * DAY)
    assert [(each.since, each.until) for each in gap.latest()] == [(TUESDAY + 6 * DAY, TUESDAY + 9 * DAY)]


def test_what_is_told_of_gaps_goes_after_a_month(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.subscription = "forgotten"
    later(HOUR - CERTAIN)
    later(HOUR)
    assert gap.forget(TUESDAY + HOUR) == 0
    assert (gap.forget(TUESDAY + 2 * HOUR), gaps()) == (1, [])


def move(there: Bullhorn, corporation: str) -> None:
    """The settings lead to another corporation, where another candidate has the number."""
    there.expire()
    there.corporation = corporation
    there.put("Candidate", 501, name="Piet Bakker", email="piet@voorbeeld.nl")


def test_another_corporation_is_refused_while_numbers_of_the_first_are_here(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    later(MINUTE)
    move(there, "e1000")
    note(there, NOTE + 1, by=mail_of(desk))
    assert (later(2 * MINUTE), fault(), numbers()) == (0, "other_corporation", [str(NOTE)])
    there.expire()
    there.corporation = "e999"
    there.put("Candidate", 501, name="Aisha El Amrani")
    later(3 * MINUTE)
    assert (fault(), numbers()) == ("", [str(NOTE), str(NOTE + 1)])


def test_the_same_one_under_another_name_goes_on_once_somebody_says_so(there: Bullhorn, desk: Desk, app: Flask) -> None:
    note(there, by=mail_of(desk))
    later(MINUTE)
    there.expire()
    there.corporation = "e1000"
    assert (later(2 * MINUTE), fault()) == (0, "other_corporation")
    assert app.test_cli_runner().invoke(args=["bullhorn-moved"], input="n\n").exit_code == 1
    assert (later(3 * MINUTE), fault()) == (0, "other_corporation")
    assert app.test_cli_runner().invoke(args=["bullhorn-moved", "--yes"]).exit_code == 0
    note(there, NOTE + 1, by=mail_of(desk))
    assert (later(4 * MINUTE), fault(), account.of(USER).corporation) == (1, "", "e1000")


def test_another_user_of_another_corporation_too(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    later(MINUTE)
    db.session.execute(update(BullhornAccount).values(username="api.sandbox", corporation="sandbox"))
    assert (later(2 * MINUTE), fault()) == (0, "other_corporation")


def test_whoever_holds_no_numbers_yet_may_go_to_another(there: Bullhorn) -> None:
    made = make_desk()
    crm_id.give(made.aisha.id, Crm.BULLHORN, "88", origin="", now=TUESDAY)
    poll()
    there.expire()
    there.corporation = "e1000"
    assert (later(MINUTE), fault(), account.of(USER).corporation) == (0, "", "e1000")


@pytest.mark.parametrize("held", ["record", "number", "batch"])
def test_what_is_held_of_a_corporation(there: Bullhorn, desk: Desk, held: str) -> None:
    row = account.of(USER)
    if held == "record":
        there.tell("Note", NOTE, "DELETED")
        later(MINUTE)
    elif held == "number":
        crm_id.give(desk.aisha.id, Crm.BULLHORN, "88", origin="Bullhorn", now=TUESDAY)
    else:
        batch.keep(row, 1, [], TUESDAY)
    there.expire()
    there.corporation = "e1000"
    later(2 * MINUTE)
    assert (fault(), account.of(USER).corporation) == ("other_corporation", "e999")


def test_the_newest_batch_is_the_one_that_came_last(there: Bullhorn, desk: Desk) -> None:
    assert desk
    row = account.of(USER)
    for number in (3, 1, 2):
        batch.keep(row, number, [{}], TUESDAY + number * MINUTE)
    batch.keep(row, 4, [], TUESDAY + HOUR)
    found = batch.newest()
    assert found
    assert (found.number, db.session.get_one(BullhornBatch, found.id).events) == (3, 1)
