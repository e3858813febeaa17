"""The season report: weeks of a season beside weeks without one, counted as somebody with a pencil would."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates import candidate as candidates
from app.domain.candidates.candidate import Stage
from app.domain.oversight import day_mark, season_report
from app.domain.oversight.day_events import Of
from app.domain.oversight.day_mark import NOTHING
from app.domain.oversight.season_report import Line, SeasonReport
from app.domain.oversight.window import FEWEST
from app.domain.program import season
from app.domain.program.program import the_program
from app.domain.program.season import Season
from tests import make
from tests.domain.oversight import journeys
from tests.people import People, make_people

FIRST = date(2026, 3, 2)
"""The Monday on which the season begins; four weeks of it follow, after three without one."""
NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)


@pytest.fixture
def people(session: None) -> People:
    people = make_people()
    _season("Winter", FIRST - timedelta(weeks=7), FIRST - timedelta(weeks=3, days=1))
    _season("Lente", FIRST, FIRST + timedelta(weeks=12) - clock.DAY)
    return people


def _season(name: str, first: date, last: date) -> Season:
    program = the_program()
    assert program
    return season.add(program.id, name, first, last, by_id=None, now=NOW)


def logs(people: People, week: int, times: int) -> None:
    """So often in a week, counted from the season's first: before it they are negative."""
    at = datetime(2026, 3, 4, 10, tzinfo=UTC) + timedelta(weeks=week)
    for number in range(times):
        moment = at + timedelta(minutes=number)
        action.log(people.sanne, make.candidate(), Outcome.SPOKE, at=moment, now=moment, key=uuid4().bytes)


def places(week: int) -> None:
    at = datetime(2026, 3, 5, 10, tzinfo=UTC) + timedelta(weeks=week)
    candidates.move(make.candidate(at=at - clock.DAY), Stage.CONVERT, reason="", by_id=None, now=at)


def read(*, named: bool = True, now: datetime = NOW) -> SeasonReport:
    db.session.flush()
    program = the_program()
    assert program
    rows = season.all_of(program.id)
    return season_report.report(rows[0], rows, NOTHING, now=now, zone=the_zone(), named=named)


def line(found: SeasonReport, code: str) -> Line:
    return next(each for each in found.lines if each.code == code)


def test_what_was_done_is_told_for_a_recruiters_working_day(people: People) -> None:
    for week, times in {-3: 6, -2: 6, -1: 6, 0: 9, 1: 9, 2: 9, 3: 9}.items():
        logs(people, week, times)
    found, recruiters = read(), 3
    uplift = line(found, "actions").uplift
    assert (found.weeks, found.pauses) == (4, 3)
    assert uplift
    assert (uplift.with_it, uplift.without) == pytest.approx((9 / 5 / recruiters, 6 / 5 / recruiters))
    assert uplift.percent == pytest.approx(50)


def test_what_earns_no_points_is_told_beside_it(people: People) -> None:
    for week in (-3, -2, -1, 0, 0, 1, 1, 2, 2, 3, 3):
        places(week)
    found = line(read(), "placements")
    assert not found.rewarded
    assert found.uplift
    assert (found.uplift.with_it, found.uplift.without, found.uplift.percent) == (2, 1, 100)


def test_days_off_are_counted_out(people: People) -> None:
    """In the week of Whit Monday there are four working days."""
    logs(people, 12, 4)
    week = Period(FIRST + timedelta(weeks=12), FIRST + timedelta(weeks=13))
    (counted,), _none = season_report._counted([week], [], Of([], the_zone(), NOW), NOTHING)[0]
    assert counted.days == 4 * 3


def test_few_people_are_not_told_of_without_consent(people: People) -> None:
    found = line(read(named=False), "actions")
    assert (found.hidden, found.uplift) == (True, None)
    assert not line(read(named=False), "placements").hidden


def test_who_left_before_the_season_does_not_hide_the_few_who_work(people: People) -> None:
    for number in range(FEWEST):
        make.person(f"V{number} Vertrokken").deactivated_at = datetime(2025, 6, 1, tzinfo=UTC)
    assert line(read(named=False), "actions").hidden


def test_of_five_who_worked_in_both_it_is_told(people: People) -> None:
    for number in range(2):
        make.person(f"N{number} Nieuw").joined_on = FIRST
    logs(people, 1, 3)
    assert line(read(named=False), "actions").hidden, "in the pause before it they were three"
    for person in db.session.scalars(select(Person).where(Person.joined_on == FIRST)):
        person.joined_on = FIRST - timedelta(weeks=9)
    assert not line(read(named=False), "actions").hidden


def test_before_a_week_of_the_season_is_over_there_is_nothing_to_say(people: People) -> None:
    found = read(now=datetime(2026, 3, 3, 8, tzinfo=UTC))
    assert found.weeks == 0
    assert {each.uplift for each in found.lines} == {None}


def test_only_whole_weeks_count() -> None:
    assert season_report.whole_weeks(Period(FIRST, FIRST + timedelta(days=13))) == [Period(FIRST, FIRST + clock.WEEK)]
    assert season_report.whole_weeks(Period(FIRST, FIRST)) == []


def test_it_says_the_same_of_days_that_are_kept(people: People) -> None:
    for week, times in {-3: 4, -2: 5, -1: 6, 0: 9, 1: 7, 2: 9, 3: 8}.items():
        logs(people, week, times)
        places(week)
    journeys.settle(NOW)
    rows = season.all_of(the_program().id)  # type: ignore[union-attr] # there is one
    kept = season_report.report(rows[0], rows, day_mark.known(NOW), now=NOW, zone=the_zone(), named=True)
    assert day_mark.known(NOW).since
    assert kept == read()
