"""Taking candidates along as a file: a list or a choice of them, at once or made by a job."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.candidates import exporting, pool, wanted
from app.domain.candidates.exporting import Format, State
from app.domain.candidates.wanted import Wanted
from app.domain.oversight import quiet
from app.language import current
from app.web import auditing, auth
from app.web.errors import found
from app.web.forms import ticked
from app.web.htmx import go, wants_part
from app.web.language import zone_name
from app.words.exporting import state_sentence, wording

ROLES = (Role.LEAD, Role.SPONSOR, Role.ADMIN)
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNDER_WAY = frozenset({State.WAITING, State.MAKING})
only = auth.only(*ROLES)


@only
@auth.proved
def export_start() -> Response:
    """How many candidates the list holds, as which file they come, and the files asked for before."""
    return _start(200)


def _start(status: int, *, nobody: bool = False) -> Response:
    question, person = _wanted(), auth.person()
    html = render_template(
        "candidates/export.html",
        count=pool.count(person, question),
        query=wanted.told(question),
        latest=exporting.latest(person),
        state_sentence=state_sentence,
        at_once=exporting.AT_ONCE,
        most=exporting.MOST,
        nobody=nobody,
    )
    return make_response(html, status)


@only
@auth.proved
def export_make() -> Response:
    """The file at once when it is small; else a page that tells how far it is."""
    person, ids, now = auth.person(), _ids(), clock.now()
    format_ = next((each for each in Format if each == request.form.get("format")), Format.XLSX)
    if not ids:
        return _start(422, nobody=True)
    auditing.tell(count=len(ids), format=format_)
    if len(ids) <= exporting.AT_ONCE:
        return _hand_over(ids, format_)
    write()
    row = exporting.ask(person, ids, format_, current(), now)
    db.session.commit()
    return go(url_for("candidates.export_page", export_id=row.id))


def _hand_over(ids: Sequence[int], format_: Format) -> Response:
    person, now = auth.person(), clock.now()
    content = exporting.file_of(person, ids, format_, wording(ZoneInfo(zone_name())), lambda _rows: None)
    write()
    exporting.handed(person, len(ids), format_, current(), now)
    db.session.commit()
    return _file(content, format_)


def _wanted() -> Wanted:
    return wanted.read(request.args.to_dict(flat=False), quiet.as_of(clock.now(), ZoneInfo(zone_name())))


def _ids() -> list[int]:
    """Everybody whom the address asks for, or the rows that were ticked; who may not be seen is left out later."""
    if "all" in request.form:
        return pool.ids(auth.person(), _wanted(), exporting.MOST)
    return ticked()[: exporting.MOST]


@only
def export_page(export_id: int) -> str:
    """How far a file is; once it is there, where it can be had and until when."""
    row = found(exporting.for_person(auth.person(), export_id))
    return render_template(
        "candidates/_export.html" if wants_part() else "candidates/export_progress.html",
        row=row,
        under_way=row.state in UNDER_WAY,
        ready=exporting.is_kept(row, clock.now()),
        sentence=state_sentence(row.state),
        until=row.finished_at + exporting.KEPT if row.finished_at else None,
    )


@only
@auth.proved
def export_file(export_id: int) -> Response:
    """The file, for whoever asked for it, while it is kept."""
    row = found(exporting.for_person(auth.person(), export_id))
    return _file(found(exporting.content_of(row, clock.now())), Format(row.format))


def _file(content: bytes, format_: Format) -> Response:
    response = make_response(content)
    response.content_type = TYPES[format_]
    today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
    response.headers["Content-Disposition"] = f"attachment; filename=candidates-{today}.{format_}"
    return response


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/exports")(export_start)
    bp.post("/exports")(export_make)
    bp.get("/exports/<int:export_id>")(export_page)
    bp.get("/exports/<int:export_id>/file")(export_file)
