"""Objections to a provisional result and their answers; routes.py says at which addresses."""

from flask import request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contests.forms import DecisionForm, DisputeForm
from app.blueprints.contests.showing import asked_for, show
from app.db import db, write
from app.domain.agency.person import Person, Role
from app.domain.game.competing import disputing
from app.domain.game.competing.disputing import Answered, NotNow
from app.domain.game.competing.result import Dispute
from app.domain.game.running import NotAllowed
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go


@auth.signed_in
def dispute(competition_id: int) -> Answer:
    """Say that the provisional result is wrong."""
    asked, form = asked_for(competition_id), DisputeForm(submitted())
    if not form.validate():
        return show(asked, dispute=form)
    write()
    try:
        disputing.object_to(asked.competition, asked.viewer, form.reason.data or "", clock.now())
    except (NotAllowed, NotNow):
        db.session.rollback()
        form.reason.errors = [_("Objecting is for who takes part, in the two days after the provisional result.")]
        return show(asked, dispute=form)
    db.session.commit()
    toast.say(_("Your objection is in. The result waits until it is answered."))
    return go(url_for("contests.page", competition_id=competition_id))


@auth.only(Role.SPONSOR, Role.ADMIN)
def decide(competition_id: int, dispute_id: int) -> Answer:
    """Answer an objection; when it was right the result is made anew."""
    asked, form = asked_for(competition_id), DecisionForm.of(dispute_id, submitted())
    row = found(db.session.get(Dispute, dispute_id))
    found(row.competition_id == competition_id or None)
    if not form.validate():
        return show(asked, decision=form)
    write()
    if not _answer(row, form, asked.viewer, upheld=request.form.get("decision") == "upheld"):
        return show(asked, decision=form)
    return go(url_for("contests.page", competition_id=competition_id))


def _answer(row: Dispute, form: DecisionForm, by: Person, *, upheld: bool) -> bool:
    """False: it was not taken, and why is said beside it."""
    try:
        disputing.decide(row, form.answer.data or "", upheld=upheld, by=by, now=clock.now())
    except (NotAllowed, Answered) as error:
        db.session.rollback()
        own = _("Somebody else must answer: it is yours, or you take part yourself.")
        before = _("Nothing of this was kept: it was answered meanwhile, or the competition was cancelled.")
        form.answer.errors = [own if isinstance(error, NotAllowed) else before]
        return False
    db.session.commit()
    toast.say(_("The result was made anew.") if upheld else _("The result stays as it is."))
    return True
