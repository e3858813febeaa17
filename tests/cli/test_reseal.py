"""Tests of `flask reseal`: another key, another cipher, and every app goes on."""

import pyotp
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency import authenticator, sealing
from app.domain.agency.second_factor import Authenticator
from app.domain.notices import webhook, webhook_secret
from tests import make
from tests.conftest import KEY
from tests.make import START as NOW

BEFORE = "b" * 40


@pytest.fixture
def secret(app: Flask) -> str:
    """The secret of an app that was set up under the key of before."""
    with app.app_context():
        sanne = make.person("Sanne de Vries")
        authenticator.begin(sanne, BEFORE, NOW)
        found = authenticator.pending(sanne, "Fanfare", BEFORE, NOW)
        assert found
        assert authenticator.confirm(sanne.id, pyotp.TOTP(found.secret).at(NOW), BEFORE, NOW)
        db.session.commit()
        return found.secret


def given(app: Flask, monkeypatch: pytest.MonkeyPatch, before: str) -> tuple[int, str]:
    settings = app.config["SETTINGS"].model_copy(update={"secret_key_before": before})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    result = app.test_cli_runner().invoke(args=["reseal"])
    return result.exit_code, result.output


def kept(app: Flask, key: str) -> str:
    with app.app_context():
        row = db.session.scalars(select(Authenticator)).one()
        return sealing.unseal(row.secret, key, f"authenticator {row.person_id}").decode()


def test_what_was_sealed_under_the_key_of_before_is_under_that_of_now(
    app: Flask, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert given(app, monkeypatch, BEFORE) == (0, "sealed under the key of now: 1\n")
    assert kept(app, KEY) == secret
    with pytest.raises(sealing.Broken):
        kept(app, BEFORE)


def test_a_wrong_key_is_said_and_changes_nothing(app: Flask, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = given(app, monkeypatch, "x" * 40)
    assert code == 1
    assert "1 could be read with neither key" in out
    assert kept(app, BEFORE) == secret


def test_another_cipher_takes_over(app: Flask, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of_now = sealing.FORMS
    monkeypatch.setattr(sealing, "FORMS", (lambda key: ChaCha20Poly1305(key.encode()[:32]), *of_now))
    assert given(app, monkeypatch, BEFORE)[0] == 0
    assert kept(app, KEY) == secret
    monkeypatch.setattr(sealing, "FORMS", of_now)
    with pytest.raises(sealing.Broken):
        kept(app, KEY)


def test_secrets_of_webhooks_go_along(app: Flask, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        row = webhook.add("ATS", "https://ats.example.com/in", webhook.CHOOSABLE, NOW)
        webhook_secret.renew(row, BEFORE, NOW)
        before = webhook_secret.signing(row, BEFORE, NOW)
        db.session.commit()
    assert given(app, monkeypatch, BEFORE) == (0, "sealed under the key of now: 2\n")
    with app.app_context():
        assert webhook_secret.signing(webhook.listed()[0], KEY, NOW) == before
