"""What the sponsor reads: three lines on Monday, and the figures of a month, both by the rules of the page."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.oversight import sponsor_month, sponsor_week
from app.domain.oversight.best_team import TeamShare, best_team
from app.domain.oversight.sponsor_figures import Figure, SponsorFigures
from app.domain.oversight.sponsor_week import NextStep, Praise, pressing, to_praise
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.actions.test_action import Desk

MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 13, 30, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, 7, tzinfo=UTC)
BREDA, ZWOLLE, SMALL = TeamShare("Breda", 4, 5), TeamShare("Zwolle", 8, 10), TeamShare("Klein", 4, 4)


def figures(*, told: bool = True, last_week: tuple[int, int] = (0, 0), **standing: int) -> SponsorFigures:
    """Figures of three weeks: so many answers in the last that is over, and coverage that rose by so much in it."""
    answered, rose = last_week
    weeks = [
        SimpleNamespace(coverage=70),
        SimpleNamespace(coverage=70 + rose, done=SimpleNamespace(answered=answered)),
        SimpleNamespace(coverage=None),
    ]
    pool = {"candidates": 80, "late": 0, "unowned": 0} | standing
    return cast("SponsorFigures", SimpleNamespace(told=told, weeks=weeks, standing=pool.__getitem__))


def test_of_equal_teams_the_larger_is_praised_and_a_small_one_only_where_people_are_named() -> None:
    assert best_team([BREDA, ZWOLLE, SMALL], named=False) == ZWOLLE
    assert best_team([BREDA, ZWOLLE, SMALL], named=True) == SMALL
    assert best_team([TeamShare("Moe", 5, 9)], named=True) is None
    assert best_team([], named=True) is None


def test_what_is_praised_in_which_order() -> None:
    better, talked = figures(last_week=(12, 10)), figures(last_week=(12, 0))
    assert to_praise(better, BREDA) == (Praise.TEAM, 4)
    assert to_praise(better, None) == (Praise.COVERAGE, 10)
    assert to_praise(talked, None) == (Praise.ANSWERED, 12)
    assert to_praise(figures(last_week=(0, -10)), None) == (Praise.NOTHING, 0)


def test_what_of_few_people_is_not_told_is_not_praised() -> None:
    assert to_praise(figures(told=False, last_week=(12, 0)), None) == (Praise.NOTHING, 0)


def test_what_presses_in_which_order() -> None:
    everything = figures(late=3, unowned=4)
    assert pressing(everything, 2) == (NextStep.WORD, 2)
    assert pressing(everything, 0) == (NextStep.LATE, 3)
    assert pressing(figures(unowned=4), 0) == (NextStep.UNOWNED, 4)
    assert pressing(figures(), 0) == (NextStep.NOTHING, 0)
    assert pressing(figures(candidates=0), 0) == (NextStep.CANDIDATES, 0)


@pytest.fixture
def desk(session: None) -> Desk:
    found = Desk()
    for person in (found.people.ines, found.people.ada):
        person.password_hash = "x"
    return found


def test_the_three_lines_of_a_week(desk: Desk) -> None:
    for _time in range(5):
        desk.log(of=make.candidate(owner=desk.people.sanne, at=FRIDAY), at=FRIDAY)
    desk.people.bram.role = desk.people.lead.role = Role.MEMBER
    found = sponsor_week.sponsor_week(MONDAY) or pytest.fail("nothing to read")
    assert (found.praise, found.share, found.next_step) == (Praise.TEAM, TeamShare("Zwolle", 1, 1), NextStep.NOTHING)


def test_on_the_day_of_the_month_the_week_stays_away(desk: Desk) -> None:
    june = datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert [len(sponsor_week.due(june + weeks * timedelta(weeks=1))) for weeks in (0, 1)] == [0, 1]


def test_before_setup_there_is_nothing(session: None) -> None:
    assert sponsor_week.sponsor_week(MONDAY) is None
    assert sponsor_month.sponsor_month(MONDAY) is None
    assert sponsor_month.readers(MONDAY) == ()


def read(now: datetime = APRIL) -> sponsor_month.SponsorMonth:
    db.session.flush()
    return sponsor_month.sponsor_month(now) or pytest.fail("nothing to read")


def test_a_month_beside_the_one_before(desk: Desk) -> None:
    them = make.candidate(owner=desk.people.sanne)
    for at in (datetime(2026, 2, 28, 12, tzinfo=UTC), FRIDAY, FRIDAY + timedelta(days=25)):
        desk.log(of=them, at=at, now=at)
    found = read()
    assert (found.month.start, found.compared) == (date(2026, 3, 1), True)
    assert found.figures["adoption"] == Figure("adoption", 16, 8), "in 2 and in 1 of the 12 weeks of three people"
    assert (found.figures["two_way"].value, found.figures["two_way"].before) == (100, 100)


def test_in_the_second_month_there_is_nothing_to_compare_with(desk: Desk) -> None:
    found = read(datetime(2026, 2, 2, 8, tzinfo=UTC))
    assert (found.compared, {figure.before for figure in found.figures.values()}) == (False, {None})


def test_the_first_month_is_not_over(desk: Desk) -> None:
    january = datetime(2026, 1, 20, 8, tzinfo=UTC)
    assert sponsor_month.sponsor_month(january) is None
    assert sponsor_month.readers(january) == ()


def test_it_is_for_the_sponsor_and_administrators(desk: Desk) -> None:
    assert set(sponsor_month.readers(APRIL)) == {desk.people.ines, desk.people.ada}


def taking_part() -> Figure:
    return read().figures["adoption"]


def test_fewer_than_five_are_people_and_not_a_figure(desk: Desk) -> None:
    assert (taking_part().value, taking_part().before) == (0, 0)
    withdraw_consent(the_program().id, APRIL)  # type: ignore[union-attr] # there is one
    assert taking_part() == Figure("adoption", None, hidden=True)


def test_five_are_a_figure_from_the_month_in_which_they_are_there(desk: Desk) -> None:
    withdraw_consent(the_program().id, APRIL)  # type: ignore[union-attr] # there is one
    newcomers: list[Person] = [make.person(f"Persoon{number} Bos") for number in range(2)]
    for each in newcomers:
        each.joined_on = date(2026, 3, 15)
    assert taking_part() == Figure("adoption", 0, None)
