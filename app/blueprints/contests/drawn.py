"""The page of a draw: its secret as it was committed to, and after the draw everything to repeat it with."""

from typing import NamedTuple

from flask import render_template

from app.blueprints.contests.duels import names_seen
from app.blueprints.contests.showing import asked_for
from app.domain.game.competing import checking
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.checking import Checked
from app.domain.game.competing.drawing import Drawn
from app.domain.game.competing.prize import PrizeKind, prizes_of
from app.web import auth
from app.web.errors import found
from app.words import board


class Draw(NamedTuple):
    """One draw: which ticket came out, whose it was, for which prize."""

    drawn: Drawn
    name: str
    title: str


class Held(NamedTuple):
    """Somebody's line of the list: a number of theirs would tell who they are, who chose not to be named too."""

    code: str
    name: str
    tickets: int


@auth.signed_in
def page(competition_id: int) -> str:
    """What was drawn, whether it comes out the same again, and what that does not prove."""
    asked = asked_for(competition_id)
    found(asked.competition.seed_hash)
    checked = checking.check(asked.competition)
    held, draws = _shown(asked, checked) if checked else ([], [])
    return render_template(
        "contests/raffle.html", competition=asked.competition, checked=checked, held=held, draws=draws
    )


def _shown(asked: Asked, checked: Checked) -> tuple[list[Held], list[Draw]]:
    people = {line.person_id for line in checked.lines} | {each.person_id for each in checked.drawn}
    names = {each: name or board.nameless() for each, name in names_seen(asked, people).items()}
    prizes = [each for each in prizes_of(asked.competition.id) if each.kind == PrizeKind.RAFFLE]
    titles = [prize.title for prize in prizes for _ in range(prize.number)]
    return (
        [Held(line.code, names[line.person_id], line.tickets) for line in checked.lines],
        [Draw(each, names[each.person_id], title) for each, title in zip(checked.drawn, titles, strict=False)],
    )
