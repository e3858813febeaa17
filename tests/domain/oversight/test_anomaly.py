"""What stood out: nothing without consent, told to the person first, and to those who run it only after that."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.actions import action
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight import anomaly, noticing
from app.domain.oversight.anomaly import Anomaly
from app.domain.program import program
from app.domain.program.program import the_program
from tests import make
from tests.people import People, make_people

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 18, 15, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = clock.Period(*(clock.week_of(AT.date()).start + timedelta(days=days) for days in (0, 7)))


@pytest.fixture
def people(session: None) -> People:
    people = make_people()
    for number in range(14):
        at = AT + timedelta(seconds=30 * number)
        action.log(people.sanne, make.candidate(), Outcome.SPOKE, at=at, now=at, key=uuid4().bytes)
    action.log(people.bram, make.candidate(), Outcome.SPOKE, at=AT, now=AT, key=uuid4().bytes)
    return people


def look(now: datetime = NOW) -> int:
    return noticing.look(WEEK, now, ZONE, "test")


def found() -> Anomaly:
    return db.session.scalars(select(Anomaly)).one()


def test_it_is_found_once_and_told_by_one_mail(people: People) -> None:
    assert (look(), look(NOW + timedelta(hours=1))) == (1, 0)
    row, mail = found(), db.session.scalars(select(OutboxRow).where(OutboxRow.kind == anomaly.KIND)).one()
    assert (row.person_id, row.kind, row.evidence["count"]) == (people.sanne.id, "burst", 14)
    assert (mail.recipient, mail.payload) == (f"person:{people.sanne.id}", {})


@pytest.mark.parametrize("source", ["api", "bullhorn"])
def test_when_another_system_told_it_says_nothing_of_how_somebody_works(session: None, source: str) -> None:
    people = make_people()
    for number in range(14):
        at = AT + timedelta(seconds=30 * number)
        action.log(people.sanne, make.candidate(), Outcome.SPOKE, at=at, now=at, source=source, external_id=str(number))
    assert (session, look()) == (None, 0)


def test_the_same_is_not_said_again_for_four_weeks(people: People) -> None:
    found_in = noticing.found(WEEK, ZONE)
    weeks = [WEEK.start + clock.WEEK * number for number in range(5)]
    assert [anomaly.keep(found_in, week, NOW, "test") for week in weeks] == [1, 0, 0, 0, 1]


def test_without_consent_nobody_is_looked_at(people: People) -> None:
    present = the_program()
    assert present
    program.withdraw_consent(present.id, NOW)
    assert look() == 0


@pytest.mark.parametrize("change", [{"source": "import"}, {"undone_at": NOW}])
def test_what_came_from_elsewhere_or_was_undone_does_not_count(people: People, change: dict[str, object]) -> None:
    db.session.execute(update(EngagementAction).values(**change))
    assert look() == 0


def test_nobody_sees_it_before_the_person_did(people: People) -> None:
    look()
    assert not anomaly.ready(people.ada, NOW + timedelta(days=60))
    anomaly.seen(found(), NOW)
    assert not anomaly.ready(people.ada, NOW + timedelta(days=6, hours=23))
    assert list(anomaly.ready(people.ada, NOW + timedelta(days=7))) == [found()]


def test_with_an_answer_it_may_be_looked_at_at_once(people: People) -> None:
    look()
    anomaly.answer(found(), " Na de beurs ingevoerd ", NOW)
    for who in (people.ada, people.ines, people.lead):
        assert [row.answer for row in anomaly.ready(who, NOW)] == ["Na de beurs ingevoerd"]
    for who in (people.sanne, people.bram, people.otto):
        assert not anomaly.ready(who, NOW)


def test_what_is_settled_is_done(people: People) -> None:
    look()
    anomaly.answer(found(), "Zo was het", NOW)
    found().settled_at = NOW
    assert not anomaly.ready(people.ada, NOW)
    with pytest.raises(ValueError, match="Toch"):
        anomaly.answer(found(), "Toch niet", NOW)


def test_the_mail_that_went_out_has_shown_it(people: People) -> None:
    look()
    assert anomaly.any_unseen()
    assert anomaly.note_sent() == 0
    db.session.execute(update(OutboxRow).where(OutboxRow.kind == anomaly.KIND).values(sent_at=NOW))
    assert anomaly.note_sent() == 1
    assert (found().shown_at, anomaly.any_unseen()) == (NOW, False)


def test_no_points_move(people: People) -> None:
    before = noticing._yields(WEEK)
    look()
    assert noticing._yields(WEEK) == before


def test_a_sample_is_drawn_by_lot_and_again_the_same(people: People) -> None:
    drawn = noticing.sample(WEEK, "zaad", 5)
    assert len(drawn) == 5
    assert drawn == noticing.sample(WEEK, "zaad", 5)
    assert drawn != noticing.sample(WEEK, "ander zaad", 5)
