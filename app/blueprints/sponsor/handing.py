"""Handing candidates who wait too long to somebody else, from the sponsor's page."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.blueprints.sponsor.asking import allowed, asked
from app.db import db, write
from app.domain.candidates import bulk
from app.domain.candidates.bulk import BulkChange
from app.language import gettext as _
from app.language import ngettext
from app.web import auditing, auth
from app.web.forms import ticked
from app.web.htmx import go
from app.web.toast import say

MOST = 50


def add_to(bp: Blueprint) -> None:
    """Where they are handed over; it is undone where many are."""
    bp.post("/handing")(allowed(hand))


def hand() -> Response:
    """Give whom one chose to a colleague who works here."""
    which, chosen = asked(), ticked()[:MOST]
    back = url_for("sponsor.page", _anchor="quiet", **which.scope.question.address)
    owners, owner = dict(which.staff.owners()), request.form.get("owner", "")
    if not chosen or owner not in owners:
        say(_("Choose at least one candidate, and who is to look after them."), category="error")
        return go(back)
    write()
    change = bulk.assign(auth.person(), chosen, int(owner), clock.now())
    auditing.done(len(change.before))
    db.session.commit()
    _tell(change, owners[owner])
    return go(back)


def _tell(change: BulkChange, name: str) -> None:
    """To how many it was done, with the undo of it."""
    count = len(change.before)
    undo = url_for("candidates.undo_many", change_id=change.id) if count else None
    say(
        ngettext("%(num)d candidate handed to %(name)s.", "%(num)d candidates handed to %(name)s.", count, name=name),
        undo,
    )
