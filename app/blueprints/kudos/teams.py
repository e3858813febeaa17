"""A compliment for a whole team, by the sponsor."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.kudos.forms import TeamForm
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.agency.team import Team, teams
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition import praising, surprise
from app.domain.program.program import the_program
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import kudos as words

allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@allowed
def page() -> Answer:
    """The form, with the team that one came for."""
    return _page(_form())


@allowed
def give() -> Answer:
    found(surprise.gives(auth.person(), found(the_program())) or None)
    form = _form()
    if not form.validate():
        return _page(form)
    write()
    try:
        people, team = _praise(form)
    except SentBefore:
        db.session.rollback()
        form.send_anew()
        return _page(form)
    db.session.commit()
    toast.say(words.said_to_team(people, team.name), category="ok" if people else "error")
    return go(url_for("sponsor.page"))


def _praise(form: TeamForm) -> tuple[int, Team]:
    """How many people of which team read it."""
    team, said = db.session.get_one(Team, form.team_id.data), form.text.data or ""
    told = praising.praise(found(the_program()), team, said, by=auth.person(), now=clock.now(), key=form.uuid)
    return told, team


def _form() -> TeamForm:
    sizes = [each for branch in teams().values() for each in branch]
    return TeamForm(submitted(), teams=sizes, chosen=request.args.get("team", 0, int))


def _page(form: TeamForm) -> Answer:
    may_give = surprise.gives(auth.person(), found(the_program()))
    html = render_template("kudos/team.html", form=form, may_give=may_give)
    return make_response(html, 200 if request.method == "GET" else 422)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/team", "team", page)
    bp.add_url_rule("/team", "praise_team", give, methods=["POST"])
