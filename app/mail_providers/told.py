"""What others post to us, before anybody believes it; and what they tell once it is proven."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import orjson

from app.domain.agency.token import hashed

AROUND = timedelta(seconds=300)
LONGEST_ID = 120
LONGEST_TIME = 15
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 300
UNREAD = frozenset({"Content"})
"""A whole mail that came back, which nobody reads here."""


class Posted(NamedTuple):
    """A request as it came; `password` is what it has in its address or as Basic, `url` the address that we gave."""

    body: bytes
    headers: Mapping[str, str]
    password: str = ""
    url: str = ""


class Told(NamedTuple):
    """One event: the provider's own name for it, and all that it says."""

    event_id: str
    payload: dict[str, Any]


class Refused(Exception):  # noqa: N818 - what we do, not a fault of ours
    """It is not theirs, not of now, or no proper event; `status` says how to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def json_of(body: bytes) -> object:
    """What the body says.

    Raises:
        Refused: it is no JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(400) from None


def is_of_now(told: str, now: datetime, *, per_second: int = 1) -> bool:
    """Whether a time in seconds since 1970, or parts of them, is within five minutes of now, before and after."""
    proper = told.isascii() and told.isdecimal() and len(told) <= LONGEST_TIME
    return proper and abs(now.timestamp() - int(told) / per_second) <= AROUND.total_seconds()


def moment(seconds: float) -> datetime:
    """When something happened, from seconds since 1970.

    Raises:
        ValueError, OverflowError: it is no time at which anything was told.
    """
    found = datetime.fromtimestamp(seconds, UTC)
    if found < OLDEST:
        raise ValueError(seconds)
    return found


def named(event_id: object, payload: Mapping[str, Any]) -> Told:
    """An event by its own name; one that has none, or none that can be kept, is named after what it says.

    Raises:
        Refused: it is nested deeper than can be written again.
    """
    kept = {name: said for name, said in payload.items() if name not in UNREAD}
    try:
        said = orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        raise Refused(400) from None
    if isinstance(event_id, str) and 0 < len(event_id) <= LONGEST_ID and event_id.isprintable():
        return Told(event_id, kept)
    return Told(hashed(said), kept)


def text(value: object, most: int = LONGEST_TEXT) -> str:
    """A text as it is said, bounded and on one line; anything else is nothing."""
    said = value[:most] if isinstance(value, str) else ""
    return said if said.isprintable() else "".join(sign if sign.isprintable() else " " for sign in said)


def mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}
