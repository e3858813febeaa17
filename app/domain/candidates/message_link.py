"""A link that opens a channel with a message in it, as far as the channel can take one along."""

from functools import lru_cache
from urllib.parse import quote

from app.domain.candidates.address import Channel, href

LONGEST = 1800
LONGEST_SUBJECT = 300
"""Of what is in the address, encoded: mail programs and phones cut longer ones off anywhere, or open nothing."""
TAKES_TEXT = frozenset({Channel.WHATSAPP, Channel.EMAIL, Channel.SMS})


def message_link(channel: Channel, address: str, subject: str = "", text: str = "") -> str | None:
    """As tel:+31612345678 or https://wa.me/31612345678?text=Hallo; None where no link can open the channel."""
    opens = href(channel, address)
    if opens is None or channel not in TAKES_TEXT or not text:
        return opens
    if channel == Channel.WHATSAPP:
        return f"{opens}?text={_encoded(_printable(text), LONGEST)}"
    if channel == Channel.SMS:
        return f"{opens}?&body={_encoded(_printable(text), LONGEST)}"
    body = _encoded(_printable(text).replace("\n", "\r\n"), LONGEST)
    return f"{opens}?subject={_encoded(' '.join(subject.split()), LONGEST_SUBJECT)}&body={body}"


def _printable(text: str) -> str:
    """Lines and what can be read; nothing by which a header or a terminal could be spoken to."""
    text = text.replace("\r\n", "\n")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(each for each in text if each == "\n" or each.isprintable() or each == "\u00a0")


@lru_cache(maxsize=1024)
def _code(each: str) -> str:
    return quote(each, safe="", errors="ignore")


def _encoded(text: str, longest: int) -> str:
    """Every character that is not plain becomes %XX; what does not fit any more is left out, whole."""
    whole = quote(text, safe="", errors="ignore")
    if len(whole) <= longest:
        return whole
    found, size = [], 0
    for each in text:
        code = _code(each)
        size += len(code)
        if size > longest:
            break
        found.append(code)
    return "".join(found)
