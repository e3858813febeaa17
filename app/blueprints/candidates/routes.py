"""Candidates: finding them, adding one, everything about one, and bringing a file of them."""

from flask import Blueprint, Response, render_template, request, url_for

from app import clock
from app.blueprints.candidates import access, importing, preferences, reach, showing
from app.blueprints.candidates.forms import EditForm, NewForm, chosen, order_label, owned_label
from app.db import db, write
from app.domain.candidates import candidate as candidates
from app.domain.candidates import pool, registration
from app.domain.candidates.address import recognise
from app.domain.candidates.candidate import Candidate, ExternalIdTaken, Facts, Stage
from app.domain.candidates.pool import Order, Owned, Wanted
from app.domain.scoring import rules
from app.domain.scoring.engagement import score_at
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, part, wants_part
from app.web.toast import say
from app.words.candidates import stage_label, warmth_label

bp = Blueprint("candidates", __name__, url_prefix="/candidates")


@bp.get("")
@auth.signed_in
def index() -> str:
    """The pool, as the address asks for it."""
    wanted, now, live = _wanted(), clock.now(), rules.live()
    page = pool.listed(auth.person(), wanted, request.args.get("page", 1, int))
    return render_template(
        "candidates/_list.html" if wants_part() else "candidates/page.html",
        page=page,
        wanted=wanted,
        query=_query(wanted),
        glimpses=pool.glimpses([row.id for row in page.rows]),
        warmth=lambda tau: warmth_label(score_at(tau, now, live).shown),
        may_import=auth.person().role in importing.ROLES,
        **_choices(),
    )


def _choices() -> dict[str, object]:
    """What the filters offer, in the reader's words."""
    return {
        "stage_label": stage_label,
        "stages": {"": _("All stages")} | {str(stage): stage_label(stage) for stage in Stage},
        "owned": {str(owned): owned_label(owned) for owned in Owned},
        "orders": {str(order): order_label(order) for order in Order},
    }


def _wanted() -> Wanted:
    args = request.args
    stage = args.get("stage", "")
    return Wanted(
        text=args.get("q", "")[:100].strip(),
        stage=Stage(stage) if stage in set(Stage) else None,
        owned=chosen(Owned, args.get("owner", ""), Owned.ALL),
        order=chosen(Order, args.get("sort", ""), Order.NAME),
    )


def _query(wanted: Wanted) -> dict[str, str]:
    """What the address of a list holds; what is as usual stays out of it."""
    facts = {"q": wanted.text, "stage": wanted.stage or "", "owner": wanted.owned, "sort": wanted.order}
    return {name: str(value) for name, value in facts.items() if value and value not in (Owned.ALL, Order.NAME)}


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


@bp.get("/<int:candidate_id>/edit")
@auth.signed_in
def edit(candidate_id: int) -> str:
    """What we know of a candidate, to be corrected."""
    row = found(candidates.visible_to(auth.person(), candidate_id))
    form = EditForm(obj=row, data={"owner": str(row.owner_id or "")}).offer(candidates.possible_owners())
    return render_template("candidates/edit.html", form=form, candidate=row)


@bp.post("/<int:candidate_id>/edit")
@auth.signed_in
def change(candidate_id: int) -> Response:
    """Put what was typed in the place of what we knew."""
    row = found(candidates.visible_to(auth.person(), candidate_id))
    form = EditForm(request.form).offer(candidates.possible_owners())
    if form.validate() and _saved(form, row):
        say(_("Saved."))
        return go(url_for("candidates.page", candidate_id=candidate_id))
    return part(render_template("candidates/edit.html", form=form, candidate=row), status=422)


def _saved(form: EditForm, row: Candidate) -> bool:
    """Whether it could be saved; if not, the form says why."""
    write()
    try:
        candidates.change(row, form.facts(row), clock.now())
    except ExternalIdTaken:
        db.session.rollback()
        form.external_id.errors = [_("Another candidate has this number.")]
        return False
    db.session.commit()
    return True


showing.add_to(bp)
reach.add_to(bp)
preferences.add_to(bp)
importing.add_to(bp)
access.add_to(bp)
