"""What is said of vendors: their names, why something of theirs is refused, and what waits of what they told."""

from collections.abc import Mapping

from app.domain.actions.settled import Outcome
from app.domain.candidates.address import Channel, readable
from app.domain.candidates.crm_id import Crm, Full, Improper, Taken
from app.domain.notices.provider_event import ProviderEvent
from app.language import gettext as _


def vendor_name(vendor: str) -> str:
    """A vendor as it calls itself."""
    return {"hubspot": "HubSpot", "whatsapp": "WhatsApp", "twilio": "Twilio"}[vendor]


def crm_name(crm: Crm | str) -> str:
    """A system that numbers people, as it calls itself."""
    return {Crm.HUBSPOT: "HubSpot", Crm.BULLHORN: "Bullhorn", Crm.CARERIX: "Carerix"}[Crm(crm)]


def crm_refusal(why: Improper | Taken | Full) -> str:
    """Why a number cannot be a candidate's, and what to do."""
    if isinstance(why, Improper):
        return _("A number in %(system)s has digits alone, and does not begin with 0.", system=crm_name(why.crm))
    if isinstance(why, Taken):
        return _("Another candidate has this number. Remove it there first, or merge the two.")
    return _("This candidate has many numbers already; remove one first.")


def vendor_purpose(vendor: str) -> str:
    """What candidates do there that counts here."""
    return {
        "hubspot": _("Mails that candidates opened, pages that they visited, forms that they filled in."),
        "whatsapp": _("What candidates write by WhatsApp, and whether they read what you wrote."),
        "twilio": _("What candidates write by SMS, and whether your messages arrive."),
    }[vendor]


def refusal_sentence(status: int) -> str:
    """Why something that was posted is not taken in, and what whoever connects can do."""
    return {
        400: _("This is not what the vendor sends. Fill in the address as the page of connections shows it."),
        401: _("The signature does not belong to this request. Check the secret, the public address and the clock."),
        403: _("This is not the verify token that was set here."),
        413: _("This is more than is taken in at once."),
        503: _("The part that checks this vendor's signatures is not installed. See requirements-extras.txt."),
    }[status]


def event_label(payload: Mapping[str, object]) -> str:
    """What an event told, in a word or two; of a fact of HubSpot its own name."""
    if what := payload.get("propertyName") or payload.get("subscriptionType"):
        return str(what)
    if what := payload.get("status"):
        return _("a message of yours: %(status)s", status=what)
    if payload.get("type") == "system":
        return _("a new number")
    return {"stop": _("no more messages"), "start": _("messages again")}.get(
        str(payload.get("wish")), _("a message to you")
    )


def waiting_sentence(event: ProviderEvent) -> str:
    """Why an event waits, and what can be done; a telephone number as people write it."""
    if not event.waits_for:
        return _("We did not understand it.")
    if event.outcome == Outcome.ANOTHER:
        return _(
            "%(number)s is the number of a candidate with another WhatsApp id. "
            "If it is that candidate who wrote, add %(id)s under All channels and wishes on their page.",
            number=readable(Channel.PHONE, f"+{event.payload['number']}"),
            id=event.waits_for,
        )
    return _("No candidate has %(number)s yet.", number=readable(Channel.PHONE, event.waits_for))
