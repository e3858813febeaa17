"""Chats: one's own, and those of a team or of all for whoever looks after them. No address is ever shown again."""

from flask import Blueprint, Response, current_app, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.notices.chat_form import ALL, OWN, ChatForm
from app.db import db, write
from app.domain.agency import team
from app.domain.agency.person import Person, Role
from app.domain.notices import chat_address, chat_owner, chat_target, chat_trial
from app.domain.notices.chat_target import ChatTarget, TooMany
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import chats as words


@auth.signed_in
def page() -> Response:
    return _page(ChatForm(chosen=_chosen(auth.person())))


@auth.signed_in
def add() -> Answer:
    form = ChatForm(submitted(), chosen=_chosen(auth.person()))
    if not form.validate():
        return _page(form, 422)
    write()
    try:
        _added(form)
    except TooMany:
        db.session.rollback()
        form.label.errors = [_("You have five chats already. Remove one first.")]
        return _page(form, 422)
    return _done(_("The chat is there. Send a test to see whether it arrives."))


def _added(form: ChatForm) -> ChatTarget:
    return chat_target.add(
        auth.person(),
        form.label.data or "",
        chat_address.read(form.address.data or ""),
        clock.now(),
        own=form.whose.data == OWN,
        team_id=form.team_id,
    )


@auth.signed_in
def test(target_id: int) -> Answer:
    """It goes out with the next run; the page does not wait for a network."""
    target = _mine(target_id)
    write()
    planned = chat_trial.plan(target, clock.now(), current_app.config["SETTINGS"].public_host)
    return _done(_("The test is on its way.") if planned else _("A test of this minute is on its way already."))


@auth.signed_in
def pause(target_id: int) -> Answer:
    target = _mine(target_id)
    write()
    chat_target.pause(target, clock.now())
    return _done(_("Nothing goes there until you resume it."))


@auth.signed_in
def resume(target_id: int) -> Answer:
    target = _mine(target_id)
    write()
    chat_target.resume(target)
    return _done(_("It is told there again."))


@auth.signed_in
def remove(target_id: int) -> Answer:
    target = _mine(target_id)
    write()
    chat_target.remove(target)
    return _done(_("The chat is removed, and its address forgotten."))


def _done(sentence: str) -> Answer:
    db.session.commit()
    toast.say(sentence)
    return go(url_for("notices.chats"))


def _mine(target_id: int) -> ChatTarget:
    return found(chat_owner.of(auth.person(), target_id))


def _chosen(person: Person) -> dict[str, str]:
    """For whom somebody may add a chat."""
    own = {OWN: _("only for you")}
    if person.role == Role.ADMIN:
        return own | {ALL: _("the whole agency")} | _teams()
    if person.role == Role.LEAD and person.team_id is not None:
        return own | {each: name for each, name in _teams().items() if each == str(person.team_id)}
    return own


def _teams() -> dict[str, str]:
    return {
        str(each.team.id): _("the team %(team)s", team=each.team.name) for of in team.teams().values() for each in of
    }


def _page(form: ChatForm, status: int = 200) -> Response:
    person = auth.person()
    own, shared = chat_owner.own_of(person.id), chat_owner.run_by(person)
    groups = [(_("Yours"), own), (_("Of teams and of everybody"), shared)]
    return make_response(
        render_template(
            "notices/chats.html",
            form=form,
            groups=[each for each in groups if each[1]],
            names=_chosen(person),
            coming=chat_trial.on_their_way([*own, *shared]),
            masked=chat_address.masked,
            words=words,
        ),
        status,
    )


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/chats", endpoint="chats")(page)
    bp.post("/chats", endpoint="add_chat")(add)
    bp.post("/chats/<int:target_id>/test", endpoint="test_chat")(test)
    bp.post("/chats/<int:target_id>/pause", endpoint="pause_chat")(pause)
    bp.post("/chats/<int:target_id>/resumption", endpoint="resume_chat")(resume)
    bp.post("/chats/<int:target_id>/removal", endpoint="remove_chat")(remove)
