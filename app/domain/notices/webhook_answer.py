"""What another server answered, as it may be kept: the beginning, without what looks like a key or an address."""

import re

READ, SHOWN = 2_000, 200
"""Bytes of an answer that are looked at, and characters that are kept."""
KEY = re.compile(r"[A-Za-z0-9+/=_~-]{20,}")
MAILBOX = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+")
LEFT_OUT = "…"


def shown(body: bytes) -> str:
    """One line of it; what was cut off at the end may be half a key, so it is looked for before."""
    text = body[:READ].decode("utf-8", "replace")
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return KEY.sub(LEFT_OUT, MAILBOX.sub(LEFT_OUT, line))[:SHOWN]
