"""What the sponsor did this month, in their own words: read by everybody, written by the sponsor."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.sponsor.plan import allowed
from app.blueprints.sponsor.plan_forms import DeedForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.oversight import sponsor_deed
from app.domain.program.program import the_program
from app.domain.program.sponsor import sponsor_of
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go

WRITES = (Role.SPONSOR, Role.ADMIN)


@auth.signed_in
def page() -> Answer:
    """What was done, the newest first."""
    return _page(_form())


@allowed
def write_deed() -> Answer:
    """The sponsor did something, and everybody may read it."""
    form = _form()
    if not form.validate():
        return _page(form)
    write()
    day, text = form.day.data or form.today, form.text.data or ""
    row = sponsor_deed.write_down(found(the_program()).id, day, text, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    toast.say(_("Everybody can read it now."), url_for("sponsor.drop_deed", deed_id=row.id))
    return go(url_for("sponsor.deeds"))


@allowed
def drop_deed(deed_id: int) -> Answer:
    """It is told no more."""
    program = found(the_program())
    found(sponsor_deed.find(program.id, deed_id))
    write()
    sponsor_deed.take_back(found(sponsor_deed.find(program.id, deed_id)))
    db.session.commit()
    toast.say(_("It is told no more."))
    return go(url_for("sponsor.deeds"))


def _form() -> DeedForm:
    return DeedForm(submitted(), clock.local_day(clock.now(), the_zone()))


def _page(form: DeedForm) -> Answer:
    program = found(the_program())
    html = render_template(
        "sponsor/plan_deeds.html",
        form=form,
        rows=sponsor_deed.latest(program.id),
        writes=auth.person().role in WRITES,
        sponsor=sponsor_of(program),
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/deeds", "deeds", page)
    bp.add_url_rule("/deeds", "write_deed", write_deed, methods=["POST"])
    bp.add_url_rule("/deeds/<int:deed_id>/removal", "drop_deed", drop_deed, methods=["POST"])
