"""The people to choose from for a competition, team by team, so that hundreds of them are no endless list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.agency.person import Person
from app.language import gettext as _


class Group(NamedTuple):
    """A team with its people, each with whether they were chosen; `team_id` is 0 for those who are in none."""

    team_id: int
    name: str
    people: Sequence[tuple[int, str, bool]]

    @property
    def chosen(self) -> int:
        """How many of them were chosen."""
        return sum(chosen for _id, _name, chosen in self.people)

    @property
    def whole(self) -> bool:
        """Whether all of them were."""
        return self.chosen == len(self.people)


def groups(people: Iterable[Person], teams: Mapping[int, str], chosen: Collection[int]) -> list[Group]:
    """In the order of the teams, those without one last; a team without people is no choice."""
    by_team = defaultdict[int, list[tuple[int, str, bool]]](list)
    for each in people:
        by_team[each.team_id or 0].append((each.id, each.name, each.id in chosen))
    named = {**teams, 0: _("Without a team")}
    return [Group(team_id, name, by_team[team_id]) for team_id, name in named.items() if team_id in by_team]


def with_teams(people: Iterable[Person], chosen: Iterable[int], whole: Collection[int]) -> list[int]:
    """Those who were chosen one by one, and everybody of the teams that were chosen as a whole."""
    of_teams = {each.id for each in people if (each.team_id or 0) in whole}
    return sorted({*chosen, *of_teams})
