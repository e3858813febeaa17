"""What is open to everybody: the logo, the colour, stopping a mail, candidates' own pages, what the program shows."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, render_template

from app import clock
from app.blueprints.public import (
    calendar,
    follow,
    log_link,
    outside,
    own_apply,
    own_choices,
    own_feedback,
    own_known,
    own_reach,
    own_times,
)
from app.db import db, write
from app.domain.agency import picture as pictures
from app.domain.notices import catalogue, preference
from app.domain.program import colour
from app.domain.program.program import the_program
from app.mail import choices_url, read_unsubscribe
from app.web import auth, form_guard
from app.web.errors import found
from app.words.mails import mail_name, what_stays

bp = Blueprint("public", __name__)
YEAR = "max-age=31536000, immutable"


@bp.get("/pictures/<int:picture_id>")
def picture(picture_id: int) -> Response:
    program = the_program()
    is_logo = program is not None and program.logo_id == picture_id
    if not is_logo and auth.person_or_none() is None:
        abort(404)
    kept = found(pictures.find(picture_id))
    response = make_response(kept.content)
    response.content_type = kept.content_type
    response.headers["Cache-Control"] = f"{'public' if is_logo else 'private'}, {YEAR}"
    return response


@bp.get("/brand/<int:hue>.css")
def brand(hue: int) -> Response:
    if hue not in range(360):
        abort(404)
    response = make_response(colour.stylesheet(hue))
    response.content_type = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = f"public, {YEAR}"
    return response


@bp.get("/unsubscribe/<token>")
def ask_unsubscribe(token: str) -> str:
    """Only asks: mail scanners open every link."""
    recipient, kind = found(read_unsubscribe(token))
    return _unsubscribe(recipient, kind, done=preference.refuses(recipient, catalogue.stopped_by(kind)))


@bp.post("/unsubscribe/<token>")
def unsubscribe(token: str) -> str:
    recipient, kind = found(read_unsubscribe(token))
    write()
    catalogue.stop(recipient, kind, clock.now())
    db.session.commit()
    return _unsubscribe(recipient, kind, done=True)


# Mail programs post here by one click (RFC 8058) and have no form of ours; the signed token is the proof.
form_guard.csrf.exempt(unsubscribe)


def _unsubscribe(recipient: str, kind: str, *, done: bool) -> str:
    choices = urlsplit(choices_url(recipient)).path
    facts = {"mail": mail_name(kind), "stays": what_stays(kind), "choices": choices, "done": done}
    return render_template("public/unsubscribe.html", **facts)


OWN = (log_link, own_reach, own_known, own_choices, own_feedback, own_apply, own_times)
for own_pages in (*OWN, calendar, follow, outside):
    own_pages.add_to(bp)
