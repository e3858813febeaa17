"""A real SMTP server on loopback that keeps what arrives, and answers some recipients with an error."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import held_port, number_of


class Mailbox:
    """An address that begins with three digits is answered with that code; one with "policy": for what we are.

    With "data" before the digits the letter itself is answered so, and a sender with digits before anything else.
    """

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.url = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        code = address[:3]
        if code.isdigit():
            return f"{code} 5.7.1 we do not like you" if "policy" in address else f"{code} as asked"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(  # noqa: N802 - as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return f"{address[:3]} not from you" if address[:3].isdigit() else "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        to = envelope.rcpt_tos[0] or ""
        if to.startswith("data"):
            return f"{to[4:7]} as asked"
        self.letters.append(envelope.content)
        return "250 OK"

    def read(self, to: str) -> list[EmailMessage]:
        """The letters to somebody, oldest first."""
        letters = [message_from_bytes(letter, policy=policy.default) for letter in self.letters]
        return [letter for letter in letters if letter["To"] == to]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def hung_up() -> None:
    """Wait until every client's connection has ended, else the loop stops before it lets go of them."""
    mine = {asyncio.current_task()}
    if others := asyncio.all_tasks() - mine:
        await asyncio.wait(others, timeout=2)
    await asyncio.sleep(0)


@contextmanager
def open_mailbox(box: Mailbox | None = None, **how: Any) -> Iterator[Mailbox]:  # noqa: ANN401 - aiosmtpd's own options, as of TLS and of names
    """Run the server on a port of its own."""
    box = box or Mailbox()
    with held_port() as door:
        server = Controller(box, hostname="127.0.0.1", port=number_of(door), **how)
        box.url = f"smtp://127.0.0.1:{server.port}"
        server.start()
        try:
            yield box
        finally:
            asyncio.run_coroutine_threadsafe(hung_up(), server.loop).result()
            server.stop()
