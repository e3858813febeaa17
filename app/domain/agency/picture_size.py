"""How many pixels a picture has, by its own header: a small file can be a picture that no phone has room for."""

from collections.abc import Callable, Mapping
from struct import Struct, error, unpack_from
from typing import NamedTuple

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG after which its size stands."""
SEGMENT = Struct(">BBH")
MASK = 0x3FFF
"""A side of a WebP has fourteen bits."""


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


def size_of(kind: str, content: bytes) -> Size | None:
    """The size of a picture of a media type; None: its header is none of that type."""
    try:
        return HEADERS[kind](content)
    except error:
        return None


def _png(content: bytes) -> Size | None:
    return Size(*unpack_from(">II", content, 16)) if content[12:16] == b"IHDR" else None


def _gif(content: bytes) -> Size | None:
    return Size(*unpack_from("<HH", content, 6)) if content[:6] in {b"GIF87a", b"GIF89a"} else None


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while True:
        mark, marker, length = SEGMENT.unpack_from(content, at)
        if mark != 0xFF:  # noqa: PLR2004 - every segment begins with it
            return None
        if marker in FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return Size(width, height)
        at += 2 + length


def _webp(content: bytes) -> Size | None:
    match content[12:16]:
        case b"VP8 ":
            return Size(*(side & MASK for side in unpack_from("<HH", content, 26)))
        case b"VP8L":
            (sides,) = unpack_from("<I", content, 21)
            return Size((sides & MASK) + 1, (sides >> 14 & MASK) + 1)
        case b"VP8X":
            return Size(*(1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27)))
        case _:
            return None


HEADERS: Mapping[str, Callable[[bytes], Size | None]] = {
    "image/png": _png,
    "image/gif": _gif,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
}
