"""The post against a real SMTP server: delivered, refused for good, or worth another try."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller

from app.mail import Envelope as Address
from app.mail import Mail, message
from jobs import line, post
from tests.certificates import Authority
from tests.mailbox import Mailbox, open_mailbox
from tests.make import START
from tests.ports import held_port, number_of


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


@pytest.mark.parametrize(
    ("to", "of_address"),
    [("550@voorbeeld.nl", True), ("550policy@voorbeeld.nl", False), ("data554@voorbeeld.nl", False)],
)
def test_only_what_is_said_of_an_address_closes_it(mailbox: tuple[Mailbox, str], to: str, *, of_address: bool) -> None:
    with pytest.raises(post.Refused) as refused:
        post.send(letter(to), mailbox[1])
    assert refused.value.of_address is of_address


@pytest.mark.parametrize(
    ("code", "words", "of_address"),
    [
        (550, "5.1.1 no such user", True),
        (550, "5.4.1 Recipient address rejected: Access denied", True),
        (550, "unknown user", True),
        (552, "5.2.2 mailbox full", False),
        (552, "storage allocation exceeded", False),
        (554, "Service unavailable; Client host [192.0.2.1] blocked", False),
        (550, "5.1.8 sender's domain does not exist", False),
    ],
)
def test_a_full_mailbox_or_a_list_with_our_name_closes_no_address(code: int, words: str, *, of_address: bool) -> None:
    error = smtplib.SMTPRecipientsRefused({"sanne@voorbeeld.nl": (code, words.encode())})
    with patch.object(post.Post, "_hand_over", side_effect=error), pytest.raises(post.Refused) as refused:
        post.send(letter(), "smtp://voorbeeld.nl")
    assert refused.value.of_address is of_address


def test_what_is_said_of_us_is_nobodys_fault(mailbox: tuple[Mailbox, str]) -> None:
    mine = letter()
    del mine["From"]
    mine["From"] = "550@voorbeeld.nl"
    with pytest.raises(post.NoServer, match="550 not from you"):
        post.send(mine, mailbox[1])


def test_one_line_for_many(mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened = iter([line.open_line(mailbox[1])])
    monkeypatch.setattr(post, "open_line", lambda *_: next(opened))
    with post.Post(mailbox[1]) as office:
        for _ in range(3):
            office.send(letter())
        for to in ("451@voorbeeld.nl", "data451@voorbeeld.nl"):
            with pytest.raises(post.Unreachable):
                office.send(letter(to))
        office.send(letter())
    assert len(mailbox[0].letters) == 4


def test_a_line_that_was_cut_meanwhile_is_opened_anew(mailbox: tuple[Mailbox, str]) -> None:
    with post.Post(mailbox[1]) as office:
        office.send(letter())
        assert office.line
        office.line.cut()
        office.send(letter())
    assert len(mailbox[0].letters) == 2


def test_a_server_that_is_away_is_known_after_three() -> None:
    office = post.Post("smtp://127.0.0.1:9")
    for away in (False, False, True):
        with pytest.raises(post.NoServer):
            office.send(letter())
        assert office.is_away is away


def test_a_server_that_answers_by_drops_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "LONGEST", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        with pytest.raises(post.NoServer):
            post.send(letter(), f"smtp://127.0.0.1:{server.getsockname()[1]}")


def drip(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):
        while connection.send(b"2"):
            threading.Event().wait(0.05)


@contextmanager
def in_tls(folder: Path, box: Mailbox, *, proves: bool) -> Iterator[str]:
    """The address of a server that speaks TLS; what it shows proves who it is, or nothing."""
    facts: dict[str, Any] = {"tls_context": Authority(folder).context(proves=proves), "require_starttls": True}
    with held_port() as door:
        server = Controller(box, hostname="localhost", port=number_of(door), **facts)
        server.start()
        try:
            yield f"smtp://localhost:{server.port}?starttls=1"
        finally:
            server.stop()


def test_who_proves_who_it_is_gets_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with in_tls(tmp_path, box := Mailbox(), proves=True) as url:
        post.send(letter(), url)
    assert len(box.letters) == 1


def test_who_does_not_prove_it_gets_none(tmp_path: Path) -> None:
    refused = pytest.raises(post.NoServer, match="CERTIFICATE_VERIFY_FAILED")
    with in_tls(tmp_path, box := Mailbox(), proves=False) as url, refused:
        post.send(letter(), url)
    assert box.letters == []


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
