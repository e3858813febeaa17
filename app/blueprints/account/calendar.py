"""One's own calendar link: made, shown once, renewed and ended."""

from flask import Blueprint, Response, make_response, render_template

from app import clock
from app.db import db, write
from app.domain.actions import calendar_feed
from app.language import gettext as _
from app.mail import public_url
from app.web import auth
from app.web.htmx import go
from app.web.toast import say


@auth.signed_in
def calendar() -> Response:
    """Whether there is a link, and when a program last used it."""
    return _shown()


@auth.signed_in
def make_calendar() -> Response:
    """A new link, shown this once; the one before it opens nothing any more."""
    write()
    token = calendar_feed.make(auth.person(), clock.now())
    db.session.commit()
    return _shown(public_url(f"/cal/{token}.ics"))


@auth.signed_in
def end_calendar() -> Response:
    """No link any more: calendars that had it stop being told."""
    write()
    calendar_feed.end(auth.person())
    db.session.commit()
    say(_("The calendar link works no more."))
    return go("/account/calendar")


def _shown(url: str = "") -> Response:
    feed, scheme = calendar_feed.feed_of(auth.person()), url.partition("://")[0]
    webcal = f"webcal{url.removeprefix(scheme)}" if url else ""
    return make_response(render_template("account/calendar.html", feed=feed, url=url, webcal=webcal))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/calendar")(calendar)
    bp.post("/calendar")(make_calendar)
    bp.post("/calendar/end")(end_calendar)
