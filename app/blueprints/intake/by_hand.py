"""A touchpoint that a person tells: what a candidate did, seen or heard by us."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, render_template, request, url_for

from app import clock
from app.blueprints.intake.forms import TouchpointForm
from app.db import db, write
from app.domain.actions import response
from app.domain.agency.person import Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, part, wants_part
from app.web.language import zone_name
from app.web.toast import say


@auth.signed_in
def form_page(candidate_id: int) -> Response:
    """The form, as a part of the candidate's page or as a page."""
    row = _seen(candidate_id)
    zone = ZoneInfo(zone_name())
    fresh = {"at": clock.now().astimezone(zone).replace(tzinfo=None), "key": uuid.uuid4().hex}
    return _form(row, TouchpointForm(data=fresh).offer(zone), 200)


@auth.signed_in
def record(candidate_id: int) -> Response:
    """Take the touchpoint in, once for each form that was opened."""
    row, form = _seen(candidate_id), TouchpointForm(request.form).offer(ZoneInfo(zone_name()))
    if not form.validate():
        return _form(row, form, 422)
    write()
    contact_state.hold(row.id)
    taken = response.take_in(_hit(form, _seen(candidate_id).id, auth.person().id), clock.now())
    db.session.commit()
    undo = url_for("intake.take_back", touchpoint_id=taken.touchpoint_id) if taken.touchpoint_id else None
    say(_("Noted for %(name)s.", name=row.name), undo)
    return go(url_for("candidates.page", candidate_id=candidate_id))


def _seen(candidate_id: int) -> Candidate:
    """Asked again once they are held: whoever waited for them may find that they were forgotten or merged."""
    return found(candidates.visible_to(auth.person(), candidate_id))


def _form(candidate: Candidate, form: TouchpointForm, status: int) -> Response:
    template = "candidates/_touchpoint.html" if wants_part() else "intake/touchpoint.html"
    return part(render_template(template, candidate=candidate, touchpoint_form=form), status=status)


def _hit(form: TouchpointForm, candidate_id: int, person_id: int) -> Hit:
    try:
        name = uuid.UUID(form.key.data or "").hex
    except ValueError:
        name = uuid.uuid4().hex
    payload: dict[str, Any] | None = {"note": form.note.data} if form.note.data else None
    kind = str(form.kind.data)
    return Hit(candidate_id, kind, form.moment, "page", name, payload=payload, recorded_by_id=person_id)


@auth.signed_in
def take_back(touchpoint_id: int) -> Response:
    """Reverse what one noted oneself; an administrator whatever was noted by hand."""
    row, person = found(db.session.get(Touchpoint, touchpoint_id)), auth.person()
    mine = row.source == "page" and (row.recorded_by_id == person.id or person.role == Role.ADMIN)
    candidate_id = found(candidates.visible_to(person, row.candidate_id) if mine else None).id
    write()
    response.take_back(touchpoint_id, clock.now())
    db.session.commit()
    say(_("Undone."))
    return go(url_for("candidates.page", candidate_id=candidate_id))
