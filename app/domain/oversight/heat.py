"""The heat map: how much of each team kept its follow-up block in each of the last twelve weeks."""

from app.domain.oversight.sponsor_figures import SponsorFigures
from app.domain.oversight.team_blocks import Kept


def heat(found: SponsorFigures) -> list[tuple[str, list[Kept | None]]]:
    """Per team how much of it kept the block in each of the last twelve weeks; None: told of five people on."""
    untold = {week.done.monday: found.untold(week.done.monday) for week in found.weeks}
    return [
        (name, [None if team in few else found.attended.get((team, monday), Kept()) for monday, few in untold.items()])
        for team, name in found.staff.teams
        if found.scope.holds(team)
    ]
