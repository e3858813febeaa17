"""The program: its page for everybody, and its settings for administrators."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.program import (
    boards,
    closures,
    follow_up,
    outside,
    phrases,
    rhythm,
    rules,
    score,
    score_publishing,
    screens,
    seasons,
    staff_data,
)
from app.blueprints.program.forms import AgencyForm, IdentityForm, KindForm
from app.blueprints.program.points import PointsPage, add_own
from app.db import db, write
from app.domain.agency import picture
from app.domain.agency.agency import Agency, arrange, the_agency
from app.domain.agency.person import EmailTaken, Role
from app.domain.program import action_kind, founding, program
from app.domain.program.founding import Council
from app.domain.program.program import Program, the_program
from app.domain.program.sponsor import sponsor_of
from app.language import gettext as _
from app.web import auth, sponsorship, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.web.program_forms import CouncilForm
from app.words.comparing import season_days, season_state
from app.words.program import block_sentence, kind_label

bp = Blueprint("program", __name__, url_prefix="/program")
bp.context_processor(
    lambda: {
        "kind_label": kind_label,
        "block_sentence": block_sentence,
        "season_days": season_days,
        "season_state": season_state,
    }
)


@bp.route("", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
def settings() -> str | Answer:
    present, _agency = _both()
    form = IdentityForm(submitted(), obj=present, present_hue=present.hue)
    if request.method == "GET" or not form.validate():
        return _page("program/settings.html", form)
    write()
    _describe(form, present)
    db.session.commit()
    return _saved("program.settings")


@bp.route("/sponsor", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
@auth.proved
def sponsor() -> str | Answer:
    present, agency = _both()
    form = sponsorship.form_of(present)
    if request.method == "GET" or not form.validate():
        return _page("program/sponsor.html", form, sponsor=sponsor_of(present))
    write()
    try:
        sponsorship.carry_out(form, present, agency, clock.now())
    except EmailTaken:
        db.session.rollback()
        form.sponsor_email.errors = [_("Somebody with this address is already here; choose them above.")]
        return _page("program/sponsor.html", form, sponsor=sponsor_of(present))
    db.session.commit()
    return _saved("program.sponsor")


@bp.route("/agency", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
def agency() -> str | Answer:
    _program, present = _both()
    form = AgencyForm(submitted(), obj=present)
    if request.method == "GET" or not form.validate():
        return _page("program/agency.html", form)
    write()
    arrange(present, **form.data)
    db.session.commit()
    return _saved("program.agency")


@bp.route("/works-council", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
def works_council() -> str | Answer:
    present, _agency = _both()
    consent = program.consent_of(present.id)
    form = CouncilForm(submitted(), council=_council(consent), council_reason=consent.reason if consent else "")
    if request.method == "GET" or not form.validate():
        return _page("program/works_council.html", form, consent=consent)
    write()
    founding.decide(
        present.id, Council(form.council.data), form.council_reason.data or "", auth.person().id, clock.now()
    )
    db.session.commit()
    return _saved("program.works_council")


@bp.route("/points", methods=["GET", "POST"])
@auth.only(Role.ADMIN)
def points() -> str | Answer:
    shown = PointsPage(*_both(), submitted())
    if request.method == "GET" or not shown.form.validate():
        return _points(shown)
    write()
    shown.change(auth.person().id, clock.now())
    db.session.commit()
    return _saved("program.points")


@bp.post("/kinds")
@auth.only(Role.ADMIN)
def add_kind() -> str | Answer:
    form = KindForm(submitted())
    present, agency = _both()
    if not form.validate():
        return _points(PointsPage(present, agency), form)
    write()
    add_own(form, present.id, auth.person().id, clock.now())
    db.session.commit()
    return _saved("program.points")


@bp.post("/kinds/<int:kind_id>/retirement")
@auth.only(Role.ADMIN)
def retire_kind(kind_id: int) -> Answer:
    kind = found(action_kind.own(_both()[0].id, kind_id))
    write()
    action_kind.retire(kind, clock.now())
    db.session.commit()
    toast.say(_("Retired; what it earned stays."), url_for("program.bring_kind_back", kind_id=kind_id))
    return go(url_for("program.points"))


@bp.post("/kinds/<int:kind_id>/return")
@auth.only(Role.ADMIN)
def bring_kind_back(kind_id: int) -> Answer:
    kind = found(action_kind.own(_both()[0].id, kind_id))
    write()
    action_kind.bring_back(kind)
    db.session.commit()
    return _saved("program.points")


def _both() -> tuple[Program, Agency]:
    return found(the_program()), found(the_agency())


def _council(consent: program.WorksCouncilConsent | None) -> Council:
    if consent is None:
        return Council.NOT_YET
    return Council.AGREED if consent.exists else Council.NONE


def _describe(form: IdentityForm, present: Program) -> None:
    program.describe(
        present,
        name=form.name.data or "",
        slogan=form.slogan.data or "",
        why=form.why.data or "",
        hue=form.hue.data,
    )
    if form.logo.content:
        present.logo_id = picture.store(form.logo.content, clock.now()).id
    elif form.remove_logo.data:
        present.logo_id = None


def _points(shown: PointsPage, new: KindForm | None = None) -> Answer:
    return _page("program/points.html", shown.form, page=shown, new=new or KindForm())


def _page(template: str, form: object, **facts: object) -> Answer:
    status = 200 if request.method == "GET" else 422
    return make_response(render_template(template, form=form, **facts), status)


def _saved(endpoint: str) -> Answer:
    toast.say(_("Saved."))
    return go(url_for(endpoint))


bp.add_url_rule("/closures", "closures", closures.page, methods=["GET", "POST"])
bp.add_url_rule("/leaderboard", "boards", boards.page, methods=["GET", "POST"])
bp.add_url_rule("/seasons/new", "new_season", seasons.new)
bp.add_url_rule("/seasons", "add_season", seasons.add, methods=["POST"])
bp.add_url_rule("/seasons/<int:season_id>", "edit_season", seasons.edit, methods=["GET", "POST"])
bp.add_url_rule("/seasons/<int:season_id>/withdrawal", "drop_season", seasons.drop, methods=["POST"])
bp.add_url_rule("/block", "follow_up", follow_up.page, methods=["GET", "POST"])
bp.add_url_rule("/score", "score", score.show)
bp.add_url_rule("/score/preview", "try_score", score.try_out, methods=["POST"])
bp.add_url_rule("/score/versions", "score_versions", score.history)
bp.add_url_rule("/score/versions", "publish_score", score_publishing.publish, methods=["POST"])
bp.add_url_rule("/score/giving-up", "give_up_score", score_publishing.give_up, methods=["POST"])
bp.add_url_rule("/rhythm", "rhythm", rhythm.show)
bp.add_url_rule("/rhythm", "save_rhythm", rhythm.save, methods=["POST"])
phrases.add_to(bp)
screens.add_to(bp)
rules.add_to(bp)
outside.add_to(bp)
staff_data.add_to(bp)
