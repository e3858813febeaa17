"""How far a candidate's applications are, told by whoever knows: one step by one press, and undone by one."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.application_cards import STEPS, in_full
from app.blueprints.candidates.application_forms import ApplicationForm, PlacementForm, RejectionForm, placed_as
from app.blueprints.candidates.reach import asked_for, held
from app.db import db
from app.domain.actions import deciding, taking_back
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.journey import application
from app.domain.journey.application import Application, ApplicationState, Told
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.forms import Form
from app.web.htmx import go
from app.web.language import zone_name
from app.web.toast import say
from app.words import applications as words
from app.words.days import capital

Command = Callable[[Application, Person, datetime], object]


@auth.signed_in
def applications(candidate_id: int) -> Response:
    """Everything that somebody applied for."""
    return _shown(asked_for(candidate_id), ApplicationForm())


@auth.signed_in
def add_application(candidate_id: int) -> Response:
    """Somebody applied without the website."""
    row, form = asked_for(candidate_id), ApplicationForm(request.form)
    if not form.validate():
        return _shown(row, form, 422)
    them = held(row.id)
    one = deciding.begin(them, form.title.data or "", auth.person(), clock.now())
    db.session.commit()
    return _told(one, _("The application is there."))


@auth.signed_in
def move_application(candidate_id: int, application_id: int) -> Response:
    """In procedure, interviewed or withdrawn."""
    to = _step(request.form.get("state", ""))
    one = _act(candidate_id, application_id, lambda row, by, now: deciding.move(row, to, by, now))
    return _told(one, capital(words.state_label(to)))


@auth.signed_in
def rejection(candidate_id: int, application_id: int) -> Response:
    """What they were told, whether we may keep them in mind, and when they hear from us."""
    return _form(candidate_id, application_id, "rejection", RejectionForm().offer(_today()))


@auth.signed_in
def reject_application(candidate_id: int, application_id: int) -> Response:
    """They do not get it."""
    form = RejectionForm(request.form).offer(_today())
    if not form.validate():
        return _form(candidate_id, application_id, "rejection", form, 422)
    how = form.rejection
    one = _act(candidate_id, application_id, lambda row, by, now: deciding.reject(row, how, by, now))
    return _told(one, capital(words.state_label(one.state)))


@auth.signed_in
def placement(candidate_id: int, application_id: int) -> Response:
    """From when to when."""
    shown = found(application.one_of(asked_for(candidate_id).id, application_id))
    return _form(candidate_id, application_id, "placement", PlacementForm(data=placed_as(shown.row)).offer(_today()))


@auth.signed_in
def place_application(candidate_id: int, application_id: int) -> Response:
    """They get it, or the days change."""
    form = PlacementForm(request.form).offer(_today())
    if not form.validate() or form.starts_on.data is None:
        return _form(candidate_id, application_id, "placement", form, 422)
    start, end = form.starts_on.data, form.ends_on.data
    one = _act(candidate_id, application_id, lambda row, by, now: deciding.place(row, start, end, by, now))
    return _told(one, words.placement_sentence(start, end))


@auth.signed_in
def give_word(candidate_id: int, application_id: int) -> Response:
    """They heard from us about it."""
    one = _act(candidate_id, application_id, lambda row, _by, now: deciding.give_word(row, now))
    say(_("Noted: they have heard from us."), _url("take_word_back", one))
    return _back(one)


@auth.signed_in
def take_word_back(candidate_id: int, application_id: int) -> Response:
    """They did not."""
    one = _act(candidate_id, application_id, lambda row, _by, now: deciding.take_word_back(row, now))
    say(_("Undone."))
    return _back(one)


@auth.signed_in
def undo_application(candidate_id: int, application_id: int) -> Response:
    """Back to where it was."""
    one = _act(candidate_id, application_id, taking_back.undo)
    say(_("Undone."))
    return _back(one)


def _act(
    candidate_id: int, application_id: int, command: Callable[[Application, Person, datetime], object]
) -> Application:
    """Let a command change one application of a candidate whom this person may see, and commit."""
    them = held(candidate_id)
    row = found(application.one_of(them.id, application_id)).row
    command(row, auth.person(), clock.now())
    db.session.commit()
    return row


def _told(row: Application, sentence: str) -> Response:
    undoable = taking_back.undoable(row, auth.person(), clock.now())
    say(sentence, _url("undo_application", row) if undoable else None)
    return _back(row)


def _url(endpoint: str, row: Application) -> str:
    return url_for(f"candidates.{endpoint}", candidate_id=row.candidate_id, application_id=row.id)


def _back(row: Application) -> Response:
    return go(url_for("candidates.applications", candidate_id=row.candidate_id))


def _step(text: str) -> ApplicationState:
    return ApplicationState(found(text if text in STEPS else None))


def _shown(row: Candidate, form: ApplicationForm, status: int = 200) -> Response:
    now = clock.now()
    cards = in_full(row.id, auth.person(), now)
    html = render_template(
        "candidates/applications/page.html", candidate=row, cards=cards, form=form, words=words, now=now
    )
    return make_response(html, status)


def _form(candidate_id: int, application_id: int, name: str, form: Form, status: int = 200) -> Response:
    row = asked_for(candidate_id)
    told: Told = found(application.one_of(row.id, application_id))
    html = render_template(f"candidates/applications/{name}.html", candidate=row, told=told, form=form, words=words)
    return make_response(html, status)


def _today() -> date:
    return clock.local_day(clock.now(), ZoneInfo(zone_name()))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    here = "/<int:candidate_id>/applications"
    one = f"{here}/<int:application_id>"
    bp.get(here)(applications)
    bp.post(here)(add_application)
    bp.post(f"{one}/moves")(move_application)
    bp.get(f"{one}/rejection")(rejection)
    bp.post(f"{one}/rejection")(reject_application)
    bp.get(f"{one}/placement")(placement)
    bp.post(f"{one}/placement")(place_application)
    bp.post(f"{one}/word")(give_word)
    bp.post(f"{one}/word/taken-back")(take_word_back)
    bp.post(f"{one}/undo")(undo_application)
