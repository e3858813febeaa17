"""What events mean: those that nobody mapped yet, those that the agency did, and a kind of one's own."""

from flask import Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.intake.connection_forms import NOTHING, KindForm, MapForm
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.journey import event_name, touchpoint_kind, unknown_kind
from app.domain.journey.touchpoint_kind import KindRole
from app.language import gettext as _
from app.vendors.vendor import Vendor
from app.web import auth
from app.web.htmx import go, wants_part
from app.web.toast import say
from app.words.score import kind_label

only = auth.only(Role.ADMIN)


@only
def events() -> Response:
    """What every event is taken for; as a part, how far the past has followed."""
    if wants_part():
        return make_response(render_template("intake/_relabelling.html", own=event_name.own()))
    return _events(200)


def _events(status: int, refused: MapForm | None = None) -> Response:
    """`refused`: what somebody sent that cannot be; the page says so."""
    kinds = {kind.code: kind_label(kind) for kind in touchpoint_kind.known()}
    html = render_template(
        "intake/events.html",
        unknown=unknown_kind.listed(),
        own=event_name.own(),
        preset=event_name.preset(),
        kinds=kinds,
        choices=MapForm().offer().kind.choices,
        nothing=NOTHING,
        refused=refused,
    )
    return make_response(html, status)


@only
def map_event() -> Response:
    """Say what an event is taken for, from now on and in the past."""
    form, by_id = MapForm(request.form).offer(), auth.person().id
    if not form.validate():
        return _events(422, form)
    name, kind = form.event.data or "", None if form.kind.data == NOTHING else form.kind.data
    write()
    event_name.map_to(name, kind, by_id, clock.now())
    db.session.commit()
    say(_("“%(event)s” is mapped. Signals of the past follow by themselves.", event=name) if kind else _passed(name))
    back = request.form.get("from")
    return go(url_for("intake.vendor", vendor=back) if back in set(Vendor) else url_for("intake.events"))


def _passed(name: str) -> str:
    return _("“%(event)s” is passed over from now on.", event=name)


@only
def new_kind() -> Response:
    """A form for a kind of the agency's own."""
    name = request.args.get("event", "")[: event_name.LONGEST]
    return _kind(KindForm(data={"event": name, "label_en": name, "role": str(KindRole.OTHER)}), 200)


@only
def add_kind() -> Response:
    """Make a kind, and take the event for it."""
    form, by_id = KindForm(request.form).offer(), auth.person().id
    if not form.validate():
        return _kind(form, 422)
    write()
    kind = unknown_kind.make_kind(form.label_nl.data or "", form.label_en.data or "", KindRole(form.role.data))
    event_name.map_to(form.event.data or "", kind.code, by_id, clock.now())
    db.session.commit()
    say(_("“%(kind)s” is a kind now. Give it points on the page about the score.", kind=kind_label(kind)))
    return go(url_for("intake.events"))


def _kind(form: KindForm, status: int) -> Response:
    return make_response(render_template("intake/kind.html", form=form.offer()), status)
