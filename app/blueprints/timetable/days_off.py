"""Taking days off back, and putting them back; routes.py says at which address."""

from flask import url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.program import absence
from app.domain.program.absence import Absence
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.web.program_forms import DaysForm


@auth.signed_in
def withdraw(absence_id: int) -> Answer:
    """These days are worked after all."""
    row = found(absence.changeable_by(auth.person(), absence_id))
    write()
    absence.withdraw(row, clock.now())
    db.session.commit()
    toast.say(_("The days off are gone."), url_for("timetable.restore", absence_id=row.id))
    return _back(row)


@auth.signed_in
def restore(absence_id: int) -> Answer:
    """Undo that."""
    row, now = found(absence.changeable_by(auth.person(), absence_id)), clock.now()
    if not absence.may_restore(auth.person(), row, now, clock.local_day(now, the_zone())):
        toast.say(too_late())
        return _back(row)
    write()
    absence.restore(row)
    db.session.commit()
    toast.say(_("The days off are there again."))
    return _back(row)


def is_in_time(form: DaysForm, person_id: int) -> bool:
    """Whether the reader may say these days; the form says why not."""
    today = clock.local_day(clock.now(), the_zone())
    if absence.may_date(auth.person(), person_id, form.days[0], today):
        return True
    form.first.errors = [too_late()]
    return False


def too_late() -> str:
    return _(
        "That week is over: ask your team lead or an administrator to enter these days, for they raise your score."
    )


def _back(row: Absence) -> Answer:
    if row.person_id is None:
        return go(url_for("program.closures"))
    return go(page_of(row.person_id))


def page_of(person_id: int) -> str:
    """The page on which the reader sees somebody's timetable."""
    if person_id == auth.person().id:
        return url_for("timetable.own")
    return url_for("timetable.person", person_id=person_id)
