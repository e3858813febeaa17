"""The body of a request as bytes, whatever its labels say: unzipped within bounds, and read as JSON."""

import base64
import binascii
import zlib
from typing import Any

import orjson

MOST_BYTES = 500 * 1024
MOST_EVENTS = 2_500
GZIP = b"\x1f\x8b"
URL_SAFE = str.maketrans("-_ ", "+/+")  # a plus sign that was not escaped arrives as a space


class Broken(ValueError):  # noqa: N818 - it names what is the case
    """The request as a whole cannot be taken in; `status` says how to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def unpack(body: bytes) -> bytes:
    """The body as it was before it was zipped.

    Raises:
        Broken: it is too large, or it is no proper gzip.
    """
    if body.startswith(GZIP):
        unzip = zlib.decompressobj(wbits=31)
        try:
            body = unzip.decompress(body, MOST_BYTES + 1)
        except zlib.error:
            raise Broken(400) from None
        if len(body) <= MOST_BYTES and not unzip.eof:
            raise Broken(400)
    if len(body) > MOST_BYTES:
        raise Broken(413)
    return body


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object that a body holds.

    Raises:
        Broken: it holds none, or it is too large.
    """
    try:
        found = orjson.loads(unpack(body))
    except orjson.JSONDecodeError:
        raise Broken(400) from None
    if not isinstance(found, dict):
        raise Broken(400)
    return found


def events_of(batch: dict[str, Any]) -> list[object]:
    """The events of a batch.

    Raises:
        Broken: it holds no list of events, or too many.
    """
    found = batch.get("batch")
    if not isinstance(found, list):
        raise Broken(400)
    if len(found) > MOST_EVENTS:
        raise Broken(413)
    return found


def decode(data: str) -> bytes:
    """What an address carries in base64, with the signs for addresses or without, and with or without its end.

    Raises:
        Broken: it is no base64.
    """
    plain = data.translate(URL_SAFE).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Broken(400) from None
