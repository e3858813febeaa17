"""Renders one e-mail: subject, text and html in the recipient's language, with the headers mail programs expect."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from unicodedata import category

from email_validator import validate_email
from flask import current_app, render_template
from itsdangerous import BadSignature, URLSafeSerializer

from app.config import Settings
from app.domain.agency.agency import the_agency
from app.domain.candidates.candidate_mail import Sender
from app.domain.journey import tracked_link
from app.domain.program.program import program_name
from app.language import in_language
from app.mail_providers import provider

POLICY = policy.SMTP.clone(max_line_length=998)
UNSEEN = frozenset({"Cc", "Cs"})
"""Kinds of characters that nobody types: control characters, and halves of characters."""

SPECIAL = re.compile(r'[][\\()<>@,:;".]')
"""What a name keeps only between quotes, which the library forgets where it has to encode another character of it."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An entry for the reader's calendar; a REQUEST is shown by mail programs as an invitation."""

    content: bytes
    method: str = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Mail:
    """What a person reads."""

    subject: str
    text: str
    html: str
    calendar: CalendarFile | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom it goes, and under which lasting id; `unsubscribe_url` takes one-click POSTs.

    `reply_to`: who reads an answer, if not the sender. `headers`: what its provider must read.
    """

    to: str
    sender: str
    message_id: str
    unsubscribe_url: str | None = None
    reply_to: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def render(kind: str, language: str, /, **facts: object) -> Mail:
    """The mail of a kind from templates/mail, with every style inlined."""
    import css_inline  # noqa: PLC0415 - a large library that only mails need

    with in_language(language):
        subject = render_template(f"mail/{kind}.subject", **facts)
        text = render_template(f"mail/{kind}.txt", **facts)
        html = render_template(f"mail/{kind}.html", language=language, **facts)
    return Mail(" ".join(subject.split()), text.strip() + "\n", css_inline.inline(html, keep_at_rules=True))


def message(mail: Mail, envelope: Envelope, at: datetime) -> EmailMessage:
    """The mail as it travels; names and subjects cannot add headers, because EmailMessage refuses line ends."""
    letter = EmailMessage(policy=POLICY)
    letter["Subject"] = _as_it_reads(mail.subject)
    letter["From"] = envelope.sender
    letter["To"] = _as_it_travels(envelope.to)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = envelope.message_id
    letter["Auto-Submitted"] = "auto-generated"
    for name, said in envelope.headers.items():
        letter[name] = said
    if envelope.reply_to:
        letter["Reply-To"] = envelope.reply_to
    if envelope.unsubscribe_url:
        letter["List-Unsubscribe"] = f"<{envelope.unsubscribe_url}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(mail.text)
    letter.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        _attach(letter, mail.calendar)
    return letter


def sender(name: str) -> str:
    """The address from which all mail comes, with a name that its reader knows, unless the settings give it one."""
    named, address = parseaddr(current_app.config["SETTINGS"].mail_from)
    clean = _as_it_reads(" ".join(name.split()))
    return formataddr((named or (clean if clean.isascii() else SPECIAL.sub(" ", clean)), address))


def _as_it_travels(address: str) -> str:
    """With the name that machines have for its domain: few mail servers take other letters than theirs."""
    if address.isascii():
        return address
    found = validate_email(address, check_deliverability=False)
    return f"{found.local_part}@{found.ascii_domain}"


def provider_headers(message_id: str, *, followed: bool = False) -> dict[str, str]:
    """What a mail must say to the providers that are set; `followed`: they may see what its reader opens."""
    settings: Settings = current_app.config["SETTINGS"]
    return provider.headers(message_id, settings, followed=followed)


def _as_it_reads(text: str) -> str:
    """Text of a header stands for itself: what looks encoded would be decoded, and may hide the end of a line.

    Raises:
        ValueError: it has an end of a line, of which the library lets one alone pass.
    """
    if {"\r", "\n"} & set(text):
        raise ValueError("a header has no linefeed or carriage return")
    return "".join(each for each in text.replace("=?", "= ?") if category(each) not in UNSEEN)


def _attach(letter: EmailMessage, entry: CalendarFile) -> None:
    """Programs that know invitations look for another form of the text, the others for a file."""
    text, kind = entry.content.decode(), {"method": entry.method}
    if entry.method == "REQUEST":
        letter.add_alternative(text, subtype="calendar", params=kind)
    letter.add_attachment(text, subtype="calendar", filename="fanfare.ics", params=kind)


def public_url(path: str) -> str:
    """An address of ours as it stands in a mail."""
    return f"{current_app.config['SETTINGS'].public_url}{path}"


def candidate_sender() -> Sender:
    """In whose name candidates are written to: the program's, of this agency."""
    agency = the_agency()
    return Sender(
        program=program_name(),
        agency=agency.name if agency else "",
        host=current_app.config["SETTINGS"].public_host,
        url=lambda purpose, token: public_url(f"/me/{purpose}/{token}"),
        trap=lambda candidate_id, mark, now: public_url(f"/r/{tracked_link.trap(candidate_id, mark, now)}"),
    )


def unsubscribe_url(recipient: str, kind: str) -> str:
    """The address that stops this kind of mail to this recipient: a page to look at, a POST to act; it does not end."""
    return public_url(f"/unsubscribe/{_signer().dumps([recipient, kind])}")


def read_unsubscribe(token: str) -> tuple[str, str] | None:
    """The recipient and the kind of such a link; None for a token that we did not sign."""
    try:
        recipient, kind = _signer().loads(token)
    except BadSignature:
        return None
    return str(recipient), str(kind)


def choices_url(recipient: str) -> str:
    """The address of everything that this recipient can choose; it needs no sign-in, and does not end."""
    return public_url(f"/notices/choices/{_signer('choices').dumps(recipient)}")


def read_choices(token: str) -> str | None:
    """The recipient of such a link; None for a token that we did not sign."""
    try:
        return str(_signer("choices").loads(token))
    except BadSignature:
        return None


def _signer(purpose: str = "unsubscribe") -> URLSafeSerializer:
    return _signing(current_app.config["SECRET_KEY"], purpose)


@lru_cache(maxsize=8)
def _signing(key: str, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=purpose)
