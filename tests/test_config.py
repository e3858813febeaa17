"""Settings: typed, documented, and production does not start without a key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pydantic import ValidationError

from app.config import ROOT, Settings
from tests.certificates import Authority


def test_every_setting_is_documented() -> None:
    table = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in Settings.model_fields if f"`FANFARE_{name.upper()}`" not in table] == []


@pytest.mark.parametrize("key", ["", "short"])
def test_production_needs_a_key(key: str) -> None:
    with pytest.raises(ValidationError, match="at least 32"):
        Settings(public_url="https://fanfare.example", secret_key=key)


@pytest.mark.parametrize("name", ["fanfare_secret_key", "FANFARE_SECRET_KEY"])
def test_a_secret_may_come_as_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text("s" * 40 + "\n")
    assert Settings().secret_key != "s" * 40
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Settings(public_url="https://fanfare.example").secret_key == "s" * 40
    monkeypatch.setenv("FANFARE_SECRET_KEY", "e" * 40)
    assert Settings().secret_key == "e" * 40


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("smtp://mail.example:587", False),
        ("smtp://mail.example:587?starttls=0", False),
        ("smtp://mail.example:587?starttls=1", True),
        ("smtps://mail.example", True),
        ("smtp://localhost:25", True),
        ("file:///var/mails", True),
    ],
)
def test_production_sends_no_mail_in_the_clear(url: str, safe: bool) -> None:
    asked = {"public_url": "https://fanfare.example", "secret_key": "k" * 40, "mail_url": url}
    if safe:
        assert Settings.model_validate(asked).mail_url == url
    else:
        with pytest.raises(ValidationError, match="in the clear"):
            Settings.model_validate(asked)


def sealed(file: Path) -> str:
    """The same certificate, whose key opens by a password only."""
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(*forms, serialization.BestAvailableEncryption(b"opens")).decode() + certificate_in(file)


def certificate_in(file: Path) -> str:
    return file.read_text().partition("-----END PRIVATE KEY-----\n")[2]


def key_of_another(file: Path) -> str:
    key, marker, _ = file.with_name("stranger.pem").read_text().partition("-----BEGIN CERTIFICATE")
    assert marker
    return key + certificate_in(file)


@pytest.mark.parametrize("wrong", [certificate_in, sealed, key_of_another, lambda _file: "no certificate"])
def test_a_certificate_that_cannot_be_shown_is_refused_at_once(wrong: Callable[[Path], str], tmp_path: Path) -> None:
    file = tmp_path / "mail.pem"
    file.write_text(wrong(Authority(tmp_path).trusted))
    with pytest.raises(ValidationError, match=r"CERTIFICATE cannot be shown: .*PEM"):
        Settings(mail_certificate=str(file))


def test_a_certificate_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"No such file or directory\. Write the path of a PEM file"):
        Settings(mail_certificate=str(tmp_path / "mail.pem"))


def test_a_certificate_is_shown_in_tls_only(tmp_path: Path) -> None:
    shown = {"mail_certificate": str(Authority(tmp_path).trusted)}
    for url in ("smtps://mail.example", "smtp://mail.example?starttls=1", ""):
        assert Settings.model_validate(shown | {"mail_url": url}).mail_certificate == shown["mail_certificate"]
    with pytest.raises(ValidationError, match="FANFARE_MAIL_CERTIFICATE is shown in TLS"):
        Settings.model_validate(shown | {"mail_url": "smtp://localhost"})


@pytest.mark.parametrize("name", ["fanfare_mail_certificate", "FANFARE_MAIL_CERTIFICATE"])
def test_a_certificate_among_the_secrets_is_the_file_itself(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Authority(tmp_path).trusted.rename(tmp_path / name)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Settings().mail_certificate == str(file)


def test_a_fault_among_the_settings_tells_none_of_them(tmp_path: Path) -> None:
    """It goes to the log of whatever starts the process."""
    key = Authority(tmp_path).trusted.read_text()
    told = {"secret_key": "hidden-by-all-means", "public_url": "https://fanfare.example", "mail_certificate": key}
    for facts in (told, {**told, "mail_certificate": ""}):
        with pytest.raises(ValidationError) as refused:
            Settings.model_validate(facts)
        assert "hidden-by" not in str(refused.value)
        assert "-----" not in str(refused.value)


def test_https_is_production() -> None:
    settings = Settings(public_url="https://fanfare.example/", secret_key="k" * 40)
    assert settings.production
    assert settings.public_url == "https://fanfare.example"


def test_development_makes_a_key_and_keeps_it(tmp_path: Path) -> None:
    first = Settings(instance=tmp_path / "new", secret_key="").key
    assert len(first) >= 32
    assert Settings(instance=tmp_path / "new", secret_key="").key == first
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_database_is_in_the_instance_folder(tmp_path: Path) -> None:
    assert Settings(instance=tmp_path).database_url == f"sqlite:///{tmp_path}/fanfare.sqlite"


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Mars/Olympus"},
        {"language": "fr"},
        {"port": "x"},
        {"sendgrid_key": "no key!"},
        {"hubspot_secret": "k" * 20},
        {"hubspot_portal": "33"},
        {"hubspot_secret": "k" * 20, "hubspot_portal": "my account"},
        {"oidc_issuer": "https://id.example"},
        {"oidc_client_id": "fanfare", "oidc_client_secret": "secret"},
        {"oidc_issuer": "http://id.example", "oidc_client_id": "fanfare", "oidc_client_secret": "secret"},
        {"oidc_issuer": "https://id.example?x", "oidc_client_id": "fanfare", "oidc_client_secret": "secret"},
        {"oidc_issuer": f"https://id.example/{'x' * 200}", "oidc_client_id": "fanfare", "oidc_client_secret": "secret"},
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises((ValidationError, KeyError)):
        Settings.model_validate(wrong)


@pytest.mark.parametrize(
    "name",
    [
        *("postmark_secret", "hubspot_secret", "whatsapp_secret", "whatsapp_verify_token", "twilio_token"),
        "metrics_token",
    ],
)
def test_a_secret_that_can_be_guessed_is_named(name: str) -> None:
    with pytest.raises(ValidationError, match=f"FANFARE_{name.upper()} must have at least 16 characters"):
        Settings.model_validate({name: "short"})


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANFARE_PORT", "8123")
    assert Settings().port == 8123


def test_no_mail_of_the_demo_leaves_the_machine(tmp_path: Path) -> None:
    settings = Settings(demo=True, instance=tmp_path, mail_url="smtp://mail.example")
    assert settings.mail_url == f"file://{tmp_path}/mail"


def test_an_address_that_no_header_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="xn--"):
        Settings(public_url="https://münchen.example", secret_key="k" * 40)


@pytest.mark.parametrize(("issuer", "asked"), [("https://id.example", False), ("http://localhost:9000", True)])
def test_the_demo_asks_no_provider_outside_this_machine(issuer: str, asked: bool, tmp_path: Path) -> None:
    facts = {"oidc_issuer": issuer, "oidc_client_id": "fanfare", "oidc_client_secret": "secret"}
    assert Settings.model_validate({"demo": True, "instance": tmp_path, **facts}).outside_accounts is asked
    assert Settings.model_validate({"instance": tmp_path, **facts}).outside_accounts
