"""The team in the running week, for its lead: who did what, whose candidates wait, and giving candidates an owner."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.agency.team import Team
from app.domain.candidates import bulk
from app.domain.oversight import team_week
from app.domain.oversight.team_week import TeamWeek
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.web import auditing, auth, looking, toast
from app.web.errors import found
from app.web.forms import Form, entered, submitted
from app.web.htmx import go
from app.words.team import block_words

bp = Blueprint("team", __name__, url_prefix="/team")
allowed = auth.only(Role.LEAD, Role.SPONSOR, Role.ADMIN)
LOOKED_AT = "team"
AT_ONCE = 100


class AssignForm(Form):
    """To whom, and how many of those whom nobody looks after."""

    owner = SelectField(_l("To whom"), coerce=int)
    number = IntegerField(_l("How many"), default=5, validators=[entered(), NumberRange(1, AT_ONCE)])

    def for_team(self, week: TeamWeek) -> "AssignForm":
        self.owner.choices = [(each.person.id, each.person.name) for each in week.members]
        return self


@bp.get("")
@allowed
def page() -> str:
    return _page(_asked())


@bp.post("/assignment")
@auth.only(Role.LEAD, Role.ADMIN)
def assign() -> Answer:
    """The candidates without an owner who are longest with us get one; for a day it can be undone."""
    team, now = found(_asked()), clock.now()
    form = AssignForm(submitted()).for_team(_week(team))
    if not form.validate():
        return make_response(_page(team, form), 422)
    write()
    ids = team_week.longest_unowned(team, auth.person(), form.number.data or 0)
    change = bulk.assign(auth.person(), ids, form.owner.data, now)
    auditing.done(len(change.before))
    db.session.commit()
    undo = url_for("candidates.undo_many", change_id=change.id) if change.before else None
    count = len(change.before)
    toast.say(ngettext("%(num)d candidate has an owner.", "%(num)d candidates have an owner.", count), undo)
    return go(url_for("team.page", team=team.id))


def _page(team: Team | None, form: AssignForm | None = None) -> str:
    week = _week(team) if team else None
    page = render_template(
        "team/page.html",
        week=week,
        teams=team_week.teams_of(auth.person()),
        form=form or (AssignForm().for_team(week) if week else None),
        may_assign=auth.person().role in {Role.LEAD, Role.ADMIN},
        now=clock.now(),
        block_words=block_words,
        zone=the_zone(),
    )
    looking.at({each.person.id for each in week.members if each.done} if week else (), LOOKED_AT)
    return page


def _week(team: Team) -> TeamWeek:
    return team_week.team_week(team, auth.person(), clock.now(), the_zone())


def _asked() -> Team | None:
    """The team of the address, the own one, or else the first; None where there is none that one may see."""
    teams = {each.id: each for each in team_week.teams_of(auth.person())}
    wanted = request.values.get("team", auth.person().team_id, int)
    return teams.get(wanted or 0) or next(iter(teams.values()), None)
