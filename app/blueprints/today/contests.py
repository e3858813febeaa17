"""The running competitions that one takes part in, on Today: a part that is asked for by itself, as counting costs."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.game import appearance
from app.domain.game.competing import glance
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.own_part import OwnPart
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, wants_part
from app.words.board import days_left
from app.words.own_part import stands


class Own(NamedTuple):
    """A competition, how it stands for whoever looks, in words too, and how long it lasts; None has just joined."""

    competition: Competition
    part: OwnPart | None
    stands: str
    days_left: str


@auth.signed_in
def contests() -> str | Answer:
    """How they stand for oneself; the page of competitions to whoever opens it by hand."""
    if not wants_part():
        return go(url_for("contests.index"))
    now, person = clock.now(), auth.person()
    today = clock.local_day(now, the_zone())
    running = [(row, glance.at_a_glance(row, now).parts.get(person.id)) for row in glance.mine(person.id, today)]
    others = {part.other_id for _row, part in running if part and part.other_id}
    names = appearance.names_for(found(the_program()), person, others) if others else {}
    own = [Own(row, part, _stands(part, names), days_left(dates_of(row), today)) for row, part in running]
    return render_template("today/_contests.html", contests=own)


def _stands(part: OwnPart | None, names: Mapping[int, str | None]) -> str:
    return stands(part, names.get(part.other_id or 0)) if part else ""


def add_to(bp: Blueprint) -> None:
    """Where they are asked."""
    bp.get("/today/contests")(contests)
