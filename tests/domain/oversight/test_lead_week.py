"""A lead's Monday: who kept last week's block, as far as it may be told, and who waits too long in the team."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.actions import team_attendance
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_zone
from app.domain.candidates import pool
from app.domain.candidates.candidate import Stage
from app.domain.candidates.wanted import Owned, Signal, Wanted
from app.domain.game import appearance
from app.domain.oversight import quiet
from app.domain.oversight.lead_week import LeadWeek, lead_week, readers
from app.domain.program import absence
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.actions.test_action import Desk

FRIDAY = datetime(2026, 3, 6, 13, 30, tzinfo=UTC)
"""The beginning of last week's block."""

MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
NOON = datetime(2026, 3, 9, 11, tzinfo=UTC)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def read(desk: Desk, now: datetime = MONDAY) -> LeadWeek:
    db.session.flush()
    return lead_week(desk.people.lead, now) or pytest.fail("nothing to read")


def works(desk: Desk, times: int = 5) -> None:
    for _time in range(times):
        desk.log(of=make.candidate(owner=desk.people.sanne, at=FRIDAY), at=FRIDAY)


def states(found: LeadWeek) -> dict[str, WeekState]:
    return {each.person.name.split()[0]: each.state for each in found.attended}


def test_before_noon_the_week_is_counted_although_it_is_not_settled(desk: Desk) -> None:
    works(desk)
    absence.record(desk.people.bram.id, date(2026, 3, 2), date(2026, 3, 6), by_id=None, now=MONDAY)
    found = read(desk)
    assert states(found) == {"Sanne": "kept", "Bram": "excused", "Lea": "missed"}
    assert (len(found.kept), found.expected, len(found.excused)) == (1, 2, 1)
    assert (found.closes, read(desk, NOON).closes) == (NOON, None)


def test_without_consent_a_small_team_is_not_told_of(desk: Desk) -> None:
    withdraw_consent(the_program().id, MONDAY)  # type: ignore[union-attr] # there is one
    make.candidate("Wie wacht", owner=desk.people.sanne, stage=Stage.NURTURE, at=FRIDAY - timedelta(days=200))
    found = read(desk)
    assert (found.named, found.told, found.closed, found.late, found.waiting) == (False, False, True, 0, [])


def test_five_are_told_of_without_names(desk: Desk) -> None:
    withdraw_consent(the_program().id, MONDAY)  # type: ignore[union-attr] # there is one
    for number in range(7):
        team_id = desk.people.lead.team_id if number < 3 else desk.people.otto.team_id
        make.person(f"Persoon{number} Bos").team_id = team_id
    assert (read(desk).named, read(desk).told, read(desk).expected) == (False, True, 6)


@pytest.mark.parametrize("mode", ["team", "pseudonym", "off"])
def test_where_people_do_not_appear_by_name_nobody_is_named(desk: Desk, mode: str) -> None:
    the_program().board_mode = mode  # type: ignore[union-attr] # there is one
    assert not read(desk).named


def test_who_chose_to_be_on_no_list_is_not_there_nor_counted(desk: Desk) -> None:
    works(desk)
    appearance.choose(desk.people.sanne, appearance.HIDDEN, MONDAY)
    found = read(desk)
    assert (set(states(found)), found.unseen, len(found.kept)) == ({"Bram", "Lea"}, 1, 0)


def test_who_waits_in_the_team_and_nobody_elses(desk: Desk) -> None:
    old = FRIDAY - timedelta(days=200)
    for owner in (desk.people.sanne, desk.people.gone, desk.people.otto):
        make.candidate(f"Van {owner.name}", owner=owner, stage=Stage.NURTURE, at=old)
    found = read(desk)
    assert found.late == 2
    assert {(each.name, each.owner) for each in found.waiting} == {
        ("Van Sanne de Vries", "Sanne de Vries"),
        ("Van Gerrit Los", "Gerrit Los"),
    }
    listed = Wanted(owned=Owned.TEAM, signals=(Signal.LATE,), as_of=quiet.as_of(MONDAY, the_zone()))
    assert set(pool.ids(desk.people.lead, listed, 9)) == {each.candidate_id for each in found.waiting}


def test_before_setup_nobody_has_a_block(session: None) -> None:
    make.agency()
    assert team_attendance.of_week([make.person("Sanne de Vries")], MONDAY.date()) == []


def test_a_lead_without_a_team_reads_nothing(desk: Desk) -> None:
    desk.people.lead.password_hash = "x"
    assert readers() == [desk.people.lead]
    desk.people.lead.team_id = None
    assert (readers(), lead_week(desk.people.lead, MONDAY)) == ([], None)
