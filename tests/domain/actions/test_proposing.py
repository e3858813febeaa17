"""Times that could suit both: working hours, the candidate's own, and nothing else going on."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.db import db
from app.domain.actions import promise, proposing, time_offer
from app.domain.actions.time_offer import Proposed
from app.domain.candidates import preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.preference import Purpose, SaidBy, Wish
from app.domain.program import absence, holiday
from app.domain.program.block import Scope, reserve
from app.domain.program.program import the_program
from tests import make
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

SENDER = Sender("Vaste Band", "Voorbeeld", "voorbeeld.nl", lambda purpose, token: f"/me/{purpose}/{token}")
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def proposed(own: Own) -> list[datetime]:
    found = proposing.free_for(own.people.sanne, own.pieter.id, NOW)
    return [moment.astimezone(ZONE) for moment in found]


def wish(own: Own, purpose: Purpose = Purpose.CONTACT, **facts: object) -> None:
    said = Wish(channels=(Channel.PHONE,), **facts)  # type: ignore[arg-type] # as each test says
    preference.prefer(own.pieter.id, said, purpose=purpose, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)


def test_three_working_days_after_today(own: Own) -> None:
    found = proposed(own)
    assert [moment.time() for moment in found] == [time(10), time(14), time(16, 30)]
    assert min(found).date() > clock.local_day(NOW, ZONE)
    assert not {moment.date() for moment in found} & holiday.closed_days(found[0].date(), found[2].date())


def test_the_candidates_days_and_hours_for_planning_go_first(own: Own) -> None:
    wish(own, days="1")
    wish(own, Purpose.PLANNING, days="24", from_minute=18 * 60, until_minute=19 * 60)
    found = proposed(own)
    assert {moment.isoweekday() for moment in found} == {2, 4}
    assert {moment.hour for moment in found} == {18}


def test_hours_outside_the_agencys_are_not_kept_to(own: Own) -> None:
    wish(own, from_minute=20 * 60, until_minute=22 * 60)
    assert [moment.hour for moment in proposed(own)] == [10, 14, 16]


def test_leave_promises_and_the_block_are_avoided(own: Own) -> None:
    sanne, first, program = own.people.sanne, proposed(own), the_program()
    assert program is not None
    away, busy, block = first
    absence.record(sanne.id, away.date(), away.date(), by_id=None, now=NOW)
    promise.make(own.pieter.id, sanne.id, busy, channel=None, action_id=None, now=NOW)
    scope = Scope(program.id, person_id=sanne.id)
    reserve(scope, block.weekday(), 9 * 60, 11 * 60, from_week=clock.week_of(block.date()).start, by_id=None, at=NOW)
    db.session.flush()
    found = proposed(own)
    assert away.date() not in {moment.date() for moment in found}
    assert busy not in found
    assert all(moment.hour >= 20 for moment in found if moment.date() == block.date())


def test_what_others_may_still_choose_is_avoided(own: Own) -> None:
    them, sanne, first = make.candidate(), own.people.sanne, proposed(own)
    for candidate in (them, own.pieter):
        time_offer.hand(candidate, sanne, Proposed((first[0],), Channel.PHONE), NOW, SENDER, by_mail=False)
    assert proposed(own)[0] != first[0]
    time_offer.withdraw(time_offer.open_of(them.id, NOW)[0], NOW)
    assert proposed(own) == first
