"""Five thousand hostile names in every place of a mail that people fill: never a header more, and it can be read."""

import random
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache

import pytest
from flask import Flask

from app.domain.agency.person import normal_email
from app.mail import Envelope, Mail, message, render, sender
from tests.make import START

PIECES = (
    *("\r", "\n", "\r\n", "\r\n ", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x00", "\x1c", "\x7f", "\ufeff"),
    *("Bcc: boef@x.nl", "\r\nBcc: boef@x.nl", "\n\nlijf", "Content-Type: text/html", "--==", "\r\n.\r\n"),
    *("=?utf-8?q?Bcc:_boef?=", "=?utf-8?b?DQpCY2M6IGJvZWZAeC5ubA==?=", "=?x?", "?=", "=0D=0A"),
    *(
        "\u202e",
        "\u200f",
        "عائشة",
        "Noël",
        "👩‍💻",
        "İ",
        "ß",
        "'",
        '"',
        ",",
        ";",
        "<",
        ">",
        "@",
        "%0d%0a",
        "${x}",
        "{{ 7 }}",
    ),
    *("x" * 120, "é" * 120, " " * 40, "Sanne", "de Vries", "x@y.nl"),
)
HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
READ = policy.default.clone(header_factory=lru_cache(256)(HeaderRegistry()))
"""The library reads a header anew whenever it is asked for it, several times a line; so it reads each of them once."""
RNG = random.Random(20261122)
NAMES = ["".join(RNG.choices(PIECES, k=RNG.randint(1, 6))) for _ in range(5_000)]


def sent(subject: str, to: str = "sanne@voorbeeld.nl", by: str = "f@voorbeeld.nl") -> EmailMessage:
    """As it arrives."""
    letter = message(Mail(subject, "tekst\n", "<p>tekst</p>"), Envelope(to, by, "<1@x.nl>"), START)
    return message_from_bytes(letter.as_bytes(), policy=READ)


def faults(letter: EmailMessage) -> list[str]:
    """What it has that no mail of ours has."""
    kinds = [part.get_content_type() for part in letter.walk()]
    found = [name for name in letter if name not in HEADERS or len(letter.get_all(name, [])) > 1]
    wrong = kinds != ["multipart/alternative", "text/plain", "text/html"]
    return found + [str(defect) for defect in letter.defects] + kinds * wrong


def test_no_name_in_a_subject_adds_a_header() -> None:
    refused = 0
    for name in NAMES:
        try:
            letter = sent(name)
        except ValueError:  # the message itself refuses line ends
            refused += 1
        else:
            assert faults(letter) == [], repr(name)
    assert 500 < refused < 4_500


def test_no_name_in_an_address_adds_a_recipient() -> None:
    taken = [address for name in NAMES if (address := normal_email(f"{name[:50]}@voorbeeld.nl"))]
    for address in taken:
        letter = sent("Onderwerp", address)
        assert faults(letter) == []
        assert len(letter["To"].addresses) == 1, repr(address)
    assert taken


@pytest.fixture
def within(any_app: Flask) -> Iterator[None]:
    """An application, for its settings and templates."""
    with any_app.app_context():
        yield


def test_no_name_of_a_program_sends_from_elsewhere(within: None) -> None:
    for name in NAMES[::5]:
        letter = sent("Onderwerp", by=sender(name))
        assert faults(letter) == [], repr(name)
        assert [one.addr_spec for one in letter["From"].addresses] == ["fanfare@localhost"], repr(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Vaste Band", "Vaste Band"),
        ('Jansen, "Zonen" & Co.', 'Jansen, "Zonen" & Co.'),
        ("Café Werk 👋", "Café Werk 👋"),
    ],
)
def test_a_mail_says_from_whom_it_is(within: None, name: str, shown: str) -> None:
    assert sent("Onderwerp", by=sender(name))["From"].addresses[0].display_name == shown


def test_no_name_in_a_whole_mail_adds_a_header(within: None) -> None:
    for name in NAMES[::25]:
        facts = {"name": name, "inviter": name, "program": name, "agency": name, "url": "https://voorbeeld.nl/"}
        mail = render("invitation", "nl", person=None, **facts)
        assert faults(sent(mail.subject)) == [], repr(name)
