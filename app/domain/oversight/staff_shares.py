"""How much of the staff takes part, week by week, from what each day says they did, and of whom that may be told."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, func, literal, or_, select, union_all

from app import clock
from app.clock import Period
from app.db import UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Branch, Team
from app.domain.oversight.scope import Question, Scope
from app.domain.oversight.window import FEWEST, OF_PEOPLE

OWNING = frozenset({Role.RECRUITER, Role.LEAD, Role.MEMBER})


class Share(NamedTuple):
    """`active` of `expected` people did something that was not undone."""

    active: int
    expected: int


class Worker(NamedTuple):
    """Somebody who works or worked here."""

    person_id: int
    name: str
    sort_name: str
    role: Role
    joined_on: date
    deactivated_at: datetime | None
    team_id: int | None
    team: str | None
    branch_id: int | None
    branch: str | None

    def is_expected(self, day: date, until: datetime) -> bool:
        """Whether they are a recruiter who works here at a moment."""
        here = self.deactivated_at is None or self.deactivated_at > until
        return self.role == Role.RECRUITER and self.joined_on <= day and here


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, with their teams."""

    workers: Sequence[Worker]

    @property
    def branches(self) -> Mapping[int, int]:
        """The branch of every team."""
        return {each.team_id: each.branch_id for each in self.workers if each.team_id and each.branch_id}

    def owners(self) -> list[tuple[str, str]]:
        """Who can look after candidates: everybody who works here but those who run the program, by name."""
        here = (each for each in self.workers if each.deactivated_at is None and each.role in OWNING)
        return [
            (str(each.person_id), each.name) for each in sorted(here, key=lambda each: (each.sort_name, each.person_id))
        ]

    @property
    def teams(self) -> list[tuple[int, str]]:
        """Every team with its name, sorted by it."""
        return sorted({(each.team_id, each.team or "") for each in self.workers if each.team_id}, key=_by_name)

    @property
    def places(self) -> list[tuple[int, str]]:
        """The same of the branches."""
        return sorted({(each.branch_id, each.branch or "") for each in self.workers if each.branch_id}, key=_by_name)

    def expected(self, day: date, until: datetime, teams: frozenset[int] | None = None) -> int:
        """How many recruiters work in these teams at a moment."""
        mine = (each for each in self.workers if teams is None or (each.team_id or 0) in teams)
        return sum(each.is_expected(day, until) for each in mine)

    def may_tell(self, question: Question, day: date, now: datetime) -> bool:
        """Whether a figure of what is asked tells of five people or more, by itself and beside the others."""
        size, branches = self._sizes(day, now), self.branches
        if question.team_id in branches:
            return question.team_id not in self.untold(size)
        if question.branch_id in branches.values():
            return question.branch_id not in hidden(self._by_branch(size))
        return size.total() >= FEWEST

    def small(self, day: date, now: datetime) -> set[int]:
        """The teams that are too small to be told of at a moment, by how many recruiters work in them."""
        return self.untold(self._sizes(day, now))

    def untold(self, sizes: Mapping[int, int]) -> set[int]:
        """The teams of which nothing is told, by how many people a figure would be of.

        Neither beside all other teams, nor beside those of their branch, nor where they are what is left of a branch.
        """
        branches, found = self.branches, hidden(sizes)
        for branch in {branches.get(team, 0) for team in sizes}:
            found |= hidden({team: size for team, size in sizes.items() if branches.get(team, 0) == branch})
        few = hidden(self._by_branch(sizes))
        return found | {team for team in sizes if branches.get(team, 0) in few}

    def _sizes(self, day: date, now: datetime) -> Counter[int]:
        size = Counter(dict.fromkeys(self.branches, 0))
        size.update(each.team_id or 0 for each in self.workers if each.is_expected(day, now))
        return size

    def _by_branch(self, sizes: Mapping[int, int]) -> Counter[int]:
        found, branches = Counter[int](), self.branches
        for team, size in sizes.items():
            found[branches.get(team, 0)] += size
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """Of which days figures about people may be told: fewer than five of them are people, and not a figure."""

    scope: Scope
    staff: Staff
    named: bool

    def of(self, day: date) -> bool:
        """Of a period with this last day."""
        return self.named or self.staff.may_tell(self.scope.question, day, until(self.scope, day))

    @property
    def now(self) -> bool:
        """Of the people of today, and of those at the end of the period."""
        return self.of(self.scope.today) and self.of(self.scope.days.end - clock.DAY)

    @property
    def closed(self) -> bool:
        """Whether nothing is told of these teams: also what became of their candidates is the work of a few people."""
        return self.scope.teams is not None and not self.now

    def told_of(self, code: str, day: date) -> bool:
        """Of a measure in a period with this last day; all that is told of a part of the staff is told of its work."""
        return (code not in OF_PEOPLE and self.scope.teams is None) or self.of(day)


def until(scope: Scope, day: date) -> datetime:
    """The end of a day, or now."""
    return min(scope.now, clock.midnight(day + clock.DAY, scope.zone))


def hidden(sizes: Mapping[int, int]) -> set[int]:
    """Of which nothing is told: fewer than five, and the smallest of the others where the sum would tell it."""
    few = {each for each, size in sizes.items() if size < FEWEST}
    shown = sorted((size, each) for each, size in sizes.items() if size >= FEWEST)
    if shown and 0 < sum(sizes[each] for each in few) < FEWEST:
        few.add(shown[0][1])
    return few


def _by_name(place: tuple[int, str]) -> tuple[str, int]:
    return place[1].casefold(), place[0]


def staff() -> Staff:
    """In one question, because the page needs all of it."""
    query = (
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            Person.role,
            Person.joined_on,
            Person.deactivated_at,
            Person.team_id,
            Team.name,
            Team.branch_id,
            Branch.name,
        )
        .outerjoin(Team, Team.id == Person.team_id)
        .outerjoin(Branch, Branch.id == Team.branch_id)
    )
    return Staff([Worker._make(row) for row in db.session.execute(query)])


def weeks_of(days: Iterable[Period]) -> tuple[Period, ...]:
    """Whole weeks, counted back from the last day; days that are less than a week are one by themselves."""
    found: list[Period] = []
    for each in days:
        ends = (each.end - clock.WEEK * back for back in range(max(1, (each.end - each.start).days // 7)))
        found += [Period(max(each.start, end - clock.WEEK), end) for end in ends]
    return tuple(found)


def shares(
    asked: Mapping[str, tuple[Period, ...]], did: Subquery, everybody: Staff, scope: Scope
) -> Mapping[str, Share]:
    """Of each: the recruiters who did something, summed over its weeks, of those who worked here at the end of each."""
    every = sorted({week for weeks in asked.values() for week in weeks}, key=lambda week: (week.start, week.end))
    ends = {week: (week.end - clock.DAY, min(scope.now, clock.midnight(week.end, scope.zone))) for week in every}
    active = _active(every, did, ends, scope.teams) if every else {}
    expected = {week: everybody.expected(*ends[week], scope.teams) for week in every}
    return {
        name: Share(sum(active.get(week, 0) for week in weeks), sum(expected[week] for week in weeks))
        for name, weeks in asked.items()
    }


def _active(
    weeks: Sequence[Period], did: Subquery, ends: Mapping[Period, tuple[date, datetime]], teams: frozenset[int] | None
) -> Mapping[Period, int]:
    spans = union_all(*(_row(number, week, ends[week][1]) for number, week in enumerate(weeks))).cte("weeks")
    here = or_(Person.deactivated_at.is_(None), Person.deactivated_at > spans.c.until)
    query = (
        select(spans.c.number, func.count(did.c.person_id.distinct()))
        .select_from(spans)
        .join(did, and_(did.c.day >= spans.c.first, did.c.day < spans.c.past))
        .join(Person, Person.id == did.c.person_id)
        .where(Person.role == Role.RECRUITER, Person.joined_on < spans.c.past, here, *of_teams(teams))
        .group_by(spans.c.number)
    )
    return {weeks[number]: count for number, count in db.session.execute(query)}


def _row(number: int, week: Period, until: datetime) -> Select[int, date, date, datetime]:
    return select(
        literal(number).label("number"),
        literal(week.start, Date()).label("first"),
        literal(week.end, Date()).label("past"),
        literal(until, UtcDateTime()).label("until"),
    )


def of_teams(teams: frozenset[int] | None) -> tuple[ColumnElement[bool], ...]:
    """Of a person: in one of these teams."""
    return () if teams is None else (Person.team_id.in_(teams),)
