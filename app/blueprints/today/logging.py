"""Logs what the form says, and answers with the part of the page on which it stands."""

from datetime import datetime
from typing import NamedTuple

from flask import Response, render_template, request, url_for

from app import clock
from app.blueprints.today.forms import ActionForm
from app.blueprints.today.showing import day_of, words
from app.db import db, write
from app.domain.actions import action
from app.domain.actions.contact import NotLoggable
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.candidates import sensitive
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Channel
from app.domain.program.kind_rule import KindRule, offered
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth
from app.web.filters import hour, long_day
from app.web.htmx import go, part, wants_part
from app.web.toast import say
from app.words.actions import logged_sentence, promised_sentence
from app.words.reach import warning
from app.words.reasons import given_name
from app.words.rules import chapter_of

SHEET = "#sheet-content"
CLOSE: dict[str, object] = {"sheet:close": {}, "acted": {}}


class Done(NamedTuple):
    """What was logged, in words, where it is undone, and where a note is changed that says too much."""

    message: str
    undo_url: str
    link: dict[str, str] | None = None


def blank(candidate: Candidate, view: str) -> ActionForm:
    """A new form for a candidate; only the sheet offers the kinds that have no outcome of their own.

    What only team members do stands before everything else wherever they log.
    """
    form, kinds = ActionForm(data={"candidate": candidate.id, "view": view}), _kinds()
    return form.offer(kinds if view == "sheet" else (), [kind for kind in kinds if kind.for_members])


def sent() -> ActionForm:
    """The form as it was sent; one button says that something else was done and what."""
    facts, kinds = request.form.copy(), _kinds()
    if own := facts.get("own"):
        facts["outcome"], facts["kind"] = Outcome.DONE, own
    return ActionForm(facts).offer(kinds, [kind for kind in kinds if kind.for_members])


def _kinds() -> list[KindRule]:
    program = the_program()
    today = clock.local_day(clock.now(), the_zone())
    return offered(program.id, today, auth.person().role) if program else []


def carry_out(form: ActionForm, person: Person, candidate: Candidate, now: datetime) -> Done:
    """Log the action and commit.

    Raises:
        NotLoggable: its subclass says why; nothing was written.
    """
    promise_at = form.promise_at(now, the_zone())
    outcome = Outcome(form.outcome.data)
    write(person, candidate, the_agency(), the_program())
    try:
        logged = action.log(
            person,
            candidate,
            outcome,
            at=now,
            now=now,
            kind=form.kind.data if outcome == Outcome.DONE else None,
            channel=Channel(form.channel.data) if form.channel.data else None,
            note=form.note.data or "",
            promise_at=promise_at,
            promise_channel=form.agreed_channel,
            key=form.uuid,
        )
    except NotLoggable:
        db.session.rollback()
        raise
    db.session.commit()
    name, season = given_name(candidate), logged.too_late_for
    message = logged_sentence(name, logged.points, logged.reason, logged.bonuses, logged.owing, season=season)
    if promise_at:
        message += " " + promised_sentence(long_day(promise_at), hour(promise_at))
    link = _why(logged.reason) if logged.reason else None
    if told := sensitive.found(form.note.data or ""):
        message += " " + warning(told)
        link = {"href": url_for("today.edit_note", action_id=logged.action_id), "label": _("Change the note")}
    return Done(message, url_for("today.undo", action_id=logged.action_id, next=next_page()), link)


def _why(reason: str) -> dict[str, str]:
    """The rule by which it was worth less."""
    return {"href": url_for("program.about", _anchor=chapter_of(reason)), "label": _("Why?")}


def next_page() -> str:
    """Where a browser without JavaScript goes on."""
    return auth.local(request.values.get("next"), url_for("today.today"))


def answer(form: ActionForm, candidate: Candidate, done: Done, now: datetime) -> Response:
    """The part on which the form stands, as it is now, and the message with its undo."""
    if not wants_part():
        say(done.message, done.undo_url, link=done.link)
        return go(next_page())
    person, view = auth.person(), form.view.data
    events: dict[str, object] = {"announce": {"message": done.message}}
    if view == "today":
        return part(
            render_template("today/parts.html", day=day_of(person, now), words=words, done=done), trigger=events
        )
    if view == "started":
        html = render_template("today/begun.html", words=words, done=done)
        return part(html, trigger=events | {"acted": {}})
    if view == "candidate":
        html = render_template("today/logged.html", person=person, candidate=candidate, now=now, done=done)
        return part(html, trigger=events)
    return part(render_template("today/logged.html", candidate=None, done=done), trigger=events | CLOSE)


def again(form: ActionForm, candidate: Candidate) -> Response:
    """The form with what is wrong in it, and everything that was typed."""
    form.renew(f"{form.view.data}-")
    facts = {"form": form, "candidate": candidate, "words": words}
    if not wants_part():
        return part(render_template("today/log.html", **facts), status=422)
    if form.view.data == "candidate":
        return part(render_template("candidates/_log.html", log_form=form, **facts), status=422)
    html = render_template("today/_sheet.html", dialog=True, **facts)
    return part(html, status=422, target=SHEET, swap="innerHTML")
