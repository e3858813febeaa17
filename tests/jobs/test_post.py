"""The post against a real SMTP server: delivered, refused for good, or worth another try."""

import asyncio
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.mail import Envelope as Address
from app.mail import Mail, message
from jobs import post
from tests.make import START


class Mailbox:
    """Keeps what arrives, and answers addresses that begin with a number with that number."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        code = address[:3]
        if code.isdigit():
            return f"{code} as asked"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 OK"


async def _hung_up() -> None:
    """Wait until every client's connection has ended, else the loop stops before it lets go of them."""
    mine = {asyncio.current_task()}
    if others := asyncio.all_tasks() - mine:
        await asyncio.wait(others, timeout=2)
    await asyncio.sleep(0)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, f"smtp://127.0.0.1:{port}"
    asyncio.run_coroutine_threadsafe(_hung_up(), server.loop).result()
    server.stop()


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
