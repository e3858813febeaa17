"""Choosing how one appears on the leaderboard; routes.py says at which address."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.leaderboard import PLAYS
from app.domain.program.program import Program
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.words.comparing import choice_labels, choice_question, chosen_sentence


class Question(NamedTuple):
    """What is asked of whoever has not chosen yet, and the answers."""

    text: str
    labels: Sequence[tuple[str, str]]


@auth.signed_in
def choose() -> Answer:
    """By name or not at all, from the board or from one's own page; it can be chosen anew at any time."""
    choice = request.form.get("choice", "")
    found(choice in appearance.CHOICES or None)
    write()
    appearance.choose(auth.person(), choice, clock.now())
    db.session.commit()
    toast.say(chosen_sentence(choice))
    return go(auth.local(request.form.get("next"), url_for("board.board")))


def question(program: Program, person: Person) -> Question | None:
    """None for who has chosen, and where nobody is compared."""
    asks = person.role in PLAYS and program.board_mode in {appearance.NAMES, appearance.PSEUDONYM}
    if not asks or appearance.choice_of(person.id) or not appearance.person_boards(program):
        return None
    return Question(choice_question(program.board_mode), choice_labels(program.board_mode))
