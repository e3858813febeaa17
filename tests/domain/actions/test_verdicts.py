"""Verdicts that come later: a burst of a scanner earns nothing, and a person's click counts when it has settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.response import take_in
from app.domain.actions.verdicts import Look
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.machine import Verdict, at_first
from app.domain.journey.settling import WINDOW, Click, Settling
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.domain.notices.alert import Alert, AlertKind, AlertState
from app.domain.scoring.engagement import score_of
from tests import make
from tests.people import make_people

NOON = datetime(2026, 3, 10, 11, tzinfo=make.START.tzinfo)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


class Inbox:
    """A candidate who gets mail with links, and whatever opens them."""

    def __init__(self) -> None:
        self.candidate_id = make.candidate(owner=make_people().sanne).id
        self.clicks = 0

    def click(
        self, second: float, link: str, message: str = "week 11", *, who: int = 0, trapped: bool = False
    ) -> Click:
        """Something opens a link."""
        at, self.clicks = NOON + second * SECOND, self.clicks + 1
        candidate_id = who or self.candidate_id
        hit = Hit(candidate_id, "mail_click", at, "source:1", str(self.clicks), at_first(Verdict.HUMAN, message))
        id_ = take_in(hit, at).touchpoint_id or 0
        click = Click(id_, candidate_id, "source:1", message, link, at, trapped=trapped)
        verdicts.watch([click], at)
        return click

    def verdicts(self) -> Sequence[str]:
        return db.session.scalars(select(Touchpoint.verdict).order_by(Touchpoint.id)).all()

    def score(self) -> float:
        return round(score_of(self.candidate_id, NOON).value, 2)


@pytest.fixture
def inbox(session: None) -> Inbox:
    return Inbox()


def test_a_burst_of_a_link_scanner_earns_nothing(inbox: Inbox) -> None:
    for second, link in enumerate("abcd"):
        inbox.click(second, link)
    verdicts.settle(NOON + WINDOW + 5 * SECOND)
    assert (inbox.verdicts(), inbox.score()) == (["machine"] * 4, 0)


def test_the_same_clicks_of_a_person_earn_their_points(inbox: Inbox) -> None:
    for minute, link in enumerate("abcd"):
        inbox.click(minute * 20, link)
    verdicts.settle(NOON + WINDOW + 90 * SECOND)
    assert inbox.verdicts() == ["human"] * 4
    assert inbox.score() == pytest.approx(6, abs=0.01)


def test_one_link_pressed_three_times_is_no_burst(inbox: Inbox) -> None:
    for second in range(3):
        inbox.click(second, "a")
    assert inbox.verdicts() == ["unknown"] * 3


def test_links_of_other_messages_are_no_burst(inbox: Inbox) -> None:
    for second, message in enumerate(("week 9", "week 10", "week 11")):
        inbox.click(second, message, message)
    assert inbox.verdicts() == ["unknown"] * 3


def test_one_campaign_to_many_is_no_burst(inbox: Inbox) -> None:
    for second in range(3):
        inbox.click(second, str(second), who=make.candidate().id)
    assert inbox.verdicts() == ["unknown"] * 3


def test_whoever_follows_what_nobody_sees_gives_all_away(inbox: Inbox) -> None:
    inbox.click(0, "a")
    inbox.click(40, "trap", trapped=True)
    assert (inbox.verdicts(), inbox.score()) == (["machine"] * 2, 0)


def test_a_person_who_comes_later_is_no_machine(inbox: Inbox) -> None:
    for second, link in enumerate("abc"):
        inbox.click(second, link)
    verdicts.settle(NOON + 2 * WINDOW)
    inbox.click(3600, "a")
    verdicts.settle(NOON + 3600 * SECOND + WINDOW)
    assert inbox.verdicts() == ["machine"] * 3 + ["human"]
    assert inbox.score() == pytest.approx(6, abs=0.01)


def test_a_click_that_settles_counts_in_full(inbox: Inbox) -> None:
    inbox.click(0, "a")
    before = inbox.score()
    assert (verdicts.settle(NOON + WINDOW - SECOND), verdicts.settle(NOON + WINDOW)) == (0, 1)
    assert (before, inbox.score(), db.session.scalars(select(Settling)).all()) == (1.5, 6, [])


def test_a_proxy_stays_unknown_when_it_settles(inbox: Inbox) -> None:
    click = inbox.click(0, "a", "")
    verdicts.judge_again([click.touchpoint_id], Verdict.UNKNOWN, NOON)
    verdicts.watch([click._replace(message="m", becomes=Verdict.UNKNOWN)], NOON)
    verdicts.settle(NOON + WINDOW)
    assert inbox.verdicts() == ["unknown"]


def test_a_page_before_somebodys_eyes_makes_the_click_a_persons(inbox: Inbox) -> None:
    inbox.click(0, "a")
    looks = [Look(inbox.candidate_id, NOON + 31 * 60 * SECOND), Look(inbox.candidate_id, NOON + 4 * SECOND)]
    assert [verdicts.seen(each, NOON) for each in ([], looks[:1], looks)] == [0, 0, 1]
    assert inbox.score() == 6


def test_a_machine_that_also_looks_at_pages_stays_one(inbox: Inbox) -> None:
    inbox.click(0, "a", trapped=True)
    assert verdicts.seen([Look(inbox.candidate_id, NOON + 4 * SECOND)], NOON) == 0
    assert inbox.verdicts() == ["machine"]


def test_an_open_is_no_link_but_shares_the_verdict(inbox: Inbox) -> None:
    for second, link in enumerate(("", "a", "b")):
        inbox.click(second, link)
    before = inbox.verdicts()
    inbox.click(9, "c")
    assert (before, inbox.verdicts()) == (["unknown"] * 3, ["machine"] * 4)


def state_of(inbox: Inbox) -> ContactState:
    return db.session.get_one(ContactState, inbox.candidate_id, populate_existing=True)


def test_what_a_machine_sent_is_no_contact(inbox: Inbox) -> None:
    taken = take_in(Hit(inbox.candidate_id, "inbound_reply", NOON, "source:1", "reply"), NOON)
    heard, told = state_of(inbox).last_inbound_at, alerts(AlertState.WAITING)
    verdicts.judge_again([taken.touchpoint_id or 0], Verdict.MACHINE, NOON)
    assert (heard, state_of(inbox).last_inbound_at) == (NOON, None)
    assert (told, alerts(AlertState.WAITING)) == ([AlertKind.REPLY], [])


def test_a_form_that_a_machine_sent_asks_for_nothing(inbox: Inbox) -> None:
    at = [NOON, NOON + 60 * SECOND]
    forms = [take_in(Hit(inbox.candidate_id, "form", each, "source:1", str(each)), each).touchpoint_id for each in at]
    seen = []
    for form in reversed(forms):
        verdicts.judge_again([form or 0], Verdict.MACHINE, NOON)
        seen.append((state_of(inbox).trigger, state_of(inbox).trigger_at, inbox.score()))
    assert seen == [("form", NOON, 30), (None, None, 0)]


def test_an_application_that_a_machine_began_was_never_begun(inbox: Inbox) -> None:
    hit = Hit(inbox.candidate_id, "application_started", NOON, "source:1", "a", vacancy="V1")
    taken = take_in(hit, NOON)
    begun = state_of(inbox).application_state
    verdicts.judge_again([taken.touchpoint_id or 0], Verdict.MACHINE, NOON)
    assert (begun, state_of(inbox).application_state) == ("started", None)


def test_whoever_was_taken_for_a_fan_is_none(inbox: Inbox) -> None:
    kinds = ("application_completed", "form", "job_view")
    hits = [Hit(inbox.candidate_id, kind, NOON - day * DAY, "s", kind) for day, kind in enumerate(kinds)]
    taken = [take_in(hit, NOON).touchpoint_id or 0 for hit in hits]
    fan, told = state_of(inbox).fan_since, alerts(AlertState.WAITING)
    verdicts.judge_again(taken[1:], Verdict.MACHINE, NOON)
    assert (fan, told) == (NOON, [AlertKind.FAN])
    assert (state_of(inbox).fan_since, state_of(inbox).trigger, alerts(AlertState.WAITING)) == (None, "form", [])


def alerts(state: AlertState) -> Sequence[str]:
    return db.session.scalars(select(Alert.kind).where(Alert.state == state)).all()
