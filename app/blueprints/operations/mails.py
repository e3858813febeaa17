"""The outbox as administrators see it: what waits, what went, what failed and why, and two buttons."""

import structlog
from flask import current_app, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.operations.addressee import addressees
from app.blueprints.operations.forms import EndForm
from app.db import db, page_of, write
from app.domain.agency.person import Role
from app.domain.notices import by_hand
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person
from app.language import gettext as _
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go

log = structlog.get_logger()
allowed = auth.only(Role.ADMIN)


@allowed
def index() -> str:
    """Those of a state and a kind, page by page."""
    kinds, (state, kind) = by_hand.kinds(), _asked()
    page = page_of(by_hand.messages(state, kind), request.args.get("page", 1, int), 25)
    return render_template(
        "operations/mails.html",
        page=page,
        who=addressees({row.recipient for row in page.rows}, auth.person()),
        counts=by_hand.counts(),
        read=by_hand.read,
        kinds=kinds,
        state=state,
        kind=kind,
        now=clock.now(),
    )


def _asked() -> tuple[str | None, str | None]:
    """The state and the kind of the address, if there are such."""
    state, kind = request.args.get("state"), request.args.get("kind")
    return state if state in by_hand.STATES else None, kind if kind in by_hand.kinds() else None


@allowed
def show(row_id: int) -> Answer:
    return _page(row_id, EndForm())


@allowed
def try_now(row_id: int) -> Answer:
    """Back in the queue, at once."""
    found(db.session.get(OutboxRow, row_id))
    write()
    done = by_hand.try_now(row_id, _me(), clock.now())
    auditing.done(done)
    db.session.commit()
    log.info("mail_tried_again", row=row_id, by=_me(), done=done)
    toast.say(_("It goes out within half a minute.") if done else _gone(), category="ok" if done else "error")
    return go(url_for("operations.mail", row_id=row_id))


@allowed
def test() -> Answer:
    """A mail to oneself; what became of it stands on its page."""
    email = auth.person().email
    if not email:
        toast.say(_("You have no mail address here yet."), category="error")
        return go(url_for("operations.mails"))
    write()
    row_id = by_hand.test(_me(), clock.now(), current_app.config["SETTINGS"].public_host)
    db.session.commit()
    toast.say(
        _("A test goes to %(email)s within half a minute. Load this page again to see what became of it.", email=email)
    )
    return go(url_for("operations.mail", row_id=row_id))


@allowed
def call_off(row_id: int) -> Answer:
    """It need not go out; the reason stays with it."""
    form = EndForm(submitted())
    if not form.validate():
        return _page(row_id, form, 422)
    write()
    done = by_hand.call_off(row_id, _me(), form.reason.data or "")
    auditing.done(done)
    db.session.commit()
    log.info("mail_called_off", row=row_id, by=_me(), done=done)
    toast.say(_("It does not go out.") if done else _gone(), category="ok" if done else "error")
    return go(url_for("operations.mail", row_id=row_id))


def _page(row_id: int, form: EndForm, status: int = 200) -> Answer:
    row, now = found(db.session.get(OutboxRow, row_id)), clock.now()
    note = by_hand.read(row.last_error)
    who = addressees({row.recipient, note.who} - {""}, auth.person())
    page = render_template(
        "operations/mail.html",
        row=row,
        form=form,
        note=note,
        who=who,
        may_go=by_hand.may_go(row, now),
        is_open=row.state in by_hand.OPEN,
    )
    return make_response(page, status)


def _me() -> str:
    return name_person(auth.person().id)


def _gone() -> str:
    return _("It went meanwhile, or is worth nothing any more.")
