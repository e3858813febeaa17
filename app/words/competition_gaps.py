"""What is still missing in a competition: to the goal, to the threshold or the next ticket, to the place above."""

from app.domain.game.competing.competition import Competition, Format
from app.domain.game.fairness import HUNDREDTHS
from app.language import gettext as _
from app.words import board
from app.words.competition import counted


def to_goal(competition: Competition, count: int) -> str:
    """What is still missing together."""
    return _("%(what)s to go", what=counted(competition, (competition.goal or 0) - count))


def to_threshold(competition: Competition, hundredths: int) -> str:
    """How far the threshold, or the next ticket, still is."""
    goal, step = (competition.goal or 0) * HUNDREDTHS, (competition.step or 1) * HUNDREDTHS
    if hundredths < goal:
        return _("%(score)s to go to the threshold", score=_whole(goal - hundredths))
    return _("%(score)s to go to the next ticket", score=_whole(step - (hundredths - goal) % step))


def to_next_place(competition: Competition, above: tuple[int, int]) -> str:
    """How far the place above one's own still is; at an equal score only what decides a tie is missing."""
    number, missing = above
    if not missing:
        return _("Just as much as place %(place)s", place=number)
    far = board.percent(missing) if competition.format == Format.IMPROVEMENT else _whole(missing)
    return _("%(score)s to go to place %(place)s", score=far, place=number)


def _whole(hundredths: int) -> str:
    """Rounded up: whoever has it is there."""
    return board.number(-(-hundredths // HUNDREDTHS))
