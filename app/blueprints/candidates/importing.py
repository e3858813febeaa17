"""Bringing a file of candidates: choose it, say what its columns are, see what would happen, write it, undo it."""

from flask import Blueprint, Response, current_app, make_response, request, url_for

from app import clock
from app.blueprints.candidates import import_page
from app.blueprints.candidates.import_page import asked_for, only
from app.db import db, write
from app.domain.candidates import table_file
from app.domain.candidates.importing import candidate_import, trace
from app.domain.candidates.importing.candidate_import import AT_ONCE, State, Unclear
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.table_row import Unusable
from app.domain.custody import import_undo
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.importing import finish
from app.web.toast import say
from app.words import importing as words

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@only
def import_start() -> Response:
    """Choose a file, or go on with one that was brought before."""
    return import_page.start(200)


@only
def import_upload() -> Response:
    """Keep the file, when it can be read at all."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return import_page.start(422, _("Choose a file first."))
    try:
        brought = candidate_import.read(sent.read(), current_app.config["SETTINGS"].import_rows)
    except Unusable as unusable:
        return import_page.start(422, words.fault_sentence(unusable))
    write()
    row = candidate_import.receive(auth.person(), sent.filename, brought, clock.now())
    db.session.commit()
    return go(url_for("candidates.import_page", import_id=row.id))


@only
def import_show(import_id: int) -> Response:
    """Where an import is: columns, rehearsal, writing, done or undone."""
    row = asked_for(import_id)
    if row.state == State.COLUMNS or (row.state == State.REHEARSED and "columns" in request.args):
        return import_page.columns(row)
    return import_page.progress(row)


@only
def import_columns(import_id: int) -> Response:
    """Rehearse the import with these columns."""
    row = asked_for(import_id)
    chosen = [each if each in set(Column) else "" for each in request.form.getlist("column")]
    chosen = [*chosen, *[""] * len(row.header)][: len(row.header)]
    try:
        columns = candidate_import.checked_columns(chosen)
    except Unclear as unclear:
        return import_page.columns(row, chosen, words.unclear_sentence(unclear))
    write()
    candidate_import.rehearse(import_id, columns)
    db.session.commit()
    return _go_on(import_id, row.rows)


@only
def import_write(import_id: int) -> Response:
    """Write what was rehearsed, or go on after it stopped: a short one at once, a long one by the job."""
    row = asked_for(import_id)
    write()
    candidate_import.go_on(import_id)
    db.session.commit()
    return _go_on(import_id, row.rows)


@only
def import_undo_all(import_id: int) -> Response:
    """Take a whole import back."""
    row = asked_for(import_id)
    write()
    import_undo.begin(import_id, auth.person().id)
    db.session.commit()
    return _go_on(import_id, row.rows)


def _go_on(import_id: int, rows: int) -> Response:
    """To the page that tells how far it is."""
    if rows <= AT_ONCE:
        finish(import_id)
    return go(url_for("candidates.import_page", import_id=import_id))


@only
def import_refused(import_id: int, kind: str) -> Response:
    """The refused rows as they were brought, each with the reason, to be corrected and brought again."""
    row, kind = asked_for(import_id), found(kind if kind in TYPES else None)
    header = [*row.header, _("Reason")]
    refused = (import_page.with_reason(each, len(row.header)) for each in trace.refusals(row.id))
    if kind == "csv":
        content = table_file.compose(header, refused, row.separator or ";")
    else:
        content = table_file.write_workbook(header, refused)
    response = make_response(content)
    response.content_type = TYPES[kind]
    response.headers["Content-Disposition"] = f"attachment; filename=candidates-{row.id}.{kind}"
    return response


@only
def import_remove(import_id: int) -> Response:
    """Forget a file of which nothing was written."""
    row = asked_for(import_id)
    write()
    removed = candidate_import.remove(row)
    db.session.commit()
    say(_("The file is removed.") if removed else _("This import was written; undo it to take it back."))
    return go(url_for("candidates.import_start"))


def add_to(bp: Blueprint) -> None:
    """Where these pages are."""
    bp.get("/import")(import_start)
    bp.post("/import")(import_upload)
    bp.get("/import/<int:import_id>", endpoint="import_page")(import_show)
    bp.post("/import/<int:import_id>/columns")(import_columns)
    bp.post("/import/<int:import_id>/rows")(import_write)
    bp.post("/import/<int:import_id>/undo")(import_undo_all)
    bp.get("/import/<int:import_id>/refused.<kind>")(import_refused)
    bp.post("/import/<int:import_id>/removal")(import_remove)
