"""A line to a mail server: in TLS that is checked, and cut when a message takes too long."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT = 20.0
LONGEST = 60.0
"""Seconds for one answer of the mail server, and for a whole message: one that answers by drops keeps nobody."""
SIGNED_IN = 235


class Line(smtplib.SMTP):
    """A connection of which every step is bounded in time."""

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:  # noqa: ANN401 - it has no name for its type
        with self.bounded():
            return super().connect(host, port, source_address)

    @contextmanager
    def bounded(self) -> Iterator[None]:
        watch = threading.Timer(LONGEST, self.cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    @property
    def is_open(self) -> bool:
        """Whether nobody hung up since the last message, which is all that a server says unasked."""
        return self.sock is not None and not select([self.sock], [], [], 0)[0]

    def hang_up(self) -> None:
        """Say goodbye to a server that still listens."""
        with suppress(OSError, smtplib.SMTPException), self.bounded():
            self.quit()
        self.close()


class LineInTls(Line, smtplib.SMTP_SSL):
    """The same, in TLS from the first byte."""


def open_line(url: str, certificate: str = "") -> Line:
    """Connect and sign in; certificates are checked, for whoever stands between would read names and the password.

    `certificate`: the file of ours that is shown to the server, read anew each time, for it is renewed.
    """
    address, trusted = urlsplit(url), ssl.create_default_context()
    if certificate:
        trusted.load_cert_chain(certificate, password="")
    host, port = address.hostname or "localhost", address.port or 0
    if address.scheme == "smtps":
        line: Line = LineInTls(host, port, timeout=TIMEOUT, context=trusted)
    else:
        line = Line(host, port, timeout=TIMEOUT)
    try:
        with line.bounded():
            if address.scheme == "smtp" and parse_qs(address.query).get("starttls") == ["1"]:
                line.starttls(context=trusted)
            if address.username:
                line.login(unquote(address.username), unquote(address.password or ""))
            elif certificate:
                _sign_in_as_shown(line)
    except BaseException:
        line.close()
        raise
    return line


def _sign_in_as_shown(line: Line) -> None:
    """Some servers are content with the certificate; others want to be asked for what it allows (RFC 4422)."""
    line.ehlo_or_helo_if_needed()
    if "EXTERNAL" in line.esmtp_features.get("auth", "").upper().split():
        code, said = line.docmd("AUTH", "EXTERNAL =")
        if code != SIGNED_IN:
            raise smtplib.SMTPAuthenticationError(code, said)
