"""The bell: what somebody was told, newest first, and how many of it they have not read.

Looking at the list reads nothing, because a page that is only asked for changes nothing. A notice is read when its
button is pressed, which leads on to where something is done about it, or with all others by one press.
"""

from itertools import groupby

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.notices import chats, choosing
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.language import gettext as _
from app.language import ngettext
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go, part, wants_part
from app.words import notices as words

bp = Blueprint("notices", __name__, url_prefix="/notices")
TAG, LONG = "HX-PTag", 9


@bp.get("")
@auth.signed_in
def index() -> str:
    """What there is, by day."""
    now, zone = clock.now(), the_zone()
    page = notice.of_page(_recipient(), request.args.get("page", 1, int))
    lines = words.lines(page.rows, auth.person(), now)
    days = [(day, list(of)) for day, of in groupby(lines, lambda line: clock.local_day(line.notice.at, zone))]
    return render_template("notices/page.html", page=page, days=days, now=now, today=clock.local_day(now, zone))


@bp.post("/<int:notice_id>/opening")
@auth.signed_in
def open_notice(notice_id: int) -> Answer:
    """They read it, and go where something is done about it."""
    row, now = found(notice.find(_recipient(), notice_id)), clock.now()
    path = words.lines([row], auth.person(), now)[0].path
    write()
    notice.read(_recipient(), row.at, now, row.id)
    db.session.commit()
    return go(path or url_for("notices.index"))


@bp.post("/reading")
@auth.signed_in
def read_all() -> Answer:
    """They read everything that stood there when they looked."""
    try:
        until = clock.parse(request.form.get("until", ""))
    except ValueError:
        until = clock.now()
    write()
    notice.read(_recipient(), until, clock.now())
    db.session.commit()
    toast.say(_("Everything is read."))
    return go(url_for("notices.index"))


@bp.get("/bell")
def bell() -> Answer:
    """The bell by itself, if it shows something else by now; it says so when there is more. Others need not hear."""
    if not wants_part():
        return go(url_for("notices.index"))
    if auth.person_or_none() is None:
        return Response(status=204)
    before, unread = request.headers.get(TAG, ""), notice.unread(_recipient())
    if before == str(unread):
        return Response(status=304)
    answer = part(render_template("shell/_bell.html"), trigger=_announced(before, unread))
    answer.headers[TAG] = str(unread)
    return answer


def _announced(before: str, unread: int) -> dict[str, object] | None:
    """For those who do not see that the number grew."""
    more = unread - int(before) if before.isdecimal() and len(before) < LONG else 0
    if more <= 0:
        return None
    return {"announce": {"message": ngettext("%(num)d new notice", "%(num)d new notices", more)}}


def _recipient() -> str:
    return name_person(auth.person().id)


choosing.add_to(bp)
chats.add_to(bp)
