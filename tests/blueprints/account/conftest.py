"""What tests of these pages share."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app import clock
from app.config import Settings
from app.db import db
from app.domain.agency import outside_account
from app.web.fetching import Bounds
from app.web.identity_provider import LARGEST, Provider
from tests.hashes import cheap_hashes
from tests.identity_provider import CLIENT, SECRET, There, open_provider
from tests.people import People, make_people

__all__ = ["cheap_hashes"]
PATIENT = Bounds(seconds=60, largest=LARGEST)
"""A busy machine answers late, and that is not what these tests ask."""


@pytest.fixture(scope="session")
def one_provider() -> Iterator[There]:
    with open_provider() as there:
        yield there


@pytest.fixture
def early_in_a_half_minute() -> Iterator[None]:
    """A code that is read is typed before the next one comes."""
    with time_machine.travel(clock.now().replace(second=5)):
        yield


@pytest.fixture
def there(one_provider: There, app: Flask, monkeypatch: pytest.MonkeyPatch) -> There:
    """The agency's identity provider, honest until a test says otherwise."""
    between = one_provider.between
    between.forge, between.itself, between.more_keys, between.status = None, {}, [], 0
    between.asked.clear()
    known: Settings = app.config["SETTINGS"]
    oidc = {"oidc_issuer": one_provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    settings = known.model_copy(update={**oidc, "oidc_name": "Voorbeeld-ID"})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setitem(app.extensions, "identity_provider", Provider(settings, PATIENT))
    one_provider.knows("sanne-there", email="sanne@voorbeeld.nl", email_verified=True)
    return one_provider


@pytest.fixture
def people(app: Flask, there: There) -> People:
    """Everybody; sanne has linked her account."""
    with app.app_context():
        made = make_people()
        outside_account.link(made.sanne, there.issuer, "sanne-there", clock.now())
        outside_account.link(made.gone, there.issuer, "gone-there", clock.now())
        db.session.commit()
    return made
