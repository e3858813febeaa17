"""How one appears on the leaderboard, as one's own page says it."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.leaderboard import PLAYS
from app.domain.program.program import the_program
from app.language import current
from app.words.comparing import choice_labels, choice_state


class Appearing(NamedTuple):
    """How it is, and what else it can be."""

    state: str
    labels: Sequence[tuple[str, str]]


def appearing(person: Person) -> Appearing | None:
    """None where people are not compared, or for somebody who does not play."""
    program = the_program()
    if program is None or person.role not in PLAYS or not appearance.person_boards(program):
        return None
    choice, mode = appearance.choice_of(person.id), program.board_mode
    mask = appearance.mask_of(program, person.id, current())
    return Appearing(choice_state(mode, choice, mask), choice_labels(mode))
