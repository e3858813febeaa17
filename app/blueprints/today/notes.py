"""Changing one's own note, within a day of logging."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from wtforms import TextAreaField
from wtforms.validators import Length

from app import clock
from app.db import db, write
from app.domain.actions import note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth
from app.web.careful import CarefulForm, careful
from app.web.errors import found
from app.web.forms import stripped
from app.web.htmx import go
from app.web.toast import say


class NoteForm(CarefulForm):
    """The note alone; empty takes it away."""

    note = TextAreaField(_l("Note"), filters=[stripped], validators=[Length(max=2000), careful])


def _own(action_id: int) -> tuple[EngagementAction, Candidate]:
    return found(note.own(auth.person(), action_id, clock.now()))


def _page(candidate: Candidate, form: NoteForm, status: int = 200) -> Response:
    return make_response(render_template("today/note.html", candidate=candidate, form=form), status)


@auth.signed_in
def edit_note(action_id: int) -> Response:
    """One's own note, to be changed."""
    action, candidate = _own(action_id)
    return _page(candidate, NoteForm(data={"note": action.note}))


@auth.signed_in
def save_note(action_id: int) -> Response:
    """Keep the note as it is written now."""
    action, candidate = _own(action_id)
    form = NoteForm(request.form)
    if not form.validate():
        return _page(candidate, form, 422)
    write()
    note.rewrite(action, form.note.data or "")
    db.session.commit()
    say(_("The note is changed."))
    return go(url_for("candidates.page", candidate_id=candidate.id))


def add_to(bp: Blueprint) -> None:
    """Where the page is and its form goes."""
    bp.get("/actions/<int:action_id>/note")(edit_note)
    bp.post("/actions/<int:action_id>/note")(save_note)
