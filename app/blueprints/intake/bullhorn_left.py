"""What of Bullhorn could not be placed: each reason once, its records on a page of their own, and putting them away."""

from collections.abc import Iterable

from flask import Response, make_response, render_template, request, url_for

from app import clock
from app.db import db, write
from app.domain.actions.bullhorn import alike, unplaced
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.agency.person import Role
from app.domain.candidates.candidate import LARGEST_ID, names_seen_by
from app.language import gettext as _
from app.language import ngettext
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import bullhorn as words

only = auth.only(Role.ADMIN)


def here(rows: Iterable[BullhornRecord]) -> dict[int, str]:
    """The candidates whom these records are about, as far as whoever looks may see them."""
    return names_seen_by(auth.person(), {row.candidate_id for row in rows if row.candidate_id})


@only
def bullhorn_alike(record_id: int) -> Response:
    """All that could not be placed for the same reason as this one."""
    one = found(alike.one(record_id))
    left = alike.to_one(record_id, clock.now(), request.args.get("page", 1, int))
    html = render_template("intake/bullhorn_alike.html", left=left, one=one, here=here(left.rows), words=words)
    return make_response(html)


@only
def put_bullhorn_alike_away(record_id: int) -> Response:
    """Somebody has seen why they could not be placed: none of them is listed any more."""
    write()
    number = found(alike.put_away(record_id, request.form.get("reason", ""), clock.now()))
    db.session.commit()
    say(ngettext("%(num)d record is put away.", "%(num)d records are put away.", number))
    return go(url_for("intake.bullhorn", _anchor="bullhorn-left"))


@only
def put_bullhorn_away(record_id: int) -> Response:
    """Somebody has seen why a record could not be placed: it is listed no more."""
    write()
    row = found(unplaced.put_away(record_id, clock.now()))
    db.session.commit()
    say(_("%(record)s is put away.", record=words.record_label(row)))
    return go(_seen_at())


def _seen_at() -> str:
    """The page of the list on which it stood."""
    page, of = request.args.get("page", 1, int), request.args.get("alike", 0, int)
    further = page if page > 1 else None
    if 0 < of <= LARGEST_ID:
        return url_for("intake.bullhorn_alike", record_id=of, page=further)
    return url_for("intake.bullhorn", page=further, _anchor="bullhorn-left")
