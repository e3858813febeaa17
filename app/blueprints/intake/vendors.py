"""The vendors at whose systems candidates meet us: which are set, what their facts mean, and what waits for whom."""

from datetime import datetime
from typing import NamedTuple

from flask import Response, current_app, make_response, render_template, url_for

from app.blueprints.intake.connection_forms import NOTHING, MapForm
from app.config import Settings
from app.db import db, write
from app.domain.actions.settled import Outcome
from app.domain.agency.person import Role
from app.domain.journey import event_name, unknown_kind
from app.domain.notices import provider_event
from app.language import ngettext
from app.vendors import hubspot
from app.vendors import vendor as vendors
from app.vendors.vendor import Vendor
from app.web import auth, extras
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import vendors as words

only = auth.only(Role.ADMIN)
SETTINGS = {
    Vendor.HUBSPOT: ("FANFARE_HUBSPOT_SECRET", "FANFARE_HUBSPOT_PORTAL"),
    Vendor.WHATSAPP: ("FANFARE_WHATSAPP_SECRET", "FANFARE_WHATSAPP_VERIFY_TOKEN"),
    Vendor.TWILIO: ("FANFARE_TWILIO_TOKEN",),
}


class Counter(NamedTuple):
    """One vendor as the pages show it; `settings` turn it on, `waiting` is how many events wait for somebody."""

    vendor: Vendor
    is_on: bool
    is_installed: bool
    url: str
    settings: tuple[str, ...]
    heard_at: datetime | None
    waiting: int


def counters() -> list[Counter]:
    """Every vendor, in the order in which they are known."""
    settings: Settings = current_app.config["SETTINGS"]
    heard, waiting = provider_event.last_heard(), provider_event.aside()
    return [
        Counter(
            each,
            is_on=bool(vendors.secret_of(each, settings)),
            is_installed=each != Vendor.TWILIO or extras.has("twilio"),
            url=vendors.address_of(each, settings),
            settings=SETTINGS[each],
            heard_at=heard.get(each),
            waiting=waiting.get(each, 0),
        )
        for each in Vendor
    ]


@only
def show(vendor: str) -> Response:
    """How it goes with one vendor, what its facts mean, and what waits."""
    name = _named(vendor)
    html = render_template(
        "intake/vendor.html",
        counter=next(each for each in counters() if each.vendor == name),
        names=_names() if name == Vendor.HUBSPOT else [],
        opt_out=hubspot.OPT_OUT,
        elsewhere_at=provider_event.last_taken_for(name, Outcome.ELSEWHERE) if name == Vendor.HUBSPOT else None,
        choices=MapForm().offer().kind.choices,
        waiting=provider_event.aside_of(name),
        words=words,
    )
    return make_response(html)


class Name(NamedTuple):
    """What the vendor calls a fact, and what it is taken for; empty: nobody said so yet."""

    event: str
    label: str
    kind: str
    times: int = 0


def _names() -> list[Name]:
    """The facts of contacts: those that wait for a meaning first."""
    prefix = f"{Vendor.HUBSPOT} "
    unknown = [each for each in unknown_kind.listed() if each.name.startswith(prefix)]
    known = event_name.beginning(prefix)
    return [
        *(Name(each.name, each.name.removeprefix(prefix), "", each.times) for each in unknown),
        *(Name(name, name.removeprefix(prefix), kind or NOTHING) for name, kind in known.items()),
    ]


@only
def try_again(vendor: str) -> Response:
    """Look at all that waits of a vendor once more."""
    name = _named(vendor)
    write()
    number = provider_event.try_again(name)
    db.session.commit()
    say(ngettext("%(num)d event is tried again.", "%(num)d events are tried again.", number))
    return go(url_for("intake.vendor", vendor=name))


@only
def let_go(vendor: str) -> Response:
    """Forget all that waits of a vendor."""
    name = _named(vendor)
    write()
    number = provider_event.let_go(name)
    db.session.commit()
    say(ngettext("%(num)d event is forgotten.", "%(num)d events are forgotten.", number))
    return go(url_for("intake.vendor", vendor=name))


def _named(vendor: str) -> Vendor:
    return Vendor(found(vendor if vendor in set(Vendor) else None))
