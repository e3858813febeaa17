"""Fans on both engines: once per crossing, silent for the past, gone when it proved wrong, over when they cooled."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags
from app.domain.candidates.candidate import Candidate, assign
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring import engagement, fan, objection
from app.domain.scoring.contribution import TOUCHPOINTS
from app.domain.scoring.fan import FanMoment
from tests import make
from tests.domain.scoring.scene import MARCH, hit, make_candidate, take

DAY = timedelta(days=1)
WARM = (("application_completed", 0), ("form", 1))


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def moments(candidate_id: int) -> list[FanMoment]:
    rows = select(FanMoment).where(FanMoment.candidate_id == candidate_id).order_by(FanMoment.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def state(candidate_id: int) -> ContactState:
    return db.session.get_one(ContactState, candidate_id, populate_existing=True)


def test_one_day_is_not_enough_and_the_second_is(candidate_id: int) -> None:
    take(candidate_id, ("application_completed", 0), ("form", 0.1), now=MARCH + DAY)
    assert not moments(candidate_id)
    take(candidate_id, ("site_visit", 1), now=MARCH + DAY)
    (found,) = moments(candidate_id)
    assert (found.entered_at, found.silent, state(candidate_id).fan_since) == (MARCH + DAY, False, MARCH + DAY)
    assert [(one["kind"], one["days"], one["last"]) for one in found.reasons] == [
        ("application_completed", 1, "2026-03-02"),
        ("form", 1, "2026-03-02"),
        ("site_visit", 1, "2026-03-03"),
    ]


def test_more_of_it_is_the_same_crossing(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    take(candidate_id, ("form", 2), now=MARCH + 2 * DAY)
    assert len(moments(candidate_id)) == 1


def test_acts_of_more_than_thirty_days_ago_bear_nothing_out(candidate_id: int) -> None:
    take(candidate_id, ("form", 0), ("form", 1), ("form", 2), now=MARCH + 2 * DAY)
    db.session.execute(FanMoment.__table__.delete())  # type: ignore[attr-defined] # a table
    contact_flags.fan(candidate_id, None)
    take(candidate_id, ("application_completed", 33), now=MARCH + 33 * DAY)
    assert not moments(candidate_id)


def test_the_past_is_silent(candidate_id: int) -> None:
    take_in_many([hit(candidate_id, *each) for each in WARM], MARCH + DAY, silent=True)
    assert [moment.silent for moment in moments(candidate_id)] == [True]
    assert state(candidate_id).trigger == "form"


def test_a_replay_is_silent(candidate_id: int) -> None:
    take_in_many([hit(candidate_id, *each) for each in WARM], MARCH + DAY, silent=True)
    contact_flags.fan(candidate_id, None)
    db.session.execute(FanMoment.__table__.delete())  # type: ignore[attr-defined] # a table
    fan.rejudge([candidate_id], MARCH + DAY)
    assert [moment.silent for moment in moments(candidate_id)] == [True]


def test_it_is_over_when_the_score_has_cooled(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    leaves = moments(candidate_id)[0].leaves_at
    assert fan.cool(leaves - timedelta(seconds=1)) == 0
    assert fan.cool(leaves + DAY) == 1
    assert (moments(candidate_id)[0].left_at, state(candidate_id).fan_since) == (leaves, None)


def test_who_did_more_stays_one_for_longer(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    leaves = moments(candidate_id)[0].leaves_at
    take(candidate_id, ("form", 5), now=MARCH + 5 * DAY)
    assert fan.cool(leaves) == 1
    assert moments(candidate_id)[0].left_at is None
    assert moments(candidate_id)[0].leaves_at > leaves


@pytest.mark.parametrize(("days", "told"), [(29, False), (31, True)])
def test_nobody_hears_it_twice_in_thirty_days(candidate_id: int, days: int, told: bool) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    contact_flags.fan(candidate_id, None)
    moments(candidate_id)[0].left_at = MARCH + 2 * DAY
    again = MARCH + (1 + days) * DAY
    take(candidate_id, ("form", days), ("application_completed", 1 + days), now=again)
    assert [moment.silent for moment in moments(candidate_id)] == [False, not told]


def test_what_proved_wrong_never_was(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    assert not fan.reconsider(candidate_id, MARCH + DAY)
    set_apart(candidate_id, "form")
    assert fan.reconsider(candidate_id, MARCH + DAY)
    assert (moments(candidate_id), state(candidate_id).fan_since) == ([], None)


def set_apart(candidate_id: int, kind: str) -> None:
    """A machine did all of a kind."""
    db.session.execute(TOUCHPOINTS.update().where(TOUCHPOINTS.c.kind == kind).values(verdict="machine"))
    engagement.replay(candidate_id, MARCH + DAY)


def test_who_objects_to_a_score_is_no_fan(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    objection.record(candidate_id, MARCH + 2 * DAY, objects=True)
    assert (moments(candidate_id)[0].left_at, state(candidate_id).fan_since) == (MARCH + 2 * DAY, None)


def test_who_ceased_to_be_a_fan_is_for_the_weekly_mail(candidate_id: int) -> None:
    owner = make.person("Sanne de Vries")
    assign(db.session.get_one(Candidate, candidate_id), owner.id, MARCH)
    take(candidate_id, *WARM, now=MARCH + DAY)
    leaves = moments(candidate_id)[0].leaves_at
    fan.cool(leaves + DAY)
    named = [fan.cooled([owner.id], leaves + timedelta(days=days))[owner.id] for days in (-7, 1)]
    assert named == [[db.session.get_one(Candidate, candidate_id).name], []]


def test_fans_follow_a_merge(candidate_id: int) -> None:
    take(candidate_id, *WARM, now=MARCH + DAY)
    other = make.candidate().id
    for table in (FanMoment, Touchpoint):
        db.session.execute(update(table).values(candidate_id=other))
    for each in (candidate_id, other):
        engagement.replay(each, MARCH + DAY)
    fan.rejudge([candidate_id, other], MARCH + DAY)
    assert (state(candidate_id).fan_since, state(other).fan_since) == (None, MARCH + DAY)
