"""Words of webhooks: what can be told, what became of a message, and why one goes nowhere any more."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from app.domain.notices.webhook import Kind, Off, WebhookEndpoint
from app.domain.notices.webhook_delivery import Failure
from app.domain.notices.webhook_event import WebhookDelivery
from app.language import gettext as _
from app.language import ngettext
from app.words.times import when

SHOWN = 4
"""So many of the last characters tell one address from another; whoever has all of it could write there."""
GONE, REDIRECTED, REFUSED, BROKEN = 410, range(300, 400), range(400, 500), range(500, 600)
BUSY = frozenset({408, 425, 429, 503})


def kind_label(kind: str) -> str:
    """What happened, as one chooses it."""
    return {
        Kind.FAN_BECAME: _("A candidate became a fan"),
        Kind.CAME_BACK: _("A candidate keeps coming back"),
        Kind.APPLICATION_UNFINISHED: _("An application stopped half-way"),
        Kind.ACTION_LOGGED: _("An action was logged, or taken back"),
        Kind.ACTION_TAKEN_BACK: _("An action was taken back"),
        Kind.PROMISE_BROKEN: _("A promise was broken"),
        Kind.COMPETITION_FINAL: _("The result of a competition is final"),
        Kind.REWARD_REQUESTED: _("A reward was requested"),
        Kind.CANDIDATE_ERASED: _("A candidate was forgotten"),
        Kind.PING: _("Test message"),
    }[Kind(kind)]


def event_label(kind: str) -> str:
    """The same of one event, which is one thing or the other."""
    return _("An action was logged") if kind == Kind.ACTION_LOGGED else kind_label(kind)


def attempts(row: WebhookDelivery) -> str:
    """How often it was sent."""
    return ngettext("%(num)d attempt", "%(num)d attempts", row.attempts)


def address(endpoint: WebhookEndpoint) -> str:
    """Its host and its last characters."""
    url = urlsplit(endpoint.secret_url)
    rest = f"{url.path}?{url.query}" if url.query else url.path
    return f"{url.netloc}/…{rest[-SHOWN:]}" if len(rest) > 2 * SHOWN else f"{url.netloc}/…"


def state(endpoint: WebhookEndpoint) -> tuple[str, str]:
    """How it goes with an endpoint in a word, and its tone."""
    if endpoint.off_at is not None:
        return (_("turned off"), "") if endpoint.off_why == Off.HAND else (_("turned off by itself"), "hot")
    return (_("does not arrive"), "accent") if endpoint.failing_since else (_("on"), "ok")


def last(endpoint: WebhookEndpoint) -> list[str]:
    """When the last message arrived, and since when none does."""
    told = []
    if endpoint.delivered_at is not None:
        told.append(_("The last message arrived on %(when)s.", when=when(endpoint.delivered_at)))
    if endpoint.failing_since is not None:
        told.append(_("Nothing has arrived since %(when)s.", when=when(endpoint.failing_since)))
    return told or [_("Nothing was sent there yet.")]


def arrivals(counts: Mapping[str, int]) -> str:
    """How many messages arrived in thirty days, and how many did not when there are any."""
    arrived, failed = counts.get("sent", 0), counts.get("failed", 0)
    told = [ngettext("%(num)d message arrived", "%(num)d messages arrived", arrived)]
    if failed:
        told.append(ngettext("%(num)d message did not arrive", "%(num)d messages did not arrive", failed))
    return " · ".join(told)


def off_sentence(label: str) -> str:
    """That an endpoint is told nothing any more."""
    return _("Nothing goes to the webhook “%(name)s” any more", name=label)


def why_off(why: str) -> str:
    """Why it is off, and what can be done."""
    waits = _("What happens meanwhile waits for thirty days and goes as soon as it is turned on.")
    if why != Off.HAND:
        waits += " " + _("With it goes what did not arrive since.")
    said = {
        Off.HAND: _("Somebody turned it off."),
        Off.GONE: _(
            "The other software answered that nobody takes messages there any more. Ask whoever runs it, and remove"
            " the webhook if that is so."
        ),
        Off.FAILING: _(
            "Not one message arrived in five days. Look in its log what the other software answered, have that put"
            " right and turn it on again."
        ),
    }[Off(why)]
    return f"{said} {waits}"


def state_label(row: WebhookDelivery, *, is_off: bool) -> tuple[str, str]:
    """What became of a message in a word, and its tone; `is_off`: nothing goes to its webhook now."""
    return {
        "pending": (_("is tried again"), "accent") if row.attempts and not is_off else (_("waits"), ""),
        "sending": (_("is on its way"), "accent"),
        "sent": (_("arrived"), "ok"),
        "failed": (_("did not arrive"), "hot"),
        "skipped": (_("undone"), ""),
    }[row.state]


def outcome(row: WebhookDelivery) -> str:
    """What the last attempt came to, in a sentence; nothing before the first."""
    if row.failure:
        return failure(row.failure)
    if row.status is None or row.state == "sent":
        return ""
    return _status(row.status)


def _status(status: int) -> str:
    if status in BUSY:
        return _("The other software was busy.")
    if status == GONE:
        return _("The other software takes nothing there any more.")
    if status in REDIRECTED:
        return _("The address leads on to another one, and we follow none. Add the one to which it leads.")
    if status in REFUSED:
        return _("The other software refused it. Check its address and its secret.")
    return _("Something went wrong at the other software.")


def failure(why: str) -> str:
    """Why there was no answer, and what can be done about it."""
    return {
        Failure.SILENT: _("No answer within fifteen seconds."),
        Failure.UNKNOWN: _("There is no server of this name."),
        Failure.INSIDE: _("The address leads into our own network, and we send nothing there."),
        Failure.UNTRUSTED: _("The server could not show who it is: its certificate is not valid."),
        Failure.AWAY: _("The server could not be reached."),
        Failure.UNREADABLE: _(
            "Its secret can no longer be read, because the key of the settings changed. Make a new one."
        ),
    }[Failure(why)]


def next_try(row: WebhookDelivery, now: datetime) -> str:
    """When it is tried again; nothing when it is not, or at once."""
    return _("Again on %(when)s.", when=when(row.next_try_at)) if row.attempts and row.next_try_at > now else ""
