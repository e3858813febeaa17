"""What webhooks are told of: each where it happens, once, and with nothing in it but numbers and codes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import action, broken_promise, promise, recovering, verdicts
from app.domain.actions.outcome import Outcome
from app.domain.actions.promise import Promise
from app.domain.actions.recovery import Cause
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags, crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.custody import erasure
from app.domain.custody.erasure import Reason
from app.domain.journey.machine import Verdict
from app.domain.notices import webhook
from app.domain.notices.webhook import CHOOSABLE
from app.domain.notices.webhook_event import WebhookDelivery
from tests import make
from tests.domain.actions.test_action import NOW, Desk
from tests.domain.actions.test_unfinished import STOPPED, Stopping
from tests.domain.game.competing import arena
from tests.domain.game.rewarding.shop import open_shop
from tests.domain.scoring.scene import MARCH, hit

pytestmark = pytest.mark.usefixtures("session")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Event = tuple[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def listening(session: None) -> None:
    webhook.add("ATS", "https://ats.example.com/in", CHOOSABLE, make.START)


def told() -> list[Event]:
    rows = select(WebhookDelivery.kind, WebhookDelivery.payload).where(WebhookDelivery.state == "pending")
    return [(kind, payload) for kind, payload in db.session.execute(rows.order_by(WebhookDelivery.id))]


def test_an_action_is_told_once_however_often_it_is_sent() -> None:
    desk = Desk()
    logged = [desk.log(key=b"k" * 16, note="Wil in mei beginnen") for _ in range(2)]
    facts: dict[str, Any] = {"action_id": logged[0].action_id, "candidate_id": desk.candidate.id}
    facts |= {"person_id": desk.people.sanne.id}
    facts |= {"kind": logged[0].kind_code, "occurred_at": NOW.isoformat(), "source": "page"}
    assert told() == [("action.logged", facts)]


def test_one_that_is_taken_back_before_it_went_is_told_as_taken_back_alone() -> None:
    desk = Desk()
    logged = desk.log()
    for _ in range(2):
        action.undo(desk.people.sanne, logged.action_id, NOW + HOUR)
    facts = {"action_id": logged.action_id, "candidate_id": desk.candidate.id, "person_id": desk.people.sanne.id}
    assert told() == [("action.taken_back", facts)]


def test_what_is_imported_is_no_news() -> None:
    desk = Desk()
    logged = desk.log(at=NOW - 90 * DAY, now=NOW, source="import", external_id="x")
    assert told() == []
    assert action.undo(desk.people.ada, logged.action_id, NOW + HOUR)
    assert told() == []


def test_a_fan() -> None:
    Desk()
    aisha = make.candidate("Aisha El Amrani")
    days = [("form", 0), ("application_completed", 1)]
    for _ in range(2):
        take_in_many([hit(aisha.id, *each) for each in days], MARCH + DAY)
    assert told() == [("fan.became", {"candidate_id": aisha.id})]


def test_somebody_who_keeps_coming_back() -> None:
    Desk()
    aisha = make.candidate("Aisha El Amrani")
    visits = [("site_visit", 0), ("job_view", 1), ("site_visit", 2)]
    take_in_many([hit(aisha.id, *each) for each in visits], MARCH + 2 * DAY)
    assert told() == [("candidate.came_back", {"candidate_id": aisha.id})]


@pytest.mark.parametrize(
    "did",
    [
        [("form", 0), ("application_completed", 1)],
        [("site_visit", 0), ("job_view", 1), ("site_visit", 2)],
    ],
    ids=["fan", "comes back"],
)
def test_what_proves_not_to_be_so_is_not_sent_any_more(did: list[tuple[str, int]]) -> None:
    Desk()
    aisha, noor = make.candidate("Aisha El Amrani"), make.candidate("Noor Willems")
    now = MARCH + 2 * DAY
    taken = take_in_many([hit(aisha.id, *each) for each in did], now)
    take_in_many([hit(noor.id, *each) for each in did], now)
    kind, _ = told()[0]
    verdicts.judge_again([each.touchpoint_id or 0 for each in taken], Verdict.MACHINE, now + HOUR)
    assert told() == [(kind, {"candidate_id": noor.id})]


def test_an_unfinished_application() -> None:
    scene = Stopping()
    row = scene.stop()
    facts = {"application_id": row.id, "candidate_id": scene.pieter.id, "vacancy": "V-12"}
    assert told() == [("application.unfinished", facts)]
    assert row.stopped_at == STOPPED


def test_a_broken_promise() -> None:
    desk = Desk()
    desk.log(Outcome.LATER, promise_at=NOW + DAY)
    (row,) = db.session.scalars(select(Promise))
    later = NOW + 5 * DAY
    assert [broken_promise.find(each) for each in (later, later + HOUR)] == [1, 0]
    facts = {"promise_id": row.id, "candidate_id": desk.candidate.id, "person_id": desk.people.sanne.id}
    assert told()[1:] == [("promise.broken", facts | {"due_at": row.due_at.isoformat()})]


def promised(desk: Desk, candidate_id: int) -> int:
    """For the day after."""
    sanne = desk.people.sanne.id
    return promise.make(candidate_id, sanne, NOW + DAY, channel=None, action_id=None, now=NOW)


def test_one_of_whoever_has_something_else_to_put_right_or_wants_no_contact() -> None:
    desk = Desk()
    busy, refusing = make.candidate("Noor Willems"), make.candidate("Bo Jansen")
    broken = [promised(desk, each.id) for each in (busy, refusing)]
    recovering.begin(busy.id, Cause.COMPLAINT, "feedback:1", NOW)
    contact_flags.refused(refusing.id, NOW + DAY)
    later = NOW + 5 * DAY
    assert [broken_promise.find(each) for each in (later, later + HOUR)] == [0, 0]
    assert [(kind, payload["promise_id"]) for kind, payload in told()] == [("promise.broken", each) for each in broken]


def test_a_promise_that_was_broken_before_anybody_listened_is_no_news() -> None:
    desk = Desk()
    promised(desk, desk.candidate.id)
    webhook.remove(webhook.listed()[0], NOW)
    broken_promise.find(NOW + 5 * DAY)
    webhook.add("ATS", "https://ats.example.com/in", CHOOSABLE, NOW + 5 * DAY)
    broken_promise.find(NOW + 5 * DAY + HOUR)
    assert told() == []


def test_a_final_result() -> None:
    here = arena.start()
    row = here.publish()
    here.finish(row)
    assert told() == [("competition.final", {"competition_id": row.id})]


def test_a_reward() -> None:
    shop = open_shop()
    shop.earn(100)
    of = shop.offer()
    key = b"k" * 16
    row, _ = [shop.ask(of, key=key) for _ in range(2)]
    facts = {"redemption_id": row.id, "reward_id": of.id, "person_id": shop.people.sanne.id}
    assert told() == [("reward.requested", facts)]


def test_whoever_is_forgotten_is_told_with_the_other_softwares_number() -> None:
    desk = Desk()
    known, unknown = make.candidate("Noor Willems"), make.candidate("Bo Jansen")
    known.external_id = "B-1027"
    for crm, number in ((Crm.HUBSPOT, "501"), (Crm.BULLHORN, "77")):
        crm_id.give(known.id, crm, number, origin="page", now=NOW)
    for each in (known, unknown):
        erasure.erase(each.id, by_id=desk.people.ada.id, reason=Reason.ASKED, key=b"k" * 40, now=NOW)
    numbers = [{"crm": "hubspot", "number": "501"}, {"crm": "bullhorn", "number": "77"}]
    assert told() == [
        ("candidate.erased", {"candidate_id": known.id, "external_id": "B-1027", "crm_ids": numbers}),
        ("candidate.erased", {"candidate_id": unknown.id, "external_id": None, "crm_ids": []}),
    ]


def test_nobody_is_named_in_what_is_told() -> None:
    desk = Desk()
    desk.log(Outcome.LATER, promise_at=NOW + DAY, note="Belt liever na vijven")
    said = str(told())
    assert told()
    assert [each for each in (desk.candidate.name, desk.people.sanne.name, "vijven") if each in said] == []
