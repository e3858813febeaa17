"""Choosing what one is told, how and when: signed in, or by the link at the foot of every mail."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.notices.forms import ChoicesForm, filled_with, name
from app.db import db, write
from app.domain.actions import alert_topic
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.notices import catalogue, chat_owner, delivery_times, preference
from app.domain.notices.preference import Choice, Way
from app.domain.notices.recipient import name_person, person_in
from app.domain.program import absence
from app.language import current, in_language
from app.language import gettext as _
from app.mail import read_choices
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.words import notice_kinds as words


class Asked(NamedTuple):
    """Whose choices they are, and where they are sent."""

    person: Person
    url: str
    template: str

    @property
    def recipient(self) -> str:
        return name_person(self.person.id)


@auth.signed_in
def preferences() -> Response:
    return _shown(_own())


@auth.signed_in
def save_preferences() -> Answer:
    return _save(_own())


def choices(token: str) -> Response:
    asked = _by_link(token)
    with in_language(asked.person.language or current()):
        return _shown(asked)


def save_choices(token: str) -> Answer:
    asked = _by_link(token)
    with in_language(asked.person.language or current()):
        return _save(asked)


def _own() -> Asked:
    return Asked(auth.person(), url_for("notices.preferences"), "notices/preferences.html")


def _by_link(token: str) -> Asked:
    """The link is as good as its mail: it shows what can be chosen, and nothing else of whose it is."""
    person = found(db.session.get(Person, found(person_in(found(read_choices(token))))))
    return Asked(found(person if person.is_active else None), request.path, "notices/choices.html")


def _save(asked: Asked) -> Answer:
    offered = _offered(asked.person)
    form = ChoicesForm(offered, _today(), formdata=request.form)
    if not form.validate():
        return _shown(asked, form, 422)
    write()
    preference.choose_all(asked.recipient, *alert_topic.with_all(offered, form.wanted(offered)), clock.now())
    delivery_times.choose(asked.recipient, form.times, clock.now())
    db.session.commit()
    toast.say(_("Saved."))
    return go(asked.url)


def _shown(asked: Asked, form: ChoicesForm | None = None, status: int = 200) -> Response:
    offered, today = _offered(asked.person), _today()
    form = form or filled_with(offered, _wanted(asked.recipient, offered), delivery_times.of(asked.recipient), today)
    ways = [way for way in Way if any(each.way == way for each in offered)]
    groups = [(group.title, _rows(group.kinds, offered, ways)) for group in words.groups()]
    off = absence.standing_of(asked.person.id, today) if auth.person_or_none() else ()
    page = {"form": form, "ways": ways, "groups": [each for each in groups if each[1]], "url": asked.url, "off": off}
    return make_response(render_template(asked.template, words=words, **page), status)


def _rows(kinds: Sequence[str], offered: Sequence[Choice], ways: Sequence[Way]) -> list[tuple[words.Kind, list[str]]]:
    """A kind, and for every way how its box is sent; empty where it does not come that way."""
    boxes = {each: name(each) for each in offered}
    rows = [(words.kind(kind), [boxes.get(Choice(kind, way), "") for way in ways]) for kind in kinds]
    return [row for row in rows if any(row[1])]


def _offered(person: Person) -> list[Choice]:
    """A chat is only a way for whoever has one."""
    chats = chat_owner.has_own(person.id)
    return [each for each in catalogue.choices_of(person.role) if chats or each.way != Way.CHAT]


def _wanted(recipient: str, offered: Sequence[Choice]) -> list[Choice]:
    refused = alert_topic.refusals(recipient)
    return [each for each in offered if each not in refused]


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/preferences")(preferences)
    bp.post("/preferences")(save_preferences)
    bp.get("/choices/<token>")(choices)
    bp.post("/choices/<token>")(save_choices)
