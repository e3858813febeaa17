"""Bringing a file of touchpoints: choose it, see what would happen, take it in."""

import time
from zoneinfo import ZoneInfo

from flask import Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions import touchpoint_file
from app.domain.actions.touchpoint_file import COLUMNS, MissingColumns, TouchpointFile
from app.domain.agency.person import Role
from app.domain.candidates.table_file import Unusable
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.language import zone_name
from app.words.importing import fault_sentence
from app.words.intake import columns_sentence, problem_sentence

SECONDS = 5.0
only = auth.only(Role.ADMIN)


@only
def choose() -> Response:
    """Choose a file, or look at one that was brought before."""
    return _choose(200)


def _choose(status: int, error: str = "") -> Response:
    latest = touchpoint_file.latest()
    html = render_template("intake/file_choose.html", latest=latest, error=error, columns=COLUMNS)
    return make_response(html, status)


@only
def receive() -> Response:
    """Keep the file when it can be read, and show what taking it in would do."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return _choose(422, _("Choose a file first."))
    content, by_id, zone = sent.read(), auth.person().id, ZoneInfo(zone_name())
    write()
    try:
        row = touchpoint_file.receive(sent.filename, content, _most(), zone=zone, by_id=by_id, now=clock.now())
    except (Unusable, MissingColumns) as fault:
        return _refuse(fault)
    db.session.commit()
    return go(url_for("intake.file", file_id=row.id))


def _most() -> int:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.import_rows


def _refuse(fault: Unusable | MissingColumns) -> Response:
    db.session.rollback()
    return _choose(422, columns_sentence(fault.names) if isinstance(fault, MissingColumns) else fault_sentence(fault))


@only
def show(file_id: int) -> Response:
    """What taking the file in would do, or did."""
    return _show(found(touchpoint_file.one(file_id)))


def _show(row: TouchpointFile) -> Response:
    problems = [(problem.line, problem_sentence(problem)) for problem in touchpoint_file.problems_of(row)]
    return make_response(render_template("intake/file.html", file=row, problems=problems))


@only
def take_in(file_id: int) -> Response:
    """Take portions in for some seconds, each in a transaction of its own; the page offers to go on."""
    row = found(touchpoint_file.one(file_id))
    hits, started = touchpoint_file.good_rows(row, ZoneInfo(zone_name())), time.monotonic()
    unfinished = True
    while unfinished and time.monotonic() - started < SECONDS:
        write()
        unfinished = touchpoint_file.advance(file_id, hits, clock.now()) is not None
        db.session.commit()
    return go(url_for("intake.file", file_id=file_id))
