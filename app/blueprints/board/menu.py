"""The ways from one board to another: its period, whose board it is, how much of it, and by what."""

from collections.abc import Sequence
from typing import NamedTuple

from app.blueprints.board.asked import METRICS, Asked, periods_of
from app.db import db
from app.domain.agency import team as teams
from app.domain.agency.person import Person
from app.domain.agency.team import Branch, Team
from app.domain.program import season
from app.language import gettext as _
from app.web.errors import found
from app.words import board as words


class Choice(NamedTuple):
    """A tab or a segment."""

    label: str
    href: str
    current: bool


class Menu(NamedTuple):
    """`name` is that of the period, `of` that of the team or the branch whose people are shown."""

    name: str
    periods: Sequence[Choice]
    views: Sequence[Choice]
    whose: Sequence[Choice]
    metrics: Sequence[Choice]
    of: str


def menu(asked: Asked, viewer: Person) -> Menu:
    """What can be chosen from this board."""
    labels = {"week": _("Week"), "month": _("Month"), "season": _("Season"), "all": _("All time")}
    periods = periods_of(asked.program, asked.today)
    return Menu(
        period_name(asked),
        [Choice(labels[each], asked.but(period=each).url(), asked.period == each) for each in periods],
        [
            Choice(_("My place"), asked.but(everyone=False).url(), not asked.everyone),
            Choice(_("Everybody"), asked.but(everyone=True).url(), asked.everyone),
        ],
        _whose(asked, viewer),
        [Choice(words.metric_label(each), asked.but(metric=each).url(), asked.metric == each) for each in METRICS],
        _of(asked),
    )


def period_name(asked: Asked) -> str:
    """What the period is called; a season has a name of its own."""
    present = season.current(asked.program.id, asked.on) if asked.period == "season" else None
    return words.period_name(asked.period, asked.dates, present.name if present else "")


def _whose(asked: Asked, viewer: Person) -> list[Choice]:
    """The people of the program, of one's branch, of one's team; or the teams."""
    people = asked.but(scope="people", team=None, branch=None)
    everybody = Choice(_("Program"), people.url(), asked.scope == "people" and not asked.team and not asked.branch)
    among = Choice(_("Teams"), people.but(scope="teams", metric="points").url(), asked.scope == "teams")
    if viewer.team_id is None:
        return [everybody, among]
    branch_id = found(teams.team(viewer.team_id)).branch_id
    branch, team = people.but(branch=branch_id), people.but(team=viewer.team_id)
    return [
        everybody,
        Choice(_("My branch"), branch.url(), asked.branch == branch_id),
        Choice(_("My team"), team.url(), asked.team == viewer.team_id),
        among,
    ]


def _of(asked: Asked) -> str:
    """Whose people are shown; a team or a branch that there is not has no board."""
    if asked.scope == "teams":
        return ""
    if asked.team:
        return found(db.session.get(Team, asked.team)).name
    return found(db.session.get(Branch, asked.branch)).name if asked.branch else ""
