"""The systems that send us something: their keys, a test, and the live log of what came and what became of it."""

import uuid

from flask import Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.blueprints.intake import hooks, vendors
from app.blueprints.intake.connection_forms import SERVER, SourceForm
from app.config import Settings
from app.db import db, write
from app.domain.actions.incoming import Happened, Sender, Subject, take_in_events
from app.domain.agency.person import Role
from app.domain.journey import intake_log, source
from app.domain.journey.intake_log import Line
from app.domain.journey.source import Full, Source
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, wants_part
from app.web.toast import say
from app.words import intake as words
from app.words import vendors as vendor_words

only = auth.only(Role.ADMIN)
TAG = "HX-PTag"
TEST = "Fanfare Test"


@only
def sources() -> Response:
    """All systems that send us something, and a form for another."""
    return _sources(SourceForm(data={"place": SERVER}), 200)


@only
def add_source() -> Response:
    """Make a source; its key is shown on this page and never again."""
    form, by_id = SourceForm(request.form).offer(), auth.person().id
    if not form.validate():
        return _sources(form, 422)
    write()
    try:
        row, key = source.make(form.name.data or "", by_id, clock.now(), trusted=form.place.data == SERVER)
    except Full:
        db.session.rollback()
        form.name.errors = [_("There are as many sources as we keep. Use one that is there.")]
        return _sources(form, 422)
    db.session.commit()
    return _source(row, key)


def _sources(form: SourceForm, status: int) -> Response:
    html = render_template(
        "intake/sources.html",
        form=form.offer(),
        sources=source.listed(),
        desks=hooks.desks(),
        counters=vendors.counters(),
        words=words,
        vendor_words=vendor_words,
    )
    return make_response(html, status)


@only
def show(source_id: int) -> Response:
    """One source: its keys, and the log, which asks for itself again."""
    row = found(source.one(source_id))
    if wants_part() and request.headers.get(TAG) == str(row.heard):
        return Response(status=304)
    return _source(row)


def _source(row: Source, key: str | None = None) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    html = render_template(
        "intake/_log.html" if wants_part() and key is None else "intake/source.html",
        source=row,
        key=key,
        lines=intake_log.shown(row.id, auth.person()),
        before=row.previous_until if row.previous_until and row.previous_until > clock.now() else None,
        base=settings.public_url,
        words=words,
    )
    page = make_response(html, 201 if key else 200)
    page.headers[TAG] = str(row.heard)
    return page


@only
def rotate(source_id: int) -> Response:
    """Give a source another key, shown on this page and never again; the one before works a week more."""
    write()
    row, key = found(source.rotate(source_id, clock.now()))
    db.session.commit()
    return _source(row, key)


@only
def end_previous(source_id: int) -> Response:
    """End the key before the last change now."""
    write()
    row = found(source.end_previous(source_id, clock.now()))
    db.session.commit()
    say(_("Only the newest key of %(name)s works now.", name=row.name))
    return go(url_for("intake.source", source_id=source_id))


@only
def revoke(source_id: int) -> Response:
    """End the keys of a source at once; what came in by them stays."""
    write()
    row = found(source.revoke(source_id, clock.now()))
    db.session.commit()
    say(_("The key of %(name)s is revoked.", name=row.name))
    return go(url_for("intake.sources"))


@only
def test(source_id: int) -> Response:
    """Send ourselves an event as the source would, to see it arrive in the log."""
    row = found(source.one(source_id))
    sender, now = Sender(row.id, row.name, row.trusted), clock.now()
    event = Happened(f"test-{uuid.uuid4().hex}", Subject(anonymous_id="fanfare-test"), TEST, now)
    write()
    became = take_in_events(sender, [event], now)[0]
    intake_log.write(row.id, [Line("track", TEST, event.message_id, became.fate, became.candidate_id)], now)
    db.session.commit()
    say(_("The test event arrived: see the log."))
    return go(url_for("intake.source", source_id=source_id))
