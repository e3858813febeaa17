"""The screens on the wall: made with a link that is shown once, seen when they were last on, and switched off."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from app import clock
from app.db import db, write
from app.domain.agency import team
from app.domain.agency.person import Role
from app.domain.game import screen
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.mail import public_url
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, filled, submitted, trimmed
from app.web.htmx import go


class ScreenForm(Form):
    """Where it hangs, and what it shows."""

    name = StringField(_l("Where it hangs"), filters=[trimmed], validators=[filled(), Length(max=60)])
    team = SelectField(_l("Whose week it shows"), coerce=int, default=0)
    seconds = SelectField(_l("Seconds a slide"), coerce=int, default=screen.USUAL_SECONDS)
    sound = BooleanField(_l("With a sound when there is something to celebrate"))

    def __init__(self, *args: Any, teams: dict[int, str], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.team.choices = [(0, _("everybody")), *teams.items()]
        self.seconds.choices = [(seconds, str(seconds)) for seconds in screen.SECONDS]


@auth.only(Role.ADMIN)
def page() -> Answer:
    """The screens that are there, and a form for another."""
    teams = _teams()
    form = ScreenForm(submitted(), teams=teams)
    if request.method == "GET" or not form.validate():
        return _page(form, teams, 200 if request.method == "GET" else 422)
    write()
    key = _made(form)
    db.session.commit()
    return _page(ScreenForm(teams=teams), teams, url=public_url(url_for("tv.show", token=key)))


def _made(form: ScreenForm) -> str:
    """The key of a new screen, which is shown this once."""
    return screen.make(
        found(the_program()).id,
        form.name.data or "",
        team_id=form.team.data or None,
        seconds=form.seconds.data,
        sound=form.sound.data,
        by_id=auth.person().id,
        now=clock.now(),
    )


@auth.only(Role.ADMIN)
def revoke(screen_id: int) -> Answer:
    """Its link opens nothing any more."""
    row = found(screen.own(found(the_program()).id, screen_id))
    write(row)
    screen.revoke(row, clock.now())
    db.session.commit()
    undo = url_for("program.return_screen", screen_id=row.id)
    toast.say(_("The screen %(name)s is switched off.", name=row.name), undo)
    return go(url_for("program.screens"))


@auth.only(Role.ADMIN)
def bring_back(screen_id: int) -> Answer:
    """Its link opens it again."""
    row = found(screen.own(found(the_program()).id, screen_id))
    write(row)
    screen.bring_back(row)
    db.session.commit()
    toast.say(_("The screen is on again; its link works as before."))
    return go(url_for("program.screens"))


def _teams() -> dict[int, str]:
    return {one.team.id: one.team.name for of_branch in team.teams().values() for one in of_branch}


def _page(form: ScreenForm, teams: dict[int, str], status: int = 200, url: str = "") -> Answer:
    rows = screen.of_program(found(the_program()).id)
    html = render_template("program/screens.html", form=form, screens=rows, teams=teams, url=url)
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/screens", "screens", page, methods=["GET", "POST"])
    bp.add_url_rule("/screens/<int:screen_id>/revocation", "revoke_screen", revoke, methods=["POST"])
    bp.add_url_rule("/screens/<int:screen_id>/return", "return_screen", bring_back, methods=["POST"])
