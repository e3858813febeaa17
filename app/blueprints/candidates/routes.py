"""Candidates: finding them, adding one, everything about one, and bringing a file of them."""

from flask import Blueprint, Response, render_template, request, url_for

from app import clock
from app.blueprints.candidates import (
    access,
    applications,
    bulk,
    crm_ids,
    duplicates,
    editing,
    exporting,
    importing,
    links,
    listing,
    merging,
    preferences,
    privacy,
    reach,
    rhythm,
    segments,
    several,
    share,
    showing,
    times,
)
from app.blueprints.candidates.forms import NewForm
from app.db import db, write
from app.domain.candidates import registration
from app.domain.candidates.address import recognise
from app.domain.candidates.candidate import Candidate, Facts
from app.language import gettext as _
from app.web import auth
from app.web.htmx import go, part, wants_part
from app.web.toast import say

bp = Blueprint("candidates", __name__, url_prefix="/candidates")


@bp.get("/new")
@auth.signed_in
def new() -> str:
    """Three fields, as a page or in the sheet."""
    name = request.args.get("name", "")[:160]
    template = "candidates/_new.html" if wants_part() else "candidates/new.html"
    return render_template(template, form=NewForm(data={"name": name}), known=None)


@bp.post("/new")
@auth.signed_in
def add() -> Response:
    """Take somebody into the pool, unless their address is there already."""
    form, person = NewForm(request.form), auth.person()
    if not form.validate():
        return _new_again(form, None)
    channel, address = recognise(form.reach.data or "")
    known = None if form.anyway.data else registration.already_known(person, address)
    if known:
        return _new_again(form, known)
    facts = Facts(name=form.name.data or "", role_sought=form.role_sought.data or "", owner_id=person.id)
    write()
    row = registration.register(person, facts, {channel: address}, clock.now())
    db.session.commit()
    say(_("%(name)s is in your pool.", name=row.name))
    return go(url_for("candidates.page", candidate_id=row.id))


def _new_again(form: NewForm, known: Candidate | None) -> Response:
    template = "candidates/_new_form.html" if wants_part() else "candidates/new.html"
    return part(render_template(template, form=form, known=known), status=422)


listing.add_to(bp)
segments.add_to(bp)
bulk.add_to(bp)
several.add_to(bp)
editing.add_to(bp)
showing.add_to(bp)
reach.add_to(bp)
crm_ids.add_to(bp)
preferences.add_to(bp)
rhythm.add_to(bp)
applications.add_to(bp)
links.add_to(bp)
times.add_to(bp)
share.add_to(bp)
importing.add_to(bp)
access.add_to(bp)
privacy.add_to(bp)
exporting.add_to(bp)
duplicates.add_to(bp)
merging.add_to(bp)
