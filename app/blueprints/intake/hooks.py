"""The providers of our mail: which are set, the address that each must be given, and when it last told something."""

from datetime import datetime
from typing import NamedTuple

from flask import current_app

from app.config import Settings
from app.domain.notices import provider_event
from app.mail_providers import provider as providers
from app.mail_providers.provider import Provider


class Desk(NamedTuple):
    """One provider as the page shows it; `setting` is what turns it on."""

    provider: Provider
    is_on: bool
    url: str
    setting: str
    heard_at: datetime | None


def desks() -> list[Desk]:
    """Every provider, in the order in which they are known."""
    settings: Settings = current_app.config["SETTINGS"]
    heard = provider_event.last_heard()
    return [
        Desk(each, bool(providers.secret_of(each, settings)), _url(each, settings), SETTINGS[each], heard.get(each))
        for each in Provider
    ]


def _url(provider: Provider, settings: Settings) -> str:
    """Postmark proves itself by a secret that its address holds, so that we show where it goes and not what it is."""
    scheme, _, host = settings.public_url.partition("://")
    who = f"fanfare:{SETTINGS[provider]}@" if provider is Provider.POSTMARK else ""
    return f"{scheme}://{who}{host}/hooks/mail/{provider}"


SETTINGS = {
    Provider.POSTMARK: "FANFARE_POSTMARK_SECRET",
    Provider.SENDGRID: "FANFARE_SENDGRID_KEY",
    Provider.MAILGUN: "FANFARE_MAILGUN_KEY",
}
