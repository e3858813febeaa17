"""Changing what we know of a candidate."""

from flask import Blueprint, Response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.edit_form import EditForm, filled_in
from app.blueprints.candidates.reach import held
from app.db import db
from app.domain.candidates import candidate as candidates
from app.domain.candidates import label, registration
from app.domain.candidates.candidate import Candidate, ExternalIdTaken
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, part
from app.web.toast import say


def add_to(bp: Blueprint) -> None:
    """The form, and what it sends."""
    bp.get("/<int:candidate_id>/edit")(edit)
    bp.post("/<int:candidate_id>/edit")(change)


@auth.signed_in
def edit(candidate_id: int) -> str:
    """What we know of a candidate, to be corrected."""
    row = found(candidates.visible_to(auth.person(), candidate_id))
    data = filled_in(row, label.of([row.id]).get(row.id, []))
    return _page(EditForm(obj=row, data=data).offer(candidates.possible_owners()), row)


def _page(form: EditForm, row: Candidate) -> str:
    return render_template("candidates/edit.html", form=form, candidate=row)


@auth.signed_in
def change(candidate_id: int) -> Response:
    """Put what was typed in the place of what we knew."""
    row = found(candidates.visible_to(auth.person(), candidate_id))
    form = EditForm(request.form).offer(candidates.possible_owners())
    if form.validate() and _saved(form, candidate_id):
        say(_("Saved."))
        return go(url_for("candidates.page", candidate_id=candidate_id))
    return part(_page(form, row), status=422)


def _saved(form: EditForm, candidate_id: int) -> bool:
    """Whether it could be saved; if not, the form says why."""
    person, row = auth.person(), held(candidate_id)
    try:
        reason = form.stage_reason.data or ""
        registration.correct(person, row, form.facts(), form.labels(), clock.now(), reason=reason)
    except ExternalIdTaken:
        db.session.rollback()
        form.external_id.errors = [_("Another candidate has this number.")]
        return False
    db.session.commit()
    return True
