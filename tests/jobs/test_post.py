"""The post against a real SMTP server: delivered, refused for good, or worth another try."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.mail import Envelope as Address
from app.mail import Mail, message
from jobs import post
from tests.mailbox import Mailbox, open_mailbox
from tests.make import START


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    with open_mailbox() as box:
        yield box, box.url


def letter(to: str = "sanne@voorbeeld.nl", subject: str = "Drie namen voor vandaag") -> EmailMessage:
    address = Address(to, "fanfare@voorbeeld.nl", "<1@voorbeeld.nl>", f"https://voorbeeld.nl/unsubscribe/{'x' * 90}")
    return message(Mail(subject, "tekst", "<p>tekst</p>"), address, START)


def test_it_arrives(mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    post.send(letter(), url)
    (arrived,) = box.letters
    assert b"Subject: Drie namen voor vandaag" in arrived
    assert b"Auto-Submitted: auto-generated" in arrived


def test_one_click_unsubscribe_is_on_one_line(mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    post.send(letter(), url)
    assert f"List-Unsubscribe: <https://voorbeeld.nl/unsubscribe/{'x' * 90}>".encode() in box.letters[0]
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in box.letters[0]


def test_550_is_final(mailbox: tuple[Mailbox, str]) -> None:
    with pytest.raises(post.Refused, match="550"):
        post.send(letter("550@voorbeeld.nl"), mailbox[1])


def test_451_is_worth_another_try(mailbox: tuple[Mailbox, str]) -> None:
    with pytest.raises(post.Unreachable, match="451"):
        post.send(letter("451@voorbeeld.nl"), mailbox[1])


def test_nobody_there_is_worth_another_try() -> None:
    with pytest.raises(post.Unreachable, match="Refused"):
        post.send(letter(), "smtp://127.0.0.1:9")


def test_a_wrong_password_is_worth_another_try(mailbox: tuple[Mailbox, str]) -> None:
    with pytest.raises(post.Unreachable):
        post.send(letter(), mailbox[1].replace("//", "//me:secret@"))


def test_a_server_without_tls_is_not_spoken_to_in_the_clear(mailbox: tuple[Mailbox, str]) -> None:
    with pytest.raises(post.Unreachable):
        post.send(letter(), mailbox[1] + "?starttls=1")
    assert mailbox[0].letters == []


def test_smtps_needs_tls(mailbox: tuple[Mailbox, str]) -> None:
    with pytest.raises(post.Unreachable):
        post.send(letter(), mailbox[1].replace("smtp:", "smtps:"))


def test_a_folder_keeps_a_message_once(tmp_path: Path) -> None:
    for _ in range(2):
        post.send(letter(), f"file://{tmp_path}/mail")
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


@pytest.mark.parametrize("name", ["A\r\nBcc: x@y.nl", "A\nB", "A\rB"])
def test_a_subject_cannot_add_a_header(name: str) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        letter(subject=name)
