"""What our mails say to providers: our name for them, and that nobody looks over a colleague's shoulder."""

import orjson

from app.config import Settings
from app.mail_providers import provider
from app.mail_providers.provider import Provider
from tests.mail_providers.posting import MARK, SECRET, SIGNING_KEY, public_key

ID = f"<{MARK}@fanfare.example>"


def said(*, followed: bool, **keys: str) -> dict[str, str]:
    return provider.headers(ID, Settings.model_validate(keys), followed=followed)


def test_nothing_is_said_to_who_is_not_set() -> None:
    assert said(followed=False) == {}
    assert provider.secret_of("somebody", Settings()) == ""


def test_colleagues_are_not_watched() -> None:
    keys = {"postmark_secret": SECRET, "sendgrid_key": public_key(), "mailgun_key": SIGNING_KEY}
    headers = said(followed=False, **keys)
    api = orjson.loads(headers.pop("X-SMTPAPI"))
    assert api["unique_args"] == {"fanfare_id": MARK}
    assert {each["settings"]["enable"] for each in api["filters"].values()} == {0}
    assert headers == {
        "X-PM-KeepID": "true",
        "X-PM-Metadata-fanfare-id": MARK,
        "X-PM-TrackOpens": "false",
        "X-PM-TrackLinks": "None",
        "X-Mailgun-Variables": f'{{"fanfare-id":"{MARK}"}}',
        "X-Mailgun-Track": "no",
    }


def test_who_is_followed_may_be() -> None:
    assert said(followed=True, postmark_secret=SECRET) == {"X-PM-KeepID": "true", "X-PM-Metadata-fanfare-id": MARK}
    assert said(followed=True, mailgun_key=SIGNING_KEY) == {"X-Mailgun-Variables": f'{{"fanfare-id":"{MARK}"}}'}
    assert "filters" not in said(followed=True, sendgrid_key=public_key())["X-SMTPAPI"]


def test_every_provider_has_manners() -> None:
    assert set(provider.MANNERS) == set(Provider)
