"""What is told of a competition, when, to whom, and never what is overtaken."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game import telling
from app.domain.game.competing import announcing, taking_part
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.feed import Told
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, GRACE_OVER, PLACES, Arena
from tests.domain.game.scene import ZONE

pytestmark = pytest.mark.usefixtures("session")
TEAM_PRIZE = PrizePlan(PrizeKind.TEAM, "Taart")


def at(day: int, hour: int = 9) -> datetime:
    """A local hour of a day in November 2026."""
    return datetime(2026, 11, day, hour, tzinfo=ZONE).astimezone(UTC)


def told(row: Competition, now: datetime) -> Moment | None:
    found = announcing.due(row, now, ZONE)
    return found.moment if found else None


def planned() -> list[str]:
    return list(db.session.scalars(select(OutboxRow.period).order_by(OutboxRow.id)))


def ran(here: Arena, **facts: object) -> Competition:
    row = here.publish(Format.TEAM_GOAL, goal=100, prizes=[TEAM_PRIZE], **facts)
    here.scene.earn(120, source_id=1)
    here.finish(row)
    return row


def test_a_week_starts_is_halfway_and_has_its_last_day() -> None:
    row = arena.start().publish()
    moments = [told(row, at(day, hour)) for day, hour in ((16, 8), (16, 9), (18, 8), (18, 9), (20, 9), (21, 0))]
    assert moments == [None, Moment.START, Moment.START, Moment.HALFWAY, Moment.LAST_DAY, None]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (16, 16, {16: Moment.START}),
        (16, 17, {16: Moment.START, 17: Moment.LAST_DAY}),
        (14, 22, {16: Moment.START, 18: Moment.HALFWAY, 20: Moment.LAST_DAY}),
        (14, 15, {14: Moment.START}),
    ],
)
def test_it_is_told_on_working_days_and_never_twice_in_a_row(
    first: int, last: int, expected: dict[int, Moment]
) -> None:
    row = arena.start().draft(first=date(2026, 11, first), last=date(2026, 11, last))
    found = {each.at.astimezone(ZONE).day: each.moment for each in announcing._all(row, ZONE)}
    assert found == expected


def test_after_downtime_what_was_overtaken_is_not_told() -> None:
    here = arena.start()
    row = here.publish()
    assert announcing.plan_due(at(18, 10), "test") == 5
    assert announcing.plan_due(at(18, 11), "test") == 0
    assert set(planned()) == {f"{row.id} halfway"}


def test_the_result_is_told_provisionally_and_when_it_is_final() -> None:
    row = ran(arena.start())
    row.final_at, final_at = None, row.final_at
    assert told(row, GRACE_OVER) == Moment.PROVISIONAL
    row.final_at = final_at
    assert told(row, FINAL + timedelta(days=6)) == Moment.FINAL
    assert told(row, FINAL + timedelta(days=7)) is None


def test_each_hears_what_they_won_and_how_it_stands_for_them() -> None:
    here = arena.start()
    ran(here)
    assert announcing.plan_due(FINAL, "test") == 5
    facts = db.session.scalars(select(OutboxRow.payload)).first()
    assert facts
    assert (facts["won"], facts["part"]["together"], facts["part"]["goal"]) == (["Taart"], 120, 100)


def test_places_are_told_to_whom_they_belong() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    here.scene.earn(300, source_id=1)
    here.finish(row)
    announcing.plan_due(FINAL, "test")
    mine = select(OutboxRow.payload).where(OutboxRow.recipient == f"person:{here.scene.person_id}")
    other = select(OutboxRow.payload).where(OutboxRow.recipient == f"person:{here.scene.colleague_id}")
    first, second = (db.session.scalars(query).one() for query in (mine, other))
    assert (first["part"]["place"], first["won"]) == (1, ["Cadeaubon"])
    assert (second["part"]["place"], second["won"]) == (None, [])


def test_who_declined_hears_nothing_and_who_was_asked_hears_the_start_only() -> None:
    here = arena.start()
    row = here.publish(by_choice=True)
    taking_part.join(row, here.scene.people.sanne, at(16))
    taking_part.decline(row, here.scene.people.bram, at(16))
    assert len(announcing.hearers(row.id, Moment.START)) == 4
    assert announcing.hearers(row.id, Moment.LAST_DAY) == [here.scene.people.sanne.id]


def test_a_cancelled_one_and_one_to_come_tell_nothing() -> None:
    here = arena.start()
    row = here.publish()
    assert announcing.plan_due(at(13), "test") == 0
    row.cancelled_at = at(15)
    db.session.flush()
    assert announcing.plan_due(at(16), "test") == 0


def test_a_final_result_is_in_the_feed_by_name_for_whom_it_is_only() -> None:
    here = arena.start()
    row = here.publish(audience=Audience.TEAM, audience_ids=[here.scene.team_id])
    here.scene.earn(300, source_id=1)
    here.finish(row)
    program = the_program()
    assert program
    shown = [telling.newest(program, viewer, 1)[0] for viewer in (here.scene.people.sanne, here.scene.people.otto)]
    assert [(each.item.kind, each.contest) for each in shown] == [(Told.RESULT, "Sprint"), (Told.RESULT, None)]
