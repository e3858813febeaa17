"""A person's calendar for other programs: opened by a secret link, and the same answer as long as nothing changed."""

from flask import Blueprint, Response, current_app, make_response, request

from app import clock
from app.db import db, write
from app.domain.actions import calendar, calendar_feed
from app.domain.agency.person import Person
from app.language import in_language
from app.mail import public_url
from app.web.errors import found
from app.web.language import LANGUAGES
from app.words import calendar as words

PRIVATE = {
    "Content-Disposition": "inline; filename=fanfare.ics",
    "Cache-Control": "private, max-age=300",
    "X-Robots-Tag": "noindex, nofollow",
}


def feed(token: str) -> Response:
    """The calendar; a program that has it already is told so."""
    person = found(calendar_feed.holder(token))
    response = make_response(_content(person))
    if request.method == "GET" and not calendar_feed.is_noted(person, clock.now()):
        _note(person)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers.update(PRIVATE)
    response.add_etag()
    response.make_conditional(request)
    return response


def _content(person: Person) -> bytes:
    host = current_app.config["SETTINGS"].public_host
    with in_language(person.language if person.language in LANGUAGES else "nl"):
        return words.feed(calendar.diary_of(person, clock.now()), host, public_url("/"))


def _note(person: Person) -> None:
    """When it was fetched last, hourly at most, so that whoever made the link sees that it is used."""
    write()
    calendar_feed.note(person, clock.now())
    db.session.commit()


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.get("/cal/<token>.ics")(feed)
