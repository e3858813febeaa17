"""Of which teams and branches figures may be told, so that no two of them subtracted tell of fewer than five people."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agency.person import Role
from app.domain.oversight.scope import Question
from app.domain.oversight.staff_shares import Staff, Worker
from app.domain.oversight.window import FEWEST

DAY, NOW = date(2026, 11, 2), datetime(2026, 11, 2, 9, tzinfo=UTC)
Sizes = Mapping[int, Mapping[int, int]]


def staff(sizes: Sizes, *, left: int = 0) -> Staff:
    """So many recruiters by branch and team, a lead in each team, and some who have left."""
    teams = [(branch, team, size) for branch, own in sizes.items() for team, size in own.items()]
    roles = [(branch, team, role) for branch, team, size in teams for role in [Role.LEAD] + [Role.RECRUITER] * size]
    here = [_worker(number, *each) for number, each in enumerate(roles, 1)]
    gone = [
        _worker(-number, *teams[0][:2], Role.RECRUITER)._replace(deactivated_at=NOW - timedelta(days=3))
        for number in range(1, left + 1)
    ]
    return Staff([*here, *gone])


def _worker(number: int, branch: int, team: int, role: Role) -> Worker:
    name = f"N{number}"
    return Worker(number, name, name, role, date(2020, 1, 1), None, team, f"T{team}", branch, f"B{branch}")


def told(everybody: Staff) -> dict[frozenset[int], Question]:
    """What may be asked, by the teams that it is of."""
    branches = everybody.branches
    asked = {frozenset({team}): Question(team_id=team) for team in branches}
    asked |= {
        frozenset(team for team in branches if branches[team] == branch): Question(branch_id=branch)
        for branch in set(branches.values())
    }
    return {teams: each for teams, each in asked.items() if everybody.may_tell(each, DAY, NOW)}


def test_a_team_that_is_a_whole_branch_is_told_only_as_the_branch_is() -> None:
    everybody = staff({1: {1: 20}, 2: {2: 8}, 3: {3: 2}, 4: {41: 4, 42: 4}})
    assert not everybody.may_tell(Question(branch_id=2), DAY, NOW), "all but the others would be branch 3"
    assert not everybody.may_tell(Question(team_id=2), DAY, NOW)
    assert everybody.may_tell(Question(team_id=1), DAY, NOW)


@pytest.mark.parametrize("question", [Question(team_id=1), Question(branch_id=1)])
def test_of_whom_left_the_last_day_tells_no_more_than_of_who_is_here(question: Question) -> None:
    """The days before it are theirs alone."""
    assert not staff({1: {1: 0}, 2: {2: 9}}, left=2).may_tell(question, DAY, NOW)


@given(st.dictionaries(st.integers(1, 4), st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1))
def test_no_figure_less_another_is_of_fewer_than_five(sizes: dict[int, list[int]]) -> None:
    teams = {branch: {branch * 10 + at: size for at, size in enumerate(own)} for branch, own in sizes.items()}
    size = {team: number for own in teams.values() for team, number in own.items()}
    everybody = staff(teams)
    parts = [*told(everybody), *([frozenset(size)] if sum(size.values()) >= FEWEST else [])]
    for one, other in combinations(sorted(parts, key=len), 2):
        left = other - one
        assert one - other or not 0 < sum(size[each] for each in left) < FEWEST
    teams_told = frozenset().union(*(part for part in parts if len(part) == 1))
    for part in parts:
        left = part - teams_told
        assert len(part) == 1 or not 0 < sum(size[each] for each in left) < FEWEST
