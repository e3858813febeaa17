"""Webhooks: which other software is told what, its secret, what it was told, and sending that again."""

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from wtforms import Field

from app import clock
from app.blueprints.webhooks.forms import EndpointForm, KindsForm, ReplayForm
from app.config import Settings
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.audit import About
from app.domain.agency.person import Role
from app.domain.notices import webhook, webhook_event, webhook_log, webhook_secret
from app.domain.notices.webhook import Full, Known, WebhookEndpoint
from app.domain.notices.webhook_log import TakenBack
from app.language import gettext as _
from app.language import ngettext
from app.web import auditing, auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import webhooks as words

bp = Blueprint("webhooks", __name__, url_prefix="/connections/webhooks")
only = auth.only(Role.ADMIN)
ABOUT = "endpoint"


@bp.get("")
@only
def endpoints() -> Response:
    """All of them, and a form for another."""
    return _endpoints(EndpointForm().offer())


@bp.post("")
@only
@auth.proved
def add() -> Response:
    """Add one; its secret is shown on this page and never again."""
    form = EndpointForm(request.form).offer()
    if not form.validate():
        return _endpoints(form, 422)
    write()
    try:
        row, secret = _added(form)
    except Known as there:
        return _known(form, there.endpoint)
    except Full:
        return _again(form, form.label, _("There are as many webhooks as we keep. Remove one first."))
    db.session.commit()
    return _endpoint(row, secret=secret, status=201)


def _known(form: EndpointForm, row: WebhookEndpoint) -> Response:
    """What was sent twice leads to what came of it; that has no secret to show."""
    if form.is_of(row):
        auditing.nothing()
        return _done(row, _("It is there already. Whoever did not copy its secret makes another one."))
    return _again(form, form.url, _("“%(name)s” has this address: choose there what it is told.", name=row.label))


def _again(form: EndpointForm, field: Field, why: str) -> Response:
    """The form once more, with what is the matter."""
    db.session.rollback()
    field.errors = [why]
    return _endpoints(form, 422)


def _added(form: EndpointForm) -> tuple[WebhookEndpoint, str]:
    """A new one with its secret."""
    now = clock.now()
    row = webhook.add(form.label.data or "", form.url.data or "", form.kinds.data or (), now)
    auditing.tell(About(ABOUT, row.id))
    return row, webhook_secret.renew(row, _key(), now)


@bp.get("/<int:endpoint_id>")
@only
def endpoint(endpoint_id: int) -> Response:
    """One, with what it was told."""
    return _endpoint(_one(endpoint_id))


@bp.post("/<int:endpoint_id>")
@only
def change(endpoint_id: int) -> Response:
    """Call it otherwise, or tell it other things from now on."""
    row, form = _one(endpoint_id), KindsForm(request.form).offer()
    if not form.validate():
        return _endpoint(row, form=form, status=422)
    write()
    row = _held(endpoint_id)
    webhook.change(row, form.label.data or "", form.kinds.data or ())
    return _done(row, _("Saved."))


@bp.post("/<int:endpoint_id>/secret")
@only
@auth.proved
def renew(endpoint_id: int) -> Response:
    """Make another secret, shown on this page and never again; the page sent twice makes none that nobody copied."""
    write()
    row = _held(endpoint_id)
    if request.form.get("of") != webhook_secret.mark(row):
        auditing.nothing()
        return _done(row, _("A secret was made since that page was shown. Whoever did not copy it makes another one."))
    secret = webhook_secret.renew(row, _key(), clock.now())
    db.session.commit()
    return _endpoint(row, secret=secret, status=201)


@bp.post("/<int:endpoint_id>/old-secret")
@only
def end_old(endpoint_id: int) -> Response:
    """Only the newest secret signs from now on."""
    write()
    row = _held(endpoint_id)
    webhook_secret.end_old(row)
    return _done(row, _("Only the newest secret signs now."))


@bp.post("/<int:endpoint_id>/tests")
@only
def test(endpoint_id: int) -> Response:
    """It goes out with the next run; the page does not wait for a network."""
    write()
    row = _held(endpoint_id)
    planned = webhook_event.ping(row, clock.now())
    return _done(row, _("The test is on its way.") if planned else _("A test of this minute is on its way already."))


@bp.post("/<int:endpoint_id>/off")
@only
def turn_off(endpoint_id: int) -> Response:
    """Nothing is sent until it is on again."""
    write()
    row = _held(endpoint_id)
    webhook.turn_off(row, clock.now())
    return _done(row, _("Nothing goes there now. What happens waits until you turn it on."))


@bp.post("/<int:endpoint_id>/on")
@only
def turn_on(endpoint_id: int) -> Response:
    """What waited goes."""
    write()
    row = _held(endpoint_id)
    auditing.tell(count=webhook_log.turn_on(row))
    return _done(row, _("It is on. What waited is on its way."))


@bp.post("/<int:endpoint_id>/removal")
@only
def remove(endpoint_id: int) -> Response:
    """It is forgotten, with its secret and its log."""
    write()
    webhook.remove(_held(endpoint_id), clock.now())
    db.session.commit()
    say(_("The webhook is removed. Nothing goes there any more."))
    return go(url_for("webhooks.endpoints"))


@bp.post("/<int:endpoint_id>/messages/<int:delivery_id>/replay")
@only
def replay(endpoint_id: int, delivery_id: int) -> Response:
    """Send one message again, under the same id."""
    write()
    row = _held(endpoint_id)
    try:
        found(webhook_log.replay(row, delivery_id, clock.now()) or None)
    except TakenBack:
        auditing.nothing()
        return _done(row, _("That was taken back, and the other software has heard so: it is not sent again."))
    return _done(row, _("It goes once more."))


@bp.post("/<int:endpoint_id>/replays")
@only
def replay_failed(endpoint_id: int) -> Response:
    """Send again what never arrived, since a day."""
    row, form = _one(endpoint_id), ReplayForm(request.form)
    if not form.validate():
        return _endpoint(row, replaying=form, status=422)
    write()
    row = _held(endpoint_id)
    again = webhook_log.replay_failed(row, form.moment, clock.now())
    auditing.tell(count=again)
    none = _("Since that day nothing failed.")
    return _done(
        row, ngettext("%(num)d message goes once more.", "%(num)d messages go once more.", again) if again else none
    )


def _done(row: WebhookEndpoint, sentence: str) -> Response:
    db.session.commit()
    say(sentence)
    return go(url_for("webhooks.endpoint", endpoint_id=row.id))


def _one(endpoint_id: int) -> WebhookEndpoint:
    return found(webhook.one(endpoint_id))


def _held(endpoint_id: int) -> WebhookEndpoint:
    return found(webhook.hold(endpoint_id))


def _endpoints(form: EndpointForm, status: int = 200) -> Response:
    facts = {"endpoints": webhook.listed(), "counts": webhook_log.counts(), "words": words}
    return make_response(render_template("webhooks/endpoints.html", form=form, **facts), status)


def _endpoint(
    row: WebhookEndpoint,
    *,
    form: KindsForm | None = None,
    replaying: ReplayForm | None = None,
    secret: str | None = None,
    status: int = 200,
) -> Response:
    now = clock.now()
    html = render_template(
        "webhooks/endpoint.html",
        endpoint=row,
        form=form or KindsForm(data={"label": row.label, "kinds": row.hears}).offer(),
        replaying=replaying or ReplayForm(data={"since": clock.local_day(now, the_zone())}),
        secret=secret,
        mark=webhook_secret.mark(row),
        old_until=row.old_until if row.old_until and row.old_until > now else None,
        has_failed=webhook_log.has_failed(row),
        page=webhook_log.of(row, request.args.get("page", 1, int)),
        now=now,
        words=words,
    )
    return make_response(html, status)


def _key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.key
