"""Whom a passkey is for: this installation at its public address."""

import ipaddress
from urllib.parse import urlsplit

from flask import current_app

from app.config import Settings
from app.domain.agency.passkey_answer import Party
from app.domain.program.program import program_name


def party() -> Party:
    """A key that was made for another address does not work here, nor the other way round."""
    settings = _settings()
    parts = urlsplit(settings.public_url)
    return Party(settings.public_host, f"{parts.scheme}://{parts.netloc}", program_name())


def possible() -> bool:
    """Browsers have passkeys for a name under https, and for the machine itself; never for a bare number."""
    settings = _settings()
    try:
        ipaddress.ip_address(settings.public_host)
    except ValueError:
        return settings.production or settings.public_host == "localhost"
    return False


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
