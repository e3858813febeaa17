"""Every setting, typed, read once from the environment, with its default."""

import os
import secrets
from base64 import b64decode
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from app import shown_certificate

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
SHORTEST_SECRET = 16
LONGEST_ISSUER = 200
BULLHORN = ("client_id", "client_secret", "username", "password")
CARERIX = ("token_url", "user", "password")
HUBSPOT = ("secret", "portal")
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """The installation's settings: `FANFARE_<NAME>` in the environment, or a file of that name, as of secrets."""

    model_config = SettingsConfigDict(
        env_prefix="FANFARE_", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    instance: Path = Field(ROOT / "instance", description="folder for the database, the development key and mails")
    database_url: str = Field("", description="SQLAlchemy address; empty = SQLite in the instance folder")
    secret_key: str = Field("", description="at least 32 characters; development makes and keeps one")
    secret_key_before: str = Field("", description="the key of before, until `flask reseal` was given")
    public_url: str = Field("http://127.0.0.1:8000", description="address in links; https = production")
    mail_url: str = Field("", description="smtp://, smtps:// or file://; empty = .eml files in the instance folder")
    mail_certificate: str = Field("", description="PEM file with certificate and key for the mail server; empty = none")
    mail_from: str = Field("fanfare@localhost", description="address of every mail")
    postmark_secret: str = Field("", description="by which Postmark's events prove themselves; empty = not taken in")
    sendgrid_key: str = Field("", description="SendGrid's public key for its events; empty = not taken in")
    mailgun_key: str = Field("", description="Mailgun's key for signing its events; empty = not taken in")
    bullhorn_url: str = Field(
        "https://rest.bullhornstaffing.com/rest-services/",
        description="where Bullhorn says in which data centre we are",
    )
    bullhorn_client_id: str = Field("", description="what Bullhorn calls this installation; empty = not asked")
    bullhorn_client_secret: str = Field("", description="by which this installation proves itself to Bullhorn")
    bullhorn_username: str = Field("", description="the API user at Bullhorn")
    bullhorn_password: str = Field("", description="the password of that user")
    carerix_url: str = Field("https://api.carerix.io/graphql/v1/graphql", description="Carerix's GraphQL API")
    carerix_token_url: str = Field("", description="where Carerix gives out access tokens; empty = nothing is written")
    carerix_user: str = Field("", description="the client id of a confidential client in Carerix")
    carerix_password: str = Field("", description="the secret of that client")
    hubspot_secret: str = Field("", description="client secret of the HubSpot app; empty = not taken in")
    hubspot_portal: str = Field("", description="the HubSpot account (Hub ID) whose contacts are ours")
    whatsapp_secret: str = Field("", description="secret of the Meta app of WhatsApp; empty = not taken in")
    whatsapp_verify_token: str = Field("", description="which Meta is to say when our address is filled in there")
    twilio_token: str = Field("", description="auth token of Twilio; empty = its messages are not taken in")
    metrics_token: str = Field("", description="with which /metrics is read; empty = there are no metrics")
    oidc_issuer: str = Field("", description="identity provider of the agency, by OpenID Connect; empty = none")
    oidc_client_id: str = Field("", description="what the provider calls this installation")
    oidc_client_secret: str = Field("", description="by which this installation proves itself to the provider")
    oidc_name: str = Field("", description="what people call the provider, on the button that leads there")
    oidc_second_factor: Literal["provider", "ours"] = Field(
        "provider", description="ours = asks for our second factor too, unless the provider says that it did"
    )
    timezone: str = Field("Europe/Amsterdam", description="the agency's time zone, until setup says otherwise")
    language: Literal["nl", "en"] = Field("nl", description="language for visitors who ask for neither nl nor en")
    host: str = Field("127.0.0.1", description="address on which the web process listens")
    port: int = Field(8000, description="port on which the web process listens")
    proxy_hops: int = Field(0, ge=0, le=5, description="reverse proxies in front, whose X-Forwarded-* are trusted")
    sqlite_synchronous: Literal["FULL", "NORMAL"] = Field("FULL", description="NORMAL may lose the last commits")
    upload_megabytes: int = Field(50, ge=1, description="largest uploaded file, in MB")
    import_rows: int = Field(200_000, ge=1, description="most rows in one imported file")
    demo: bool = Field(default=False, description="the demo agency: nothing leaves the machine")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level that is logged")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - there is no such file
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - its folder is known by now only
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, the environment, and the folder in which systemd or containers hand a service its secrets."""
        folder = os.environ.get(shown_certificate.CREDENTIALS) or None
        return init_settings, env_settings, SecretsSettingsSource(settings_cls, folder)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        ZoneInfo(name)
        return name

    @field_validator(
        *("postmark_secret", "hubspot_secret", "whatsapp_secret", "whatsapp_verify_token", "twilio_token"),
        "metrics_token",
    )
    @classmethod
    def _cannot_be_guessed(cls, secret: str, field: ValidationInfo) -> str:
        if secret and len(secret) < SHORTEST_SECRET:
            name = f"FANFARE_{field.field_name}".upper()
            raise ValueError(f"{name} must have at least {SHORTEST_SECRET} characters")
        return secret

    @field_validator("mail_certificate")
    @classmethod
    def _can_be_shown(cls, told: str) -> str:
        return shown_certificate.path_of(told, "fanfare_mail_certificate") if told else told

    @field_validator("sendgrid_key")
    @classmethod
    def _is_a_key(cls, key: str) -> str:
        try:
            b64decode(key, validate=True)
        except ValueError:
            raise ValueError("FANFARE_SENDGRID_KEY is SendGrid's verification key, as it shows it") from None
        return key

    @field_validator("hubspot_portal")
    @classmethod
    def _is_a_hub_id(cls, number: str) -> str:
        if number and not (number.isascii() and number.isdecimal()):
            raise ValueError("FANFARE_HUBSPOT_PORTAL is the Hub ID, as HubSpot shows it: digits alone")
        return number

    @model_validator(mode="after")
    def _provider_is_whole(self) -> "Settings":
        """All of it or nothing; what proves who somebody is travels in the clear only within this machine."""
        told = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(told) and not all(told):
            raise ValueError("FANFARE_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together: fill in all three")
        if self.oidc_issuer and (not is_safe(self.oidc_issuer) or urlsplit(self.oidc_issuer).query):
            raise ValueError("FANFARE_OIDC_ISSUER is an address that begins with https:// and has no question mark")
        if len(self.oidc_issuer) > LONGEST_ISSUER:
            raise ValueError(f"FANFARE_OIDC_ISSUER has more than {LONGEST_ISSUER} characters")
        return self

    @model_validator(mode="after")
    def _others_are_whole(self) -> "Settings":
        """Other systems are asked with all that they want to know, and in https."""
        for name, parts in {"bullhorn": BULLHORN, "carerix": CARERIX, "hubspot": HUBSPOT}.items():
            told = [getattr(self, f"{name}_{part}") for part in parts]
            if any(told) and not all(told):
                missing = ", ".join(f"FANFARE_{name}_{part}".upper() for part in parts)
                raise ValueError(f"{missing} belong together: fill in all of them, or none")
        for each in ("bullhorn_url", "carerix_url", "carerix_token_url"):
            if (url := getattr(self, each)) and not is_safe(url):
                raise ValueError(f"FANFARE_{each.upper()} is an address that begins with https://")
        return self

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        self.public_url = self.public_url.rstrip("/")
        if not self.public_url.isascii():
            raise ValueError(
                "FANFARE_PUBLIC_URL stands in headers of mails: write münchen.example as xn--mnchen-3ya.example"
            )
        if self.production and not _is_sent_safely(self.mail_url):
            raise ValueError("FANFARE_MAIL_URL sends in the clear: write smtps://, or ?starttls=1 behind the address")
        if self.mail_certificate and _is_in_the_clear(self.mail_url):
            raise ValueError(
                "FANFARE_MAIL_CERTIFICATE is shown in TLS: write smtps:// in FANFARE_MAIL_URL, or ?starttls=1"
            )
        if self.production and len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(f"FANFARE_SECRET_KEY must have at least {SHORTEST_KEY} characters in production")
        self.database_url = self.database_url or f"sqlite:///{self.instance / 'fanfare.sqlite'}"
        mail_folder = f"file://{self.instance / 'mail'}"
        self.mail_url = mail_folder if self.demo else self.mail_url or mail_folder
        return self

    @property
    def production(self) -> bool:
        """Whether this is a real installation: its public address begins with https."""
        return self.public_url.startswith("https://")

    @property
    def outside_accounts(self) -> bool:
        """Whether one can sign in with an account of the agency: the demo asks nobody outside this machine."""
        return bool(self.oidc_issuer) and (not self.demo or urlsplit(self.oidc_issuer).hostname in HERE)

    @property
    def asks_bullhorn(self) -> bool:
        """Whether Bullhorn is asked what is new: the demo asks nobody outside this machine."""
        return bool(self.bullhorn_username) and self._may_ask(self.bullhorn_url)

    @property
    def writes_carerix(self) -> bool:
        """Whether scores are written into Carerix; by the demo never."""
        return bool(self.carerix_user) and self._may_ask(self.carerix_url)

    def _may_ask(self, url: str) -> bool:
        return not self.demo or urlsplit(url).hostname in HERE

    @property
    def public_host(self) -> str:
        """The name of the machine in that address, for the numbers of mails."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def key(self) -> str:
        """The secret key; development makes one on first use and keeps it in the instance folder."""
        return self.secret_key or _development_key(self.instance / "secret_key")


def is_safe(url: str) -> bool:
    """Whether an address is of https, or leads nowhere but to this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE))


def _is_sent_safely(mail_url: str) -> bool:
    """Whether mails are sent in TLS, or leave this machine no other way."""
    return not _is_in_the_clear(mail_url) or urlsplit(mail_url).hostname in HERE


def _is_in_the_clear(mail_url: str) -> bool:
    parts = urlsplit(mail_url)
    return parts.scheme == "smtp" and parse_qs(parts.query).get("starttls") != ["1"]


def _development_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
