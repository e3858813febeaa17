"""The page of the leaderboard: how people are compared, and the seasons in which."""

from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, RadioField

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game import appearance
from app.domain.game.recognition import lifetime
from app.domain.program import season
from app.domain.program.program import Program, the_program, works_council_ok
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, submitted
from app.web.htmx import go
from app.words.comparing import mode_labels


class BoardsForm(Form):
    """How people are compared, whether there is a board of all time, and whether people see their level."""

    mode = RadioField(_l("How people are compared"), filters=[lambda chosen: chosen or None])
    all_time = BooleanField(_l("A board of all time besides"))
    levels = BooleanField(_l("Show everybody their level"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.mode.choices = mode_labels()


@auth.only(Role.ADMIN)
def page() -> Answer:
    """How it is now, and the form that changes it at once."""
    program = found(the_program())
    now = {"mode": program.board_mode, "all_time": program.all_time_board, "levels": program.levels}
    form = BoardsForm(submitted(), data=now)
    if request.method == "GET" or not form.validate():
        return _page(form, program)
    write()
    appearance.set_mode(program, form.mode.data, all_time=form.all_time.data)
    lifetime.show_levels(program, shown=form.levels.data)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("program.boards"))


def _page(form: BoardsForm, program: Program) -> Answer:
    today = clock.local_day(clock.now(), the_zone())
    facts = {"agreed": works_council_ok(program.id), "seasons": season.all_of(program.id), "today": today}
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("program/boards.html", form=form, **facts), status)
