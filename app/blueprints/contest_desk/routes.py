"""The desk of competitions: everything that whoever runs them does, from the first idea to the last prize."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contest_desk import desk, publishing, wizard
from app.blueprints.contest_desk.forms import AmendmentForm, CancelForm
from app.blueprints.contest_desk.wizard import a_draft, allowed, mine
from app.db import db, write
from app.domain.game.competing import amending, cancelling, draft, handing, life
from app.domain.game.competing.draft import NotADraft
from app.domain.game.competing.prize import PrizeAward
from app.domain.game.running import RUNS, NotAllowed
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, submitted
from app.web.htmx import go

bp = Blueprint("contest_desk", __name__, url_prefix="/contests")
bp.get("/desk")(desk.desk)
bp.route("/new", methods=["GET", "POST"])(wizard.new)
bp.route("/desk/<int:competition_id>/who", methods=["GET", "POST"])(wizard.who)
bp.route("/desk/<int:competition_id>/prizes", methods=["GET", "POST"])(wizard.prizes)
bp.route("/desk/<int:competition_id>/days", methods=["GET", "POST"])(wizard.days)
bp.get("/desk/<int:competition_id>")(publishing.preview)
bp.post("/desk/<int:competition_id>/dry-run")(publishing.dry_run)
bp.post("/desk/<int:competition_id>/publication")(publishing.publish)


@bp.post("/desk/<int:competition_id>/drop")
@allowed
def drop(competition_id: int) -> Answer:
    row = a_draft(competition_id)
    write()
    try:
        draft.drop(row)
    except NotADraft:
        db.session.rollback()
        toast.say(_("Somebody published or cancelled it meanwhile."), category="error")
        return go(url_for("contest_desk.desk"))
    db.session.commit()
    toast.say(_("The draft is gone."))
    return go(url_for("contest_desk.desk"))


@bp.route("/desk/<int:competition_id>/cancellation", methods=["GET", "POST"])
@allowed
def cancel(competition_id: int) -> Answer:
    row, form = mine(competition_id), CancelForm(submitted())
    found((row.published_at and (form.reason.raw_data or not (row.final_at or row.cancelled_at))) or None)
    if request.method == "GET" or not form.validate():
        return _form("contest_desk/cancel.html", form, competition=row)
    write()
    done = cancelling.cancel(row, form.reason.data or "", by=auth.person(), now=clock.now())
    db.session.commit()
    if not done:
        form.reason.errors = [_("Nothing was changed: it is final, or it was cancelled before.")]
        return _form("contest_desk/cancel.html", form, competition=row)
    toast.say(_("It is cancelled, and its money is available again."))
    return go(url_for("contest_desk.preview", competition_id=row.id))


@bp.route("/desk/<int:competition_id>/amendments", methods=["GET", "POST"])
@allowed
def amend(competition_id: int) -> Answer:
    row, form = mine(competition_id), AmendmentForm(submitted())
    found(row.published_at)
    if request.method == "GET" or not form.validate():
        return _form("contest_desk/amend.html", form, competition=row)
    write()
    amending.amend(row, form.text.data or "", by=auth.person(), now=clock.now())
    db.session.commit()
    toast.say(_("It stands beside the rules, for everybody to read."))
    return go(url_for("contest_desk.preview", competition_id=row.id))


@bp.post("/desk/<int:competition_id>/archive")
@allowed
def archive(competition_id: int) -> Answer:
    row = mine(competition_id)
    write()
    done = life.archive(row, clock.now())
    db.session.commit()
    toast.say(_("It is in the archive.") if done else _("Some prizes still have to be handed over."))
    return go(url_for("contest_desk.desk"))


@bp.post("/desk/prizes/<int:award_id>")
@auth.only(*RUNS)
def hand_over(award_id: int) -> Answer:
    award = found(db.session.get(PrizeAward, award_id))
    write()
    try:
        done = handing.hand_over(award, by=auth.person(), now=clock.now())
    except NotAllowed:
        db.session.rollback()
        toast.say(_("Somebody else hands you your own prize."), category="error")
        return go(url_for("contest_desk.desk"))
    db.session.commit()
    toast.say(_("Handed over.") if done else _("Somebody did that before you."))
    return go(url_for("contest_desk.desk"))


def _form(template: str, form: Form, **facts: object) -> Answer:
    status = 200 if request.method == "GET" else 422
    return make_response(render_template(template, form=form, **facts), status)
