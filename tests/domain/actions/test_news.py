"""News on both engines: what candidates do reaches their recruiter, and what was no person's act does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.response import take_back, take_in_many
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.machine import Verdict
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.domain.notices.alert import Alert
from tests import make
from tests.domain.scoring.scene import MARCH, hit

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
VISITS = [("site_visit", 0), ("job_view", 1), ("site_visit", 2)]


@pytest.fixture
def owner(session: None) -> Person:
    make.agency()
    make.program()
    return make.person("Sanne de Vries")


@pytest.fixture
def aisha(owner: Person) -> Candidate:
    return make.candidate("Aisha El Amrani", owner=owner)


def reply(candidate: Candidate, hours: float, by: Person | None = None) -> Hit:
    """A message of theirs, so many hours after Monday ten o'clock."""
    seen = hit(candidate.id, "inbound_reply", hours / 24)
    return seen._replace(recorded_by_id=by.id if by else None)


def alerts() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Alert.kind, Alert.state).order_by(Alert.id))
    return [(kind, state) for kind, state in rows]


def test_a_fan_is_told_with_what_counts_most(aisha: Candidate) -> None:
    days = [("form", 0), ("application_completed", 1)]
    take_in_many([hit(aisha.id, *each) for each in days], MARCH + DAY)
    (alert,) = db.session.scalars(select(Alert))
    assert (alert.kind, alert.about, alert.due_at) == ("fan", f"candidate:{aisha.id}", MARCH + DAY)
    assert [one["kind"] for one in alert.facts["reasons"]] == ["application_completed", "form"]


def test_who_keeps_coming_back_is_told_once(aisha: Candidate) -> None:
    take_in_many([hit(aisha.id, *each) for each in VISITS], MARCH + 2 * DAY)
    take_in_many([hit(aisha.id, "site_visit", 3)], MARCH + 3 * DAY)
    (alert,) = db.session.scalars(select(Alert))
    assert (alert.kind, alert.facts) == ("keeps_coming_back", {"days": 3})


def test_the_past_is_no_news(aisha: Candidate) -> None:
    days = [("form", 0), ("application_completed", 1), ("inbound_reply", 2), *VISITS]
    take_in_many([hit(aisha.id, *each) for each in days], MARCH + 2 * DAY, silent=True)
    assert alerts() == []


def test_messages_of_a_day_are_one_alert_until_somebody_answers(aisha: Candidate, owner: Person) -> None:
    for hours in (0, 0.1, 0.2):
        take_in_many([reply(aisha, hours)], MARCH + hours * HOUR)
    assert alerts() == [("reply", "waiting")]
    state = contact_state.hold(aisha.id)
    contact_state.attempted(state, MARCH + HOUR, owner.id, answered=True)
    contact_state.save(state)
    take_in_many([reply(aisha, 2)], MARCH + 2 * HOUR)
    assert len(alerts()) == 2


def test_what_was_answered_before_we_heard_of_it_is_no_news(aisha: Candidate, owner: Person) -> None:
    state = contact_state.hold(aisha.id)
    contact_state.attempted(state, MARCH + 2 * HOUR, owner.id, answered=True)
    contact_state.save(state)
    take_in_many([reply(aisha, 1)], MARCH + 3 * HOUR)
    assert alerts() == []


def test_ones_own_note_of_a_reply_is_no_news_and_a_colleagues_is(aisha: Candidate, owner: Person) -> None:
    take_in_many([reply(aisha, 0, by=owner)], MARCH)
    assert alerts() == []
    take_in_many([reply(aisha, 1, by=make.person("Bram Jansen"))], MARCH + HOUR)
    assert alerts() == [("reply", "waiting")]


def test_somebody_referred_is_no_reply(aisha: Candidate) -> None:
    take_in_many([hit(aisha.id, "referral", 0)], MARCH)
    assert alerts() == []


def test_a_later_verdict_takes_the_news_back(aisha: Candidate) -> None:
    take_in_many([hit(aisha.id, *each) for each in VISITS], MARCH + 2 * DAY)
    ids = list(db.session.scalars(select(Touchpoint.id).where(Touchpoint.kind == "job_view")))
    verdicts.judge_again(ids, Verdict.MACHINE, MARCH + 2 * DAY + HOUR)
    known = db.session.get_one(ContactState, aisha.id, populate_existing=True)
    assert (alerts(), known.trigger) == ([("keeps_coming_back", "withdrawn")], None)


def test_a_page_that_was_seen_after_all_is_news(aisha: Candidate) -> None:
    taken = take_in_many([hit(aisha.id, *each)._replace(verdict="unknown") for each in VISITS], MARCH + 2 * DAY)
    assert alerts() == []
    verdicts.judge_again([each.touchpoint_id or 0 for each in taken], Verdict.HUMAN, MARCH + 2 * DAY)
    assert alerts() == [("keeps_coming_back", "waiting")]


def test_what_is_taken_back_was_no_news(aisha: Candidate) -> None:
    taken = take_in_many([hit(aisha.id, *each) for each in VISITS], MARCH + 2 * DAY)
    take_back(taken[0].touchpoint_id or 0, MARCH + 2 * DAY + HOUR)
    assert alerts() == [("keeps_coming_back", "withdrawn")]
