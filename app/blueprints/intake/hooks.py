"""The providers of our mail: which are set, the address that each must be given, and when it last told something."""

from datetime import datetime
from typing import NamedTuple

from flask import current_app

from app.config import Settings
from app.domain.notices import provider_event
from app.mail_providers import provider as providers
from app.mail_providers.provider import Provider


class Desk(NamedTuple):
    """One provider as the page shows it; `setting` turns it on, and with `has_password` is what it must say too."""

    provider: Provider
    is_on: bool
    url: str
    setting: str
    has_password: bool
    heard_at: datetime | None


def desks() -> list[Desk]:
    """Every provider, in the order in which they are known."""
    settings: Settings = current_app.config["SETTINGS"]
    heard = provider_event.last_heard()
    return [_desk(each, settings, heard.get(each)) for each in Provider]


def _desk(provider: Provider, settings: Settings, heard_at: datetime | None) -> Desk:
    return Desk(
        provider,
        is_on=bool(providers.secret_of(provider, settings)),
        url=f"{settings.public_url}/hooks/mail/{provider}",
        setting=SETTINGS[provider],
        has_password=provider is Provider.POSTMARK,
        heard_at=heard_at,
    )


SETTINGS = {
    Provider.POSTMARK: "FANFARE_POSTMARK_SECRET",
    Provider.SENDGRID: "FANFARE_SENDGRID_KEY",
    Provider.MAILGUN: "FANFARE_MAILGUN_KEY",
}
