"""Contacts that were begun by opening a channel: told by the button itself, asked about on the way back."""

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from app import clock
from app.blueprints.today.showing import words
from app.db import db, write
from app.domain.actions import contact_start
from app.domain.actions.contact_start import Started
from app.domain.candidates.candidate import visible_to
from app.domain.candidates.identity import Channel
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, wants_part


@auth.signed_in
def begin_contact(candidate_id: int, channel: str) -> tuple[str, int]:
    """A channel was opened; sent along while the browser is already on its way there."""
    person, opened = auth.person(), _channel(channel)
    candidate = found(visible_to(person, candidate_id))
    write()
    contact_start.begin(person, candidate, opened, clock.now())
    db.session.commit()
    return "", 204


def _channel(name: str) -> Channel:
    try:
        return Channel(name)
    except ValueError:
        raise NotFound from None


@auth.signed_in
def started() -> str | Response:
    """What was begun and not told yet; a part of Today."""
    return _part() if wants_part() else go(url_for("today.today"))


@auth.signed_in
def drop_contact(candidate_id: int) -> str | Response:
    """Nothing came of it, so nothing is logged and nothing more is asked."""
    person = auth.person()
    candidate = found(visible_to(person, candidate_id))
    write()
    contact_start.settle(person.id, candidate.id, clock.now())
    db.session.commit()
    return _part() if wants_part() else go(url_for("today.today"))


def _part() -> str:
    return render_template("today/_started.html", words=words)


def open_now() -> list[Started]:
    """What the one who looks began and did not tell yet."""
    return list(contact_start.open_for(auth.person(), clock.now()))


def add_to(bp: Blueprint) -> None:
    """Where they are; templates ask `started_contacts()`."""
    bp.get("/started")(started)
    bp.post("/started/<int:candidate_id>/<channel>")(begin_contact)
    bp.post("/started/<int:candidate_id>/dropped")(drop_contact)
    bp.app_context_processor(lambda: {"started_contacts": open_now})
