"""Adjusting points by hand: with a reason, never one's own, and above a limit with a second pair of eyes."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.agency.person import Person
from app.domain.game import adjustment
from app.domain.game.adjustment import Adjustment
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.running import NotAllowed
from app.domain.program.program import the_program
from tests.domain.actions.test_races import at_once
from tests.people import People, make_people

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def program_id() -> int:
    program = the_program()
    assert program
    return program.id


def make(person: Person, points: int, *, by: Person, now: datetime = NOW, key: bytes | None = None) -> Adjustment:
    return adjustment.make(
        person, points, "Dubbel geteld", by=by, program_id=program_id(), now=now, zone=ZONE, key=key or uuid4().bytes
    )


def approve(row: Adjustment, by: Person, now: datetime = NOW) -> bool:
    return adjustment.approve(row, by=by, program_id=program_id(), now=now, zone=ZONE)


def posted(person: Person) -> list[tuple[int, str, date, int | None]]:
    rows = select(LedgerEntry).where(LedgerEntry.person_id == person.id).order_by(LedgerEntry.id)
    return [(row.points, row.kind, row.local_date, row.actor_id) for row in db.session.scalars(rows)]


def test_a_small_one_counts_at_once_and_says_who(people: People) -> None:
    row = make(people.sanne, -40, by=people.lead)
    assert row.decision == "approved"
    assert posted(people.sanne) == [(-40, "adjust", date(2026, 11, 20), people.lead.id)]
    assert adjustment.reasons([row.id]) == {row.id: "Dubbel geteld"}
    assert list(adjustment.of_person(people.sanne.id)) == [row]


@pytest.mark.parametrize("who", ["sanne", "bram", "tess", "otto", "gone"])
def test_whoever_does_not_run_it_may_not(people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        make(people.sanne, 10, by=getattr(people, who))


def test_nobody_adjusts_their_own(people: People) -> None:
    for one in (people.ada, people.lead, people.ines):
        with pytest.raises(NotAllowed):
            make(one, 10, by=one)


def test_a_lead_runs_one_team_only(people: People) -> None:
    with pytest.raises(NotAllowed):
        make(people.otto, 10, by=people.lead)


@pytest.mark.parametrize("points", [0, 10_001, -10_001])
def test_no_points_or_too_many_are_refused(people: People, points: int) -> None:
    with pytest.raises(ValueError, match=str(points)):
        make(people.sanne, points, by=people.ada)


def test_a_large_one_waits_for_somebody_else(people: People) -> None:
    row = make(people.sanne, 501, by=people.ines)
    assert (row.decision, posted(people.sanne)) == (None, [])
    assert list(adjustment.waiting_for(people.ada)) == [row]
    assert not adjustment.waiting_for(people.ines)
    assert approve(row, people.ada)
    assert posted(people.sanne) == [(501, "adjust", date(2026, 11, 20), people.ada.id)]


def test_the_second_pair_of_eyes_is_neither_maker_nor_person(people: People) -> None:
    row = make(people.lead, 600, by=people.ada)
    for one in (people.ada, people.lead, people.sanne):
        with pytest.raises(NotAllowed):
            approve(row, one)
    assert posted(people.lead) == []


def test_what_is_declined_moves_nothing_and_stays_so(people: People) -> None:
    row = make(people.sanne, 600, by=people.ada)
    assert adjustment.decline(row, by=people.lead, now=NOW)
    assert not approve(row, people.ines)
    assert (row.decision, posted(people.sanne)) == ("declined", [])


def test_many_small_ones_are_no_way_round(people: People) -> None:
    decisions = [make(people.sanne, points, by=by).decision for points, by in ((300, people.lead), (-200, people.ada))]
    over = make(people.sanne, 1, by=people.ines)
    assert (decisions, over.decision) == (["approved", "approved"], None)
    assert make(people.bram, 500, by=people.lead).decision == "approved"


def test_after_thirty_days_one_may_alone_again(people: People) -> None:
    make(people.sanne, 500, by=people.lead, now=NOW - timedelta(days=30))
    assert make(people.sanne, 500, by=people.lead).decision == "approved"


def test_a_form_that_arrives_twice_counts_once(people: People) -> None:
    key = uuid4().bytes
    assert make(people.sanne, 50, by=people.lead, key=key) is make(people.sanne, 50, by=people.lead, key=key)
    assert len(posted(people.sanne)) == 1


def test_approved_late_it_is_not_dated_back_further_than_anything(people: People) -> None:
    within, beyond = (make(people.sanne, 600, by=people.ada, now=NOW - timedelta(days=days)) for days in (7, 8))
    assert approve(within, people.ines)
    assert approve(beyond, people.ines)
    assert [day for _, _, day, _ in posted(people.sanne)] == [date(2026, 11, 13), date(2026, 11, 20)]


def test_each_sees_those_of_people_whom_they_run(people: People) -> None:
    theirs, others = make(people.sanne, 5, by=people.ada), make(people.otto, 5, by=people.ada)
    assert list(adjustment.latest(people.lead)) == [theirs]
    assert set(adjustment.latest(people.ines)) == {theirs, others}
    assert not adjustment.latest(people.sanne)
    assert adjustment.decidable_by(people.lead, others.id) is None


def approve_alone(app: Flask, row_id: int, by_id: int) -> bool:
    with app.app_context():
        write()
        row = db.session.get_one(Adjustment, row_id)
        done = approve(row, db.session.get_one(Person, by_id))
        db.session.commit()
        return done


def test_two_who_approve_at_once_pay_once(real_app: Flask) -> None:
    with real_app.app_context():
        people = make_people()
        row_id, others = make(people.sanne, 700, by=people.lead).id, (people.ada.id, people.ines.id)
        db.session.commit()
    done = at_once([partial(approve_alone, real_app, row_id, by_id) for by_id in others])
    with real_app.app_context():
        paid = db.session.scalar(select(func.sum(LedgerEntry.points)))
    assert sorted(map(str, done)) == ["False", "True"]
    assert paid == 700


def make_alone(app: Flask, sanne_id: int, by_id: int) -> str | None:
    with app.app_context():
        write()
        row = make(db.session.get_one(Person, sanne_id), 300, by=db.session.get_one(Person, by_id))
        db.session.commit()
        return row.decision


def test_two_at_once_do_not_slip_past_the_limit(real_app: Flask) -> None:
    with real_app.app_context():
        people = make_people()
        sanne, others = people.sanne.id, (people.ada.id, people.ines.id)
    made = at_once([partial(make_alone, real_app, sanne, by_id) for by_id in others])
    assert sorted(map(str, made)) == ["None", "approved"]
