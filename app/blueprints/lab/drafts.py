"""Drafts: made from the rules that hold, changed, thrown away, and accepted as a new version."""

from zoneinfo import ZoneInfo

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.lab.forms import Drafted, NameForm, NewForm, NoteForm, PeriodForm, drafted
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.lab import draft, points_draft, run, score_draft
from app.domain.lab.draft import SCORE, SUBJECTS, LabDraft, Outdated, Rules
from app.domain.program.program import Program, the_program
from app.domain.scoring.publication import AlreadyBuilding, NothingChanged, TooStrong
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.web.language import zone_name
from app.words import score_rules
from app.words.score import kind_label

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
REFUSALS = (AlreadyBuilding, NothingChanged, Outdated, TooStrong, points_draft.NothingChanged)


@allowed
def new(subject: str) -> Answer:
    """A draft of the rules that hold, with another name; sent again, the form changes the draft that it made."""
    if subject not in SUBJECTS:
        abort(404)
    name, rules = NewForm(submitted()), drafted(subject, _program(), None, submitted())
    if request.method == "GET" or not _valid(name, rules):
        return _page(None, subject, name, rules)
    write()
    row = _made(subject, name, rules.rules())
    db.session.commit()
    return go(url_for("lab.edit", draft_id=row.id))


def _made(subject: str, form: NewForm, rules: Rules) -> LabDraft:
    name, by_id, now = form.name.data or "", auth.person().id, clock.now()
    row = draft.make(subject, name, rules, by_id, now, key=form.uuid)
    if mine := draft.held(row.id):
        draft.change(mine, name, rules, by_id, now)
    return row


@allowed
def edit(draft_id: int) -> Answer:
    row = found(db.session.get(LabDraft, draft_id))
    name, rules = NameForm(submitted(), name=row.name), drafted(row.subject, _program(), row.rules, submitted())
    if request.method == "GET" or not row.is_open or not _valid(name, rules):
        return _page(row, row.subject, name, rules)
    write()
    draft.change(found(draft.held(draft_id)), name.name.data or "", rules.rules(), auth.person().id, clock.now())
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("lab.edit", draft_id=draft_id))


@allowed
def discard(draft_id: int) -> Answer:
    found(db.session.get(LabDraft, draft_id))
    write()
    row = draft.held(draft_id)
    if row is None:
        return _too_late(draft_id)
    draft.discard(row, auth.person().id, clock.now())
    db.session.commit()
    toast.say(_("Thrown away; what was tried with it stays."))
    return go(url_for("lab.page"))


@allowed
def publish(draft_id: int) -> Answer:
    """Accept a draft: it becomes a version, by the way that versions always come to be."""
    row, form = found(db.session.get(LabDraft, draft_id)), NoteForm(submitted())
    if not form.validate():
        return _again(row, form)
    if (mine := _held(draft_id)) is None:
        return _too_late(draft_id)
    try:
        _publish(mine, form.note.data or "")
    except REFUSALS as refused:
        db.session.rollback()
        return _again(row, form, refused)
    db.session.commit()
    toast.say(_("It is a version now."))
    return go(url_for("lab.page"))


def _held(draft_id: int) -> LabDraft | None:
    """Kept from others until it is decided; None: it was decided before."""
    write()
    return draft.held(draft_id)


def _too_late(draft_id: int) -> Answer:
    """Somebody else accepted it, or threw it away: its page says which."""
    db.session.rollback()
    toast.say(_("Somebody else was first: nothing was done again."))
    return go(url_for("lab.edit", draft_id=draft_id))


def _again(row: LabDraft, note: NoteForm, refused: Exception | None = None) -> Answer:
    rules = drafted(row.subject, _program(), row.rules, None)
    return _page(row, row.subject, NameForm(name=row.name), rules, note=note, refused=refused, status=422)


def _publish(row: LabDraft, note: str) -> None:
    by_id, now = auth.person().id, clock.now()
    if row.subject == SCORE:
        score_draft.publish(row, note=note, by_id=by_id, now=now)
    else:
        points_draft.publish(row, _program(), ZoneInfo(zone_name()), note=note, by_id=by_id, now=now)


def _refusal(refused: Exception) -> str:
    if isinstance(refused, AlreadyBuilding):
        return _("A version is being counted already. Wait until it is ready, or stop it.")
    if isinstance(refused, TooStrong):
        return score_rules.too_strong(refused.kind)
    if isinstance(refused, Outdated):
        return _(
            "Other rules came to hold after this draft was last saved. Look below at what it would change now, and save"
            " it again; then you can accept it."
        )
    return _("Nothing was changed: these are the rules that count now.")


def _program() -> Program:
    return found(the_program())


def _valid(name: NameForm, rules: Drafted) -> bool:
    """Both are looked at, so that everything that is wrong is said at once."""
    return bool(name.validate()) & bool(rules.form.validate())


def _page(
    row: LabDraft | None,
    subject: str,
    name: NameForm,
    rules: Drafted,
    *,
    note: NoteForm | None = None,
    refused: Exception | None = None,
    status: int | None = None,
) -> Answer:
    today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
    html = render_template(
        "lab/draft.html",
        draft=row,
        subject=subject,
        name=name,
        form=rules.form,
        rows=rules.rows,
        runs=run.newest(row.id) if row else (),
        period=PeriodForm(None, _program().id, today),
        note=note or NoteForm(),
        refused=_refusal(refused) if refused else "",
        kind_label=kind_label,
    )
    return make_response(html, status or (422 if request.method == "POST" else 200))


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/drafts/new/<subject>", "new", new, methods=["GET", "POST"])
    bp.add_url_rule("/drafts/<int:draft_id>", "edit", edit, methods=["GET", "POST"])
    bp.add_url_rule("/drafts/<int:draft_id>/discarding", "discard", discard, methods=["POST"])
    bp.add_url_rule("/drafts/<int:draft_id>/publication", "publish", publish, methods=["POST"])
