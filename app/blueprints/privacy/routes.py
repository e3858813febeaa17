"""The place Privacy: what the nights did and will do, who asks to be forgotten, and the terms."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.privacy.forms import TermsForm
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Role
from app.domain.candidates import erasure_wish, privacy_terms, retention
from app.domain.custody import erasure, retention_run
from app.language import gettext as _
from app.web import auth, toast
from app.web.forms import submitted
from app.web.htmx import go
from app.words import privacy as words

bp = Blueprint("privacy", __name__, url_prefix="/privacy")
bp.context_processor(lambda: {"words": words})


@bp.get("")
@auth.only(Role.ADMIN)
def overview() -> str:
    """Who waits to be forgotten, whose end is near, and what the nights did."""
    now = clock.now()
    return render_template(
        "privacy/page.html",
        wishes=erasure_wish.waiting(),
        ending=retention.ending(now, request.args.get("page", 1, int)),
        counts=retention.counts(),
        nights=retention_run.latest(7),
        erasures=erasure.latest(),
    )


@bp.route("/terms", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
def terms() -> str | Answer:
    """How long what is kept, and the text of the consent."""
    form = TermsForm(submitted(), obj=privacy_terms.in_force())
    if request.method == "GET" or not form.validate():
        return _terms(form)
    write()
    privacy_terms.publish(form.terms, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    toast.say(_("Saved. The next night sets every end anew; nobody's end comes within three weeks unannounced."))
    return go(url_for("privacy.terms"))


def _terms(form: TermsForm) -> Answer:
    agency, present = the_agency(), privacy_terms.in_force()
    address_form = agency.address_form if agency else "je"
    page = render_template(
        "privacy/terms.html",
        form=form,
        house={each: words.house_text(present.pool_days, each, address_form) for each in ("nl", "en")},
        versions=privacy_terms.versions(10),
    )
    return make_response(page, 200 if request.method == "GET" else 422)
