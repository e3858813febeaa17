"""A mail server that knows us by certificate: it takes letters, and without it they wait."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, AuthResult
from flask import Flask

from jobs import outbox, post
from tests.certificates import Authority
from tests.jobs.test_outbox import MINUTE, desk, due, rows
from tests.jobs.test_post import letter
from tests.mailbox import Mailbox, open_mailbox
from tests.make import START

__all__ = ["desk"]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    found = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(found.trusted))
    return found


@contextmanager
def asking(authority: Authority, box: Mailbox | None = None, **how: Any) -> Iterator[Mailbox]:  # noqa: ANN401 - aiosmtpd's own
    """A server that lets in whom it knows by a certificate, and nobody else."""
    with open_mailbox(box, tls_context=authority.asking(), require_starttls=True, **how) as opened:
        opened.url = opened.url.replace("127.0.0.1", "localhost") + "?starttls=1"
        yield opened


class Doorkeeper(Mailbox):
    """Wants to be asked for what the certificate allows."""

    def __init__(self, *, opens: bool) -> None:
        super().__init__()
        self.opens = opens
        self.asked: list[list[str]] = []

    async def auth_EXTERNAL(self, _server: SMTP, words: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        self.asked.append(words)
        return AuthResult(success=self.opens, handled=False)


def test_whoever_is_known_by_certificate_needs_no_password(authority: Authority) -> None:
    with asking(authority) as box:
        post.send(letter(), box.url, str(authority.trusted))
    assert len(box.letters) == 1


@pytest.mark.parametrize("name", ["", "stranger"])
def test_whoever_is_not_known_is_told_to_wait(authority: Authority, name: str) -> None:
    certificate = str(getattr(authority, name)) if name else ""
    with asking(authority) as box, pytest.raises(post.NoServer):
        post.send(letter(), box.url, certificate)
    assert box.letters == []


def test_what_was_not_taken_goes_out_once_it_is_known(authority: Authority, desk: Flask) -> None:
    due("a@x.nl", "b@x.nl")
    settings = desk.config["SETTINGS"]
    with asking(authority) as box:
        settings.mail_url = box.url
        outbox.send_due("me", START)
        assert (rows(), box.letters) == ([("a", "pending", 1), ("b", "pending", 1)], [])
        settings.mail_certificate = str(authority.trusted)
        with time_machine.travel(START + 30 * MINUTE, tick=False):
            outbox.send_due("me", START)
    assert rows() == [("a", "sent", 2), ("b", "sent", 2)]
    assert len(box.letters) == 2


def test_one_that_was_taken_away_meanwhile_lets_letters_wait(authority: Authority, tmp_path: Path) -> None:
    with asking(authority) as box, pytest.raises(post.NoServer, match="FileNotFoundError"):
        post.send(letter(), box.url, str(tmp_path / "gone.pem"))


def test_a_server_that_wants_to_be_asked_is_asked(authority: Authority) -> None:
    with asking(authority, Doorkeeper(opens=True), auth_required=True) as box:
        post.send(letter(), box.url, str(authority.trusted))
    assert isinstance(box, Doorkeeper)
    assert (box.asked, len(box.letters)) == ([["EXTERNAL", "="]], 1)


def test_what_it_answers_to_that_counts(authority: Authority) -> None:
    refused = pytest.raises(post.NoServer, match="refused our password or certificate: 535")
    with asking(authority, Doorkeeper(opens=False), auth_required=True) as box, refused:
        post.send(letter(), box.url, str(authority.trusted))
    assert box.letters == []


def test_it_is_shown_from_the_first_byte_too(authority: Authority) -> None:
    """An smtps:// server that looks at what it is shown, and hangs up."""
    shown: list[Any] = []

    def look() -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError), authority.asking().wrap_socket(connection, server_side=True) as secure:
            shown.append(secure.getpeercert(binary_form=True))

    with socket.create_server(("127.0.0.1", 0)) as server:
        watch = threading.Thread(target=look)
        watch.start()
        with pytest.raises(post.NoServer):
            post.send(letter(), f"smtps://localhost:{server.getsockname()[1]}", str(authority.trusted))
        watch.join()
    certificate = authority.trusted.read_text().partition("-----END PRIVATE KEY-----\n")[2]
    assert shown == [ssl.PEM_cert_to_DER_cert(certificate)]
