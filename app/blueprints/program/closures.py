"""The page of the days on which the agency is closed."""

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import Length

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.program import absence
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.forms import submitted, trimmed
from app.web.htmx import go
from app.web.program_forms import DaysForm


class ClosureForm(DaysForm):
    """Days on which nobody works, and what they are called."""

    label = StringField(_l("What it is called"), filters=[trimmed], validators=[Length(max=80)])


@auth.only(Role.ADMIN)
def page() -> Answer:
    """What is coming, and a form for more."""
    form = ClosureForm(submitted())
    if request.method == "GET" or not form.validate():
        return _page(form)
    write()
    now, by_id = clock.now(), auth.person().id
    row = absence.record(absence.EVERYBODY, *form.days, by_id=by_id, now=now, label=form.label.data or "")
    db.session.commit()
    undo = url_for("timetable.withdraw", absence_id=row.id)
    toast.say(_("The days off are there; blocks keep out of their way."), undo)
    return go(url_for("program.closures"))


def _page(form: ClosureForm) -> Answer:
    closures = absence.standing_of(absence.EVERYBODY, clock.local_day(clock.now(), the_zone()))
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("program/closures.html", form=form, closures=closures), status)
