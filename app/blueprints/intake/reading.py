"""Values as strangers send them: what is no proper text, address, object or moment is nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import clock
from app.domain.candidates.address import Channel, Unreachable, normalise

LONGEST_TEXT = 200
TRUTHS = {"true": True, "false": False}


def text(value: object, most: int = LONGEST_TEXT) -> str:
    """A text or a whole number as text, without what a database cannot keep; anything else is nothing."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    found = str(value).strip()[:most]
    return found if found.isprintable() else "".join(sign for sign in found if sign.isprintable() or sign == "\n")


def mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def moment(value: object) -> datetime | None:
    """An ISO 8601 moment; without a zone it is UTC."""
    try:
        return clock.parse(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def address(channel: Channel, value: object) -> str:
    """An address as we keep it."""
    said = text(value)
    try:
        return normalise(channel, said) if said else ""
    except Unreachable:
        return ""


def truth(value: object) -> bool | None:
    """Yes or no, also as a form sends it; None when it is neither."""
    return value if isinstance(value, bool) else TRUTHS.get(text(value).casefold())


def first(said: Mapping[str, Any], names: tuple[str, ...]) -> object:
    """The first of some properties that says anything."""
    return next((said[name] for name in names if said.get(name) is not None and said[name] != ""), None)
