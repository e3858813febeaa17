"""Logging a contact by the link in a mail: signed out too, and by a button, because mail scanners open every link."""

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.public.own import PRIVATE
from app.db import db, write
from app.domain.actions import action, bonus, log_link, verification
from app.domain.actions.contact import NotLoggable
from app.domain.actions.log_link import Opened
from app.domain.actions.outcome import KEYS, Outcome
from app.domain.agency.agency import the_agency
from app.language import gettext as _
from app.language import in_language
from app.web.htmx import go
from app.web.toast import say
from app.words import actions, reasons


def how_it_went(token: str) -> Response:
    """Asks what came of the contact, or says what was logged."""
    return _page(log_link.opened(token, clock.now()), token)


def log_from_mail(token: str) -> Response:
    """Log the outcome of the button that was pressed; pressed once more it is the same."""
    outcome = _outcome()
    if outcome is None:
        return _page(log_link.opened(token, clock.now()), token, _("Choose what came of it."))
    write()
    try:
        found = log_link.log(token, outcome, clock.now())
    except NotLoggable:
        db.session.rollback()
        return _page(log_link.opened(token, clock.now()), token, _("This cannot be logged."))
    db.session.commit()
    return go(url_for("public.how_it_went", token=token)) if found else _page(None, token)


def undo_from_mail(token: str) -> Response:
    """Take back what was logged by this link."""
    write()
    if log_link.undo(token, clock.now()):
        say(_("Undone: it counts no more."))
    db.session.commit()
    return go(url_for("public.how_it_went", token=token))


def _outcome() -> Outcome | None:
    sent = request.form.get("outcome", "")
    return Outcome(sent) if sent in KEYS.values() else None


def _page(found: Opened | None, token: str, error: str = "") -> Response:
    with in_language(_language(found)):
        facts = {"found": found, "token": token, "error": error} | (_told(found) if found else {})
        html = render_template("public/log_link.html", **facts)
    response = make_response(html, 404 if found is None else 422 if error else 200)
    response.headers.update(PRIVATE)
    return response


def _language(found: Opened | None) -> str:
    agency = the_agency()
    return (found.person.language if found else None) or (agency.language if agency else "nl")


def _told(found: Opened) -> dict[str, object]:
    name = reasons.given_name(found.candidate)
    if found.logged is None:
        return {"name": name, "outcomes": actions.keyed_outcomes()}
    points, reason, action_id = found.logged.points, found.logged.award_reason, found.logged.id
    more, owing = bonus.of_action(action_id), verification.owing(action_id)
    sentence = actions.logged_sentence(name, points, reason, more, owing)
    undoable = action.may_undo(found.person, found.logged, clock.now())
    outcome = actions.outcome_label(found.logged.outcome)
    return {"name": name, "outcome": outcome, "sentence": sentence, "undoable": undoable}


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.get("/done/<token>")(how_it_went)
    bp.post("/done/<token>")(log_from_mail)
    bp.post("/done/<token>/undo")(undo_from_mail)
