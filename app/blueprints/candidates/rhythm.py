"""How often we agreed to be in touch with one candidate, where that is not as usual."""

from flask import Blueprint, Response, make_response, render_template, url_for
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from app.blueprints.candidates.reach import asked_for, held
from app.db import db
from app.domain.candidates import contact_flags
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.program.cadence import LONGEST
from app.domain.scoring.rhythm import usual
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.web import auth
from app.web.forms import Form, submitted
from app.web.htmx import go
from app.web.toast import say
from app.words import rhythm as words
from app.words.reasons import given_name


class RhythmForm(Form):
    """Empty is as usual."""

    days = IntegerField(_l("Every so many days"), validators=[Optional(), NumberRange(1, LONGEST)])


@auth.signed_in
def rhythm(candidate_id: int) -> Response:
    """What was agreed, and what is usual."""
    row = asked_for(candidate_id)
    state = db.session.get_one(ContactState, row.id)
    return _page(row, state, RhythmForm(data={"days": state.cadence_days}))


@auth.signed_in
def save_rhythm(candidate_id: int) -> Response:
    """Agree another rhythm, or the usual one again."""
    row, form = asked_for(candidate_id), RhythmForm(submitted())
    if not form.validate():
        return _page(row, db.session.get_one(ContactState, row.id), form, 422)
    days = form.days.data
    contact_flags.agreed(held(candidate_id).id, days)
    db.session.commit()
    if days:
        say(ngettext("Agreed: in touch every day.", "Agreed: in touch every %(num)d days.", days))
    else:
        say(_("As often as usual again."))
    return go(url_for("candidates.page", candidate_id=candidate_id))


def _page(row: Candidate, state: ContactState, form: RhythmForm, status: int = 200) -> Response:
    html = render_template(
        "candidates/rhythm.html",
        candidate=row,
        form=form,
        usual=words.every(usual(row.stage, state.application_state)),
        rest_days=state.rest_days,
        name=given_name(row),
    )
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where the page is and its form goes."""
    bp.get("/<int:candidate_id>/rhythm")(rhythm)
    bp.post("/<int:candidate_id>/rhythm")(save_rhythm)
