"""The block of a team, and when its people have theirs; routes.py says at which address."""

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.agency import team as places
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role, of_team
from app.domain.agency.team import Team
from app.domain.program import block, occurrence, reserving
from app.domain.program.block import Block, Scope
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.web.program_forms import WeeklyForm
from app.words.program import reserved_sentence


@auth.only(Role.LEAD, Role.ADMIN)
def page(team_id: int) -> Answer:
    """The weekly time of a team; saved, it holds from the first week that it does not upset."""
    team, scopes = _scopes(team_id)
    today = clock.local_day(clock.now(), the_zone())
    coming = found(block.holding(block.history(scopes), scopes, today + clock.WEEK))
    form = WeeklyForm(submitted(), data=WeeklyForm.facts(coming))
    if request.method == "GET" or not form.validate():
        return _page(form, team, coming)
    write()
    kept = reserving.reserve(scopes, form.time, auth.person(), clock.now())
    db.session.commit()
    toast.say(reserved_sentence(kept, today), url_for("timetable.take_back", block_id=kept.id))
    return go(url_for("timetable.team", team_id=team_id))


@auth.only(Role.LEAD, Role.ADMIN)
def give_up(team_id: int) -> Answer:
    """The team goes along with everybody again."""
    _team, scopes = _scopes(team_id)
    write()
    given = found(reserving.give_up(scopes, auth.person(), clock.now()))
    db.session.commit()
    toast.say(_("The block is that of the others again."), url_for("timetable.take_back", block_id=given.id))
    return go(url_for("timetable.team", team_id=team_id))


def _scopes(team_id: int) -> tuple[Team, tuple[Scope, ...]]:
    """A team that the reader leads; to others it does not exist."""
    team, program = found(places.team(team_id)), found(the_program())
    scopes = Scope(program.id, team_id=team_id), Scope(program.id)
    found(reserving.may_reserve(auth.person(), scopes[0]) or None)
    return team, scopes


def _page(form: WeeklyForm, team: Team, coming: Block) -> Answer:
    today = clock.local_day(clock.now(), the_zone())
    people = of_team(team.id)
    table = found(occurrence.timetable(people, today, today))
    this_week = {person.id: table.in_week(person, today) for person in people}
    facts = {"team": team, "coming": coming, "people": people, "this_week": this_week, "zone": table.zone}
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("timetable/team.html", form=form, today=today, **facts), status)
