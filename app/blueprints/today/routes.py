"""Today: who to contact next, logging what came of it from anywhere, and taking it back."""

from datetime import date
from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.today import contests, logging, notes, noting, promises, started, why
from app.blueprints.today.showing import EXPORTS, day_of, words
from app.db import db, write
from app.domain.actions import export, queue_log, recent
from app.domain.actions.contact import NotLoggable
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, Role
from app.domain.candidates import pool, table_file
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.scoring import contact_next
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, part, wants_part
from app.web.toast import say

bp = Blueprint("today", __name__)
LATELY = 4 * clock.WEEK
MOST_FOUND = 8


@bp.app_context_processor
def _parts() -> dict[str, object]:
    """What the parts of a candidate's page need that belong to this place."""
    return {
        "log_form_of": lambda candidate: logging.blank(candidate, "candidate"),
        "next_of": contact_next.why_of,
        "next_words": words,
        "new_key": lambda: uuid4().hex,
    }


@bp.get("/")
@auth.signed_in
def today() -> str | Answer:
    """Who to contact next; asked for as a part, the list with what stands beside it. A sponsor begins elsewhere."""
    person = auth.person()
    if person.role == Role.SPONSOR:
        return redirect(url_for("sponsor.page"), 303)
    template = "today/parts.html" if wants_part() else "today/page.html"
    day = day_of(person, clock.now())
    page = render_template(template, day=day, words=words, done=None)
    noting.note(day)
    return page


@bp.get("/log")
@auth.signed_in
def log_sheet() -> str:
    """Log for anybody from anywhere: search, then the outcome."""
    person = auth.person()
    chosen, text = _chosen(person), request.args.get("q", "")[:100].strip()
    rows = pool.found(person, text, MOST_FOUND)
    if chosen is None and "go" in request.args and (len(rows) == 1 or (rows and wants_part())):
        chosen = rows[0]
    if chosen:
        form = logging.blank(chosen, "sheet")
        return _sheet(form=form, candidate=chosen)
    since = clock.now().date() - LATELY
    lately = [] if text else recent.contacted_last(person, since)
    return _sheet(form=None, text=text, rows=rows or lately, searched=bool(text))


def _chosen(person: Person) -> Candidate | None:
    candidate_id = request.args.get("candidate", type=int)
    return found(visible_to(person, candidate_id)) if candidate_id else None


def _sheet(**facts: object) -> str:
    """The sheet as a page of its own, in the dialog, or only the names that were found."""
    if not wants_part():
        return render_template("today/log.html", words=words, **facts)
    template = "today/_found.html" if request.headers.get("HX-Target", "").endswith("#found") else "today/_sheet.html"
    return render_template(template, words=words, dialog=True, **facts)


@bp.post("/actions")
@auth.signed_in
def log() -> Response:
    """Log what came of a contact; only the outcome is needed."""
    form, person, now = logging.sent(), auth.person(), clock.now()
    candidate = found(visible_to(person, form.candidate.data or 0))
    if not form.validate():
        return logging.again(form, candidate)
    try:
        done = logging.carry_out(form, person, candidate, now)
    except NotLoggable as error:
        form.refuse(error)
        return logging.again(form, candidate)
    return logging.answer(form, candidate, done, now)


@bp.post("/actions/<int:action_id>/undo")
@auth.signed_in
def undo(action_id: int) -> Response:
    """Take one's own action back, within a day."""
    person = auth.person()
    write()
    found(queue_log.undo(person, action_id, clock.now()))
    db.session.commit()
    message = _("Undone: it counts no more.")
    if not wants_part():
        say(message)
        return go(logging.next_page())
    return part(
        render_template("today/undone.html", message=message), trigger={"announce": {"message": message}, "acted": {}}
    )


@bp.get("/actions.csv")
@auth.only(*EXPORTS)
def daily_csv() -> Response:
    """The actions of a day that one may see, for the agency's own system; today's when no day is asked for."""
    agency = found(the_agency())
    day = _day(request.args.get("day", "")) or clock.local_day(clock.now(), agency.zone)
    header, *rows = export.daily_csv(auth.person(), day, agency.zone)
    response = make_response(table_file.compose(header, rows, ";"))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="actions-{day.isoformat()}.csv"'
    return response


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


contests.add_to(bp)
notes.add_to(bp)
why.add_to(bp)
started.add_to(bp)
promises.add_to(bp)
