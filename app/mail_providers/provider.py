"""The providers that we understand: which are set, what each posts, and what our mails must say to it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.config import Settings
from app.domain.actions.mail_event import MailEvent
from app.domain.notices import outbox
from app.mail_providers import mailgun, postmark, sendgrid
from app.mail_providers.told import Posted, Told


class Provider(StrEnum):
    POSTMARK = "postmark"
    SENDGRID = "sendgrid"
    MAILGUN = "mailgun"


class Manners(NamedTuple):
    """How one provider speaks; `once`: what it posts again is not its own doing, and is refused."""

    take: Callable[[Posted, str, datetime], list[Told]]
    read: Callable[[str, Mapping[str, Any]], MailEvent]
    headers: Callable[..., dict[str, str]]
    once: bool = False


MANNERS = {
    Provider.POSTMARK: Manners(postmark.take, postmark.read, postmark.headers),
    Provider.SENDGRID: Manners(sendgrid.take, sendgrid.read, sendgrid.headers),
    Provider.MAILGUN: Manners(mailgun.take, mailgun.read, mailgun.headers, once=True),
}


def secret_of(provider: str, settings: Settings) -> str:
    """By what a provider proves itself; nothing when it is not set, or unknown."""
    secrets = {
        Provider.POSTMARK: settings.postmark_secret,
        Provider.SENDGRID: settings.sendgrid_key,
        Provider.MAILGUN: settings.mailgun_key,
    }
    return secrets[Provider(provider)] if provider in set(Provider) else ""


def headers(message_id: str, settings: Settings, *, followed: bool) -> dict[str, str]:
    """What a mail must say to the providers that are set; `followed`: it may be watched what its reader opens."""
    mark = outbox.mark(message_id)
    asked = [MANNERS[each].headers(mark, followed=followed) for each in Provider if secret_of(each, settings)]
    return {name: said for headers in asked for name, said in headers.items()}
