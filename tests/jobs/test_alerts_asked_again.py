"""An alert is told only while it is so, to who looks after the candidate then, and to nobody who does not want it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import alerting
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import contact_flags, contact_state
from app.domain.notices import catalogue, preference
from app.domain.notices.alert import Alert, AlertKind
from app.domain.notices.outbox import OutboxRow
from jobs import due_letters, fans, housekeeping, letters
from jobs.unsent import Skip
from tests import make
from tests.jobs.desk import MINUTE, TUESDAY, Desk, make_desk, plan, tell

LATER = TUESDAY + MINUTE


@pytest.fixture
def desk(session: None) -> Desk:
    return make_desk()


def tried(desk: Desk) -> None:
    state = contact_state.hold(desk.aisha.id)
    contact_state.attempted(state, LATER, desk.sanne.id, answered=False)
    contact_state.save(state)


def claimed(desk: Desk) -> None:
    state = contact_state.lock(desk.aisha.id)
    state.claimed_by_id, state.claimed_until = desk.lead.id, LATER + timedelta(minutes=10)


def refuse(desk: Desk, kind: str) -> None:
    preference.unsubscribe(f"person:{desk.sanne.id}", kind, LATER)


WHAT_HAPPENED: list[tuple[AlertKind, Callable[[Desk], object]]] = [
    (AlertKind.FAN, lambda desk: alerting.withdraw(desk.aisha.id, [AlertKind.FAN], LATER)),
    (AlertKind.FAN, lambda desk: contact_flags.fan(desk.aisha.id, None)),
    (AlertKind.FAN, lambda desk: contact_flags.objected(desk.aisha.id, LATER)),
    (AlertKind.KEEPS_COMING_BACK, lambda desk: contact_flags.paused(desk.aisha.id, LATER + timedelta(days=1))),
    (AlertKind.UNFINISHED_APPLICATION, lambda desk: contact_flags.refused(desk.aisha.id, LATER)),
    (AlertKind.UNFINISHED_APPLICATION, claimed),
    (AlertKind.REPLY, tried),
    (AlertKind.REPLY, lambda desk: setattr(desk.sanne, "deactivated_at", LATER)),
    (AlertKind.REPLY, lambda desk: setattr(desk.aisha, "anonymised_at", LATER)),
    (AlertKind.REPLY, lambda desk: candidates.assign(desk.aisha, desk.lead.id, LATER)),
    (AlertKind.REPLY, lambda desk: refuse(desk, catalogue.alert(AlertKind.REPLY))),
    (AlertKind.REPLY, lambda desk: refuse(desk, "alert")),
    (AlertKind.RECOVERY, lambda desk: contact_flags.recovering(desk.aisha.id, None)),
]


@pytest.mark.parametrize("place", range(len(WHAT_HAPPENED)))
def test_a_planned_mail_does_not_go_when_it_is_no_longer_so(desk: Desk, place: int) -> None:
    kind, happens = WHAT_HAPPENED[place]
    contact_flags.fan(desk.aisha.id, TUESDAY)
    contact_flags.recovering(desk.aisha.id, TUESDAY)
    tell(desk.aisha, kind)
    (row,) = plan(TUESDAY)
    assert isinstance(letters.compose(row, LATER), tuple)
    happens(desk)
    db.session.flush()
    assert isinstance(letters.compose(row, LATER), Skip)


def test_nothing_is_planned_of_what_was_taken_back(desk: Desk) -> None:
    tell(desk.aisha)
    alerting.withdraw(desk.aisha.id, [AlertKind.REPLY], LATER)
    assert plan(LATER) == []


def test_what_was_raised_after_it_was_put_right_stands(desk: Desk) -> None:
    tell(desk.aisha, now=LATER)
    alerting.withdraw(desk.aisha.id, [AlertKind.REPLY], TUESDAY)
    assert len(plan(LATER)) == 1


def test_who_looks_after_them_now_hears_it(desk: Desk) -> None:
    tell(desk.aisha)
    candidates.assign(desk.aisha, desk.lead.id, TUESDAY)
    assert plan(TUESDAY) == []
    assert [row.recipient for row in plan(LATER)] == [f"person:{desk.lead.id}"]


def test_it_goes_along_when_two_become_one(desk: Desk) -> None:
    tell(desk.aisha)
    desk.aisha.merged_into_id = make.candidate("Aïsha el Amrani", owner=desk.sanne).id
    assert plan(TUESDAY) == []
    (row,) = plan(LATER)
    letter = letters.compose(row, LATER)
    assert isinstance(letter, tuple)
    assert letter[0].subject == "Aïsha el Amrani heeft gereageerd"


def test_without_an_owner_the_leads_of_the_branch_hear_it(desk: Desk) -> None:
    elsewhere = make.team("Breda", make.branch("Zuid"))
    make.person("Ruud Kok", Role.LEAD, team=elsewhere)
    candidates.assign(desk.aisha, None, TUESDAY)
    assert tell(desk.aisha) == 1
    (row,) = plan(TUESDAY)
    letter = letters.compose(row, TUESDAY)
    assert isinstance(letter, tuple)
    assert (row.recipient, "heeft nog geen eigenaar" in letter[0].text) == (f"person:{desk.lead.id}", True)


def test_without_leads_the_administrators_do(desk: Desk) -> None:
    ada = make.person("Ada Smit", Role.ADMIN)
    far = make.candidate("Femke Bos", branch_id=make.branch("Oost").id)
    assert alerting.listeners(far.id, TUESDAY) == [ada.id]


def test_an_owner_who_left_is_none(desk: Desk) -> None:
    gone = db.session.get_one(Person, desk.sanne.id)
    gone.deactivated_at = TUESDAY
    assert alerting.listeners(desk.aisha.id, TUESDAY) == [desk.lead.id]


def test_who_told_us_need_not_hear_it(desk: Desk) -> None:
    facts = {"at": TUESDAY.isoformat()}
    knows = desk.sanne.id
    told = alerting.tell_owner(desk.aisha.id, AlertKind.REPLY, period="1", facts=facts, now=TUESDAY, knows_id=knows)
    assert told == 0


def test_alerts_of_a_quarter_ago_go(desk: Desk) -> None:
    tell(desk.aisha)
    db.session.commit()
    for days, left in (89, 1), (91, 0):
        housekeeping.tidy("", TUESDAY + timedelta(days=days))
        assert db.session.scalar(select(func.count()).select_from(Alert)) == left


def test_the_jobs_plan_and_look_after_fans(desk: Desk) -> None:
    tell(desk.aisha)
    db.session.commit()
    assert (due_letters.alerts("", TUESDAY), fans.cool_due("", TUESDAY)) == (1, 0)
    assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 1
