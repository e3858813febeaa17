"""The vendors that we understand: which are set, what each posts, and what is to be done with it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.config import Settings
from app.domain.actions.settled import Settled
from app.mail_providers.told import Posted, Told
from app.vendors import hubspot, twilio, whatsapp


class Vendor(StrEnum):
    HUBSPOT = "hubspot"
    WHATSAPP = "whatsapp"
    TWILIO = "twilio"


class Manners(NamedTuple):
    """How one vendor speaks; `says_nothing`: it changes nothing; `answer` is what it wants to hear, and of what type.

    `overtaken` names those of what waits for one person that count no more because of others among them.
    `is_ours` says whether something is of the account that we believe; of others the secret may be the same.
    """

    take: Callable[[Posted, str, datetime], list[Told]]
    settle: Callable[[Told, datetime, str, datetime], Settled]
    says_nothing: Callable[[Told, datetime], bool]
    most_bytes: int = 1024 * 1024
    answer: tuple[str, str] = ("", "text/plain")
    overtaken: Callable[[Iterable[Told]], set[str]] | None = None
    is_ours: Callable[[Told, Settings], bool] = lambda _told, _settings: True


MANNERS = {
    Vendor.HUBSPOT: Manners(
        hubspot.take, hubspot.settle, hubspot.says_nothing, overtaken=hubspot.overtaken, is_ours=hubspot.is_ours
    ),
    Vendor.WHATSAPP: Manners(whatsapp.take, whatsapp.settle, whatsapp.says_nothing, most_bytes=3 * 1024 * 1024 + 1024),
    Vendor.TWILIO: Manners(twilio.take, twilio.settle, twilio.says_nothing, answer=("<Response/>", "text/xml")),
}


def secret_of(vendor: str, settings: Settings) -> str:
    """By what a vendor proves itself; nothing when it is not set, or unknown."""
    secrets = {
        Vendor.HUBSPOT: settings.hubspot_secret,
        Vendor.WHATSAPP: settings.whatsapp_secret,
        Vendor.TWILIO: settings.twilio_token,
    }
    return secrets[Vendor(vendor)] if vendor in set(Vendor) else ""


def address_of(vendor: Vendor, settings: Settings) -> str:
    """What the vendor is given, and signs: whatever name a request came by is not asked."""
    return f"{settings.public_url}/hooks/{vendor}"
