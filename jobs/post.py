"""The post: hands messages to a mail server, many over one line; in development it writes them to a folder."""

import hashlib
import re
import smtplib
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from jobs.line import Line, open_line

PERMANENT = 500
AWAY = 3
DETAILED = re.compile(r"5\.[1-7]\.\d{1,3}\b")
"""What it means by a refusal, where a server says so (RFC 3463)."""
OF_ADDRESS = re.compile(r"5\.(1\.(?![78]\b)|2\.[01]\b|4\.1\b)")
"""Nobody is at the address; the others are about a full mailbox, about the message, or about us."""
NOBODY = frozenset({550, 551, 553})
"""The same where it gives no detail; 554 is what servers say that do not take our machine."""


class Refused(Exception):  # noqa: N818 - what the server did, not a fault of ours
    """The server will never take this message; `of_address`: because there is nobody at the address."""

    def __init__(self, sentence: str, *, of_address: bool = False) -> None:
        super().__init__(sentence)
        self.of_address = of_address


class Unreachable(Exception):  # noqa: N818 - as above
    """The server could not take this message now."""


class NoServer(Unreachable):
    """It would not have taken another one either: no connection, a time-out, broken TLS, or it does not want us."""


class Post:
    """A way to the mail server at smtp://, smtps:// or file://; as a context it hangs up at the end.

    `certificate`: the file of ours by which the server knows us, where it does.
    """

    def __init__(self, url: str, certificate: str = "") -> None:
        self.url, self.certificate = url, certificate
        self.line: Line | None = None
        self.in_vain = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.line is not None:
            self.line.hang_up()

    @property
    def is_away(self) -> bool:
        """Whether the server failed several messages one after the other: the others need not try now."""
        return self.in_vain >= AWAY

    def send(self, letter: EmailMessage) -> None:
        """Deliver one message.

        Raises:
            Refused: a 5xx answer about this recipient or this message.
            Unreachable: anything that may pass: no connection, time-out, 4xx, broken TLS, a wrong password.
        """
        address = urlsplit(self.url)
        if address.scheme == "file":
            _write(letter, Path(unquote(address.path)))
            return
        try:
            self._hand_over(letter)
        except (smtplib.SMTPException, OSError) as error:
            trouble = _trouble(error)
            self.in_vain = self.in_vain + 1 if isinstance(trouble, NoServer) else 0
            raise trouble from error
        self.in_vain = 0

    def _hand_over(self, letter: EmailMessage) -> None:
        """Over the line of the message before when it is still open; after a fault the next has another one."""
        line, self.line = self.line, None
        if line is None or not line.is_open:
            if line is not None:
                line.close()
            line = open_line(self.url, self.certificate)
        try:
            with line.bounded():
                line.send_message(letter)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
            self.line = line
            raise
        except BaseException:
            line.close()
            raise
        self.line = line


def send(letter: EmailMessage, url: str, certificate: str = "") -> None:
    """Deliver one message over a line of its own; raises as `Post.send` does."""
    with Post(url, certificate) as post:
        post.send(letter)


def _trouble(error: smtplib.SMTPException | OSError) -> Refused | Unreachable:
    """What an error means: only what is said of the recipient or of the message itself is final."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()))
            return _said(code, text, of_address=_is_of_address(code, _words(text)))
        case smtplib.SMTPDataError() | smtplib.SMTPSenderRefused(smtp_code=552):  # larger than it takes
            return _said(error.smtp_code, error.smtp_error)
        case smtplib.SMTPAuthenticationError():
            return NoServer(f"the mail server refused our password or certificate: {error.smtp_code}")
        case smtplib.SMTPResponseException():
            return NoServer(f"{error.smtp_code} {_words(error.smtp_error)}")
        case smtplib.SMTPNotSupportedError():
            return Unreachable(str(error))
        case _:
            return NoServer(f"{type(error).__name__}: {error}")


def _is_of_address(code: int, words: str) -> bool:
    return bool(OF_ADDRESS.match(words)) if DETAILED.match(words) else code in NOBODY


def _said(code: int, text: bytes | str, *, of_address: bool = False) -> Refused | Unreachable:
    sentence = f"{code} {_words(text)}"
    return Refused(sentence, of_address=of_address) if code >= PERMANENT else Unreachable(sentence)


def _words(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def _write(letter: EmailMessage, folder: Path) -> None:
    """The file's name follows from the message id, so that a message sent again is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(letter["Message-ID"]).encode()).hexdigest()[:20]
    (folder / f"{name}.eml").write_bytes(letter.as_bytes())
