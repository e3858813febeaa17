"""Bringing a file of candidates: choose it, say what its columns are, see what would happen, write it."""

import time
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.candidates import table_file
from app.domain.candidates.importing import candidate_import
from app.domain.candidates.importing.candidate_import import CandidateImport, State, Unclear
from app.domain.candidates.importing.columns import Column, Guess, Sure, guess
from app.domain.candidates.table_file import Table, Unusable
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, wants_part
from app.web.language import zone_name
from app.web.toast import say
from app.words import importing as words

ROLES = (Role.LEAD, Role.ADMIN)
SAMPLES = 200
SHOWN = 3
SECONDS = 5.0
only = auth.only(*ROLES)


def _asked_for(import_id: int) -> CandidateImport:
    return found(candidate_import.for_person(auth.person(), import_id))


@only
def import_start() -> Response:
    """Choose a file, or go on with one that was brought before."""
    return _start(200)


def _start(status: int, error: str = "") -> Response:
    latest = candidate_import.latest(auth.person())
    return make_response(render_template("candidates/import.html", latest=latest, error=error, State=State), status)


@only
def import_upload() -> Response:
    """Keep the file, when it can be read at all."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return _start(422, _("Choose a file first."))
    content, settings = sent.read(), current_app.config["SETTINGS"]
    try:
        table = table_file.read(content, settings.import_rows)
    except Unusable as unusable:
        return _start(422, words.fault_sentence(unusable))
    write()
    row = candidate_import.receive(auth.person(), sent.filename, content, table, clock.now())
    db.session.commit()
    return go(url_for("candidates.import_page", import_id=row.id))


@only
def import_page(import_id: int) -> Response:
    """Where an import is: columns, rehearsal, writing or done."""
    row = _asked_for(import_id)
    if row.state == State.COLUMNS or (row.state == State.REHEARSED and "columns" in request.args):
        return _columns(row)
    return _progress(row)


def _columns(row: CandidateImport, chosen: list[str] | None = None, error: str = "") -> Response:
    table = candidate_import.table_of(row)
    samples = [each.cells for each in table.rows[:SAMPLES]]
    html = render_template(
        "candidates/import_columns.html",
        row=row,
        table=table,
        guesses=_guesses(row, table, samples, chosen),
        samples=[[cells[at] for cells in samples[:SHOWN] if at < len(cells)] for at in range(len(table.header))],
        options=[(str(column), words.column_label(column)) for column in Column],
        sure_label=words.sure_label,
        error=error,
    )
    return make_response(html, 422 if error else 200)


def _guesses(row: CandidateImport, table: Table, samples: list[list[str]], chosen: list[str] | None) -> list[Guess]:
    """What was chosen, else what was chosen for this layout before, else what the file looks like."""
    known = chosen or row.columns or [str(column) for column in candidate_import.remembered(row)]
    if len(known) == len(table.header):
        return [Guess(Column(each), Sure.CERTAIN) for each in known]
    return guess(table.header, samples)


@only
def import_columns(import_id: int) -> Response:
    """Rehearse the import with these columns."""
    row = _asked_for(import_id)
    chosen = [each if each in set(Column) else "" for each in request.form.getlist("column")]
    try:
        columns = candidate_import.checked_columns(chosen)
        rehearsal = candidate_import.rehearse(
            auth.person(), candidate_import.items_of(row, columns, ZoneInfo(zone_name()))
        )
    except Unclear as unclear:
        return _columns(row, chosen, words.unclear_sentence(unclear))
    write()
    candidate_import.settle(row.id, columns, rehearsal)
    db.session.commit()
    return go(url_for("candidates.import_page", import_id=row.id))


@only
def import_write(import_id: int) -> Response:
    """Write portions for some seconds, each in a transaction of its own; the page asks for the rest."""
    row = _asked_for(import_id)
    table, person, started = candidate_import.table_of(row), auth.person(), time.monotonic()
    while row.state in (State.REHEARSED, State.WRITING) and time.monotonic() - started < SECONDS:
        write()
        row = found(candidate_import.advance(row.id, person, table, ZoneInfo(zone_name()), clock.now()))
        db.session.commit()
    return _progress(row) if wants_part() else go(url_for("candidates.import_page", import_id=row.id))


def _progress(row: CandidateImport) -> Response:
    template = "candidates/_import.html" if wants_part() else "candidates/import_progress.html"
    refused = candidate_import.refusals(row)
    html = render_template(
        template, row=row, State=State, refused=refused[:20], sentence=words.refusal_sentence, more=len(refused) - 20
    )
    return make_response(html)


@only
def import_refused(import_id: int) -> Response:
    """The refused rows as they were brought, each with the reason, to be corrected and brought again."""
    row = _asked_for(import_id)
    table = candidate_import.table_of(row)
    lines = {each.line: each.cells for each in table.rows}
    refused = [[*lines[each.line], words.refusal_sentence(each)] for each in candidate_import.refusals(row)]
    response = make_response(table_file.write([*table.header, _("Reason")], refused, table.separator))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename=candidates-{row.id}.csv"
    return response


@only
def import_remove(import_id: int) -> Response:
    """Forget the file; whoever it brought stays."""
    row = _asked_for(import_id)
    write()
    candidate_import.remove(row)
    db.session.commit()
    say(_("The file is removed. The candidates that it brought stay."))
    return go(url_for("candidates.import_start"))


def add_to(bp: Blueprint) -> None:
    """Where these pages are."""
    bp.get("/import")(import_start)
    bp.post("/import")(import_upload)
    bp.get("/import/<int:import_id>")(import_page)
    bp.post("/import/<int:import_id>/columns")(import_columns)
    bp.post("/import/<int:import_id>/rows")(import_write)
    bp.get("/import/<int:import_id>/refused.csv")(import_refused)
    bp.post("/import/<int:import_id>/removal")(import_remove)
