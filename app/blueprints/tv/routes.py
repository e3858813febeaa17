"""A screen on the wall: open to whoever has its link, and nothing but what everybody may see."""

from flask import Blueprint, Response, make_response, render_template, request

from app import clock
from app.blueprints.tv.contest import running_on, tag_of
from app.blueprints.tv.view import risen, wall_of
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.game import screen
from app.domain.game.screen import Screen
from app.domain.program.program import the_program
from app.language import current, in_language
from app.web.errors import found
from app.web.htmx import wants_part
from app.words import feed, wall

bp = Blueprint("tv", __name__, url_prefix="/tv")
TAG = "HX-PTag"


@bp.get("/<token>")
def show(token: str) -> Response:
    """The whole screen, or what is on it; asked every five seconds, and answered when something changed."""
    row, agency = screen.opened_by(token), the_agency()
    with in_language(agency.language if agency else current()):
        return make_response(render_template("tv/off.html"), 404) if row is None else _shown(row, token)


def _shown(row: Screen, token: str) -> Response:
    program, now = found(the_program()), clock.now()
    shown = wall_of(row, program, now)
    if wants_part() and request.headers.get(TAG) == shown.tag:
        return Response(status=304)
    facts = {"wall": shown, "risen": risen(row, program, shown, now), "screen": row, "token": token}
    template = "tv/_wall.html" if wants_part() else "tv/page.html"
    page = make_response(render_template(template, words=wall, feed=feed, now=now, **facts))
    page.headers[TAG] = shown.tag
    return page


@bp.get("/<token>/contest")
def contest(token: str) -> Response:
    """The competition that runs, which the screen asks for by itself: all that is counted for it is its own."""
    row, agency = found(screen.opened_by(token)), the_agency()
    with in_language(agency.language if agency else current()):
        shown = running_on(row, found(the_program()), clock.now())
        if wants_part() and request.headers.get(TAG) == tag_of(shown):
            return Response(status=304)
        template = "tv/_contest.html" if wants_part() else "tv/contest.html"
        page = make_response(render_template(template, contest=shown, tag=tag_of(shown), token=token))
    page.headers[TAG] = tag_of(shown)
    return page


@bp.post("/<token>/seen")
def seen(token: str) -> Response:
    """It is on; the people who run the program see when that was."""
    row, now = found(screen.opened_by(token)), clock.now()
    if not row.was_seen_by(now):
        write()
        screen.seen(row, now)
        db.session.commit()
    return Response(status=204)
