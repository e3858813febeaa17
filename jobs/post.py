"""The post: hands a message to a mail server, or in development writes it to a folder."""

import hashlib
import smtplib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT = 20.0
PERMANENT = 500


class Refused(Exception):  # noqa: N818 - what the server did, not a fault of ours
    """The server will never take this message."""


class Unreachable(Exception):  # noqa: N818 - as above
    """The server could not take this message now."""


def send(letter: EmailMessage, url: str) -> None:
    """Deliver one message to smtp://, smtps:// or file://.

    Raises:
        Refused: a 5xx answer about this recipient or this message.
        Unreachable: anything that may pass: no connection, time-out, 4xx, broken TLS.
    """
    address = urlsplit(url)
    if address.scheme == "file":
        _write(letter, Path(unquote(address.path)))
        return
    try:
        _hand_over(letter, url)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _give_up(code, text, error)
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable(f"the mail server refused our password: {error.smtp_code}") from error
    except smtplib.SMTPResponseException as error:
        _give_up(error.smtp_code, error.smtp_error, error)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def _give_up(code: int, text: bytes | str, error: Exception) -> None:
    sentence = text.decode(errors="replace") if isinstance(text, bytes) else text
    raise (Refused if code >= PERMANENT else Unreachable)(f"{code} {sentence}") from error


def _hand_over(letter: EmailMessage, url: str) -> None:
    address = urlsplit(url)
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    with kind(address.hostname or "localhost", address.port or 0, timeout=TIMEOUT) as server:
        if address.scheme == "smtp" and parse_qs(address.query).get("starttls") == ["1"]:
            server.starttls()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(letter)


def _write(letter: EmailMessage, folder: Path) -> None:
    """The file's name follows from the message id, so that a message sent again is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(letter["Message-ID"]).encode()).hexdigest()[:20]
    (folder / f"{name}.eml").write_bytes(letter.as_bytes())
