"""What one promised and the house promised for one: everything that is open, and taking a promise back."""

from datetime import datetime
from itertools import groupby

from flask import Blueprint, Response, abort, render_template, request, url_for

from app import clock
from app.blueprints.today.showing import words
from app.db import db, write
from app.domain.actions import promise, promised
from app.domain.actions.promise import Promise
from app.domain.agency.agency import the_zone
from app.domain.candidates.candidate import visible_to
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say


@auth.signed_in
def promises() -> str:
    """Everything that is open, day by day."""
    now, zone = clock.now(), the_zone()
    rows = promised.all_of(auth.person())
    days = groupby(rows, key=lambda one: clock.local_day(one.due_at, zone))
    grouped = [(day, list(each)) for day, each in days]
    return render_template("today/promises.html", days=grouped, today=clock.local_day(now, zone), now=now, words=words)


@auth.signed_in
def withdraw_promise(promise_id: int) -> Response:
    """It is not expected any more; it can be taken back."""
    person, now = auth.person(), clock.now()
    write()
    row = found(promise.withdraw(person, promise_id, now))
    db.session.commit()
    undo = url_for("today.restore_promise", promise_id=promise_id, at=now.isoformat(), next=_next())
    say(_("The promise to %(name)s is withdrawn.", name=_name(row)), undo)
    return go(_next())


@auth.signed_in
def restore_promise(promise_id: int) -> Response:
    """It is expected after all."""
    write()
    row = found(promise.restore(auth.person(), promise_id, _moment()))
    db.session.commit()
    say(_("The promise to %(name)s stands again.", name=_name(row)))
    return go(_next())


def _moment() -> datetime:
    try:
        return clock.parse(request.args.get("at", ""))
    except ValueError:
        abort(404)


def _next() -> str:
    return auth.local(request.values.get("next"), url_for("today.promises"))


def _name(row: Promise) -> str:
    candidate = visible_to(auth.person(), row.candidate_id)
    return words.given_name(candidate) if candidate else ""


def add_to(bp: Blueprint) -> None:
    """Where they are."""
    bp.get("/promises")(promises)
    bp.post("/promises/<int:promise_id>/withdrawal")(withdraw_promise)
    bp.post("/promises/<int:promise_id>/restoration")(restore_promise)
    bp.app_context_processor(lambda: {"promised_to": promised.of_candidate})
