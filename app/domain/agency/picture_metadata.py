"""A picture without what cameras and programs write into it: where, when, by whom and with what it was made.

Nothing is decoded or drawn anew: a file is a row of parts, of which only those that draw it are kept.
"""

from collections.abc import Callable, Mapping
from struct import Struct, error, pack, unpack_from

SEGMENT = Struct(">BBH")
END_OF_JPEG = b"\xff\xd9"
MARK, SCAN, EXIF_SEGMENT, COMMENT = 0xFF, 0xDA, 0xE1, 0xFE
OF_PROGRAMS = range(0xE0, 0xF0)
THAT_DRAW: Mapping[int, bytes] = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
"""Of the segments that programs fill as they like: how those begin that say which colours are meant."""
IN_SCAN = frozenset((b"\x00", *(bytes([restart]) for restart in range(0xD0, 0xD8))))
"""What follows on 0xFF within the points of a JPEG; anything else is the next segment."""
EXIF = b"Exif\x00\x00"
ORIENTATION = 0x0112
TURNED = range(2, 9)
BYTE_ORDERS = {b"II": "<", b"MM": ">"}

SIGNATURE = 8
CRITICAL = 0x20
PNG_DRAWS = frozenset(b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split())
"""Beside the chunks whose name begins with a capital, without which there is no picture."""

EXTENSION, FRAME, TABLE = b"!", b",", 0x80
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
APPLICATION = 0xFF

WEBP_DRAWS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
TELLS_OF_METADATA = 0x0C
"""Two bits of the header: there is EXIF, and there is XMP."""


def without_metadata(kind: str, content: bytes) -> bytes | None:
    """A picture of a media type as it looks, and nothing more; None: its parts cannot be told from each other."""
    try:
        return BARE[kind](content)
    except (error, IndexError, ValueError):
        return None


def _jpeg(content: bytes) -> bytes:
    """Which way up it was held is the one thing that browsers need of what a camera wrote."""
    kept, at = [content[:2]], 2
    while at < len(content) and content[at : at + 2] != END_OF_JPEG:
        mark, marker, length = SEGMENT.unpack_from(content, at)
        if mark != MARK:
            raise ValueError
        if marker == MARK:  # a byte that fills
            at += 1
            continue
        body, end = content[at + SEGMENT.size : at + 2 + length], at + 2 + length
        end = _end_of_scan(content, end) if marker == SCAN else end
        if _draws(marker, body):
            kept.append(content[at:end])
        elif marker == EXIF_SEGMENT and body.startswith(EXIF):
            kept.append(_upright(_turned(body[len(EXIF) :])))
        at = end
    return b"".join((*kept, END_OF_JPEG))


def _draws(marker: int, body: bytes) -> bool:
    if marker in OF_PROGRAMS:
        return marker in THAT_DRAW and body.startswith(THAT_DRAW[marker])
    return marker != COMMENT


def _end_of_scan(content: bytes, at: int) -> int:
    while (at := content.find(b"\xff", at)) >= 0:
        if content[at + 1 : at + 2] not in IN_SCAN:
            return at
        at += 2
    return len(content)


def _turned(tiff: bytes) -> int:
    """How a camera was held, from 1 (upright) to 8 (TIFF 6.0, section 8); upright when it does not say."""
    order = BYTE_ORDERS.get(tiff[:2], ">")
    try:
        (first,) = unpack_from(f"{order}I", tiff, 4)
        (count,) = unpack_from(f"{order}H", tiff, first)
        rows = (unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number) for number in range(count))
        return next((value for tag, _, _, value in rows if tag == ORIENTATION), 1)
    except error:
        return 1


def _upright(turned: int) -> bytes:
    """A segment of EXIF with how it was held, and nothing else; none at all for what is upright."""
    if turned not in TURNED:
        return b""
    body = EXIF + b"MM\x00*" + pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return pack(">BBH", MARK, EXIF_SEGMENT, 2 + len(body)) + body


def _png(content: bytes) -> bytes:
    kept, at, name = [content[:SIGNATURE]], SIGNATURE, b""
    while at < len(content) and name != b"IEND":
        length, name = unpack_from(">I4s", content, at)
        end = at + 12 + length
        if name in PNG_DRAWS or not name[0] & CRITICAL:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _gif(content: bytes) -> bytes:
    at = 13 + _table(content[10])
    kept = [content[:at]]
    while (begins := content[at : at + 1]) in {EXTENSION, FRAME}:
        blocks = at + 2 if begins == EXTENSION else at + 11 + _table(content[at + 9])
        end = _after_blocks(content, blocks)
        if begins == FRAME or _is_drawn(content[at + 1], content[blocks + 1 : blocks + 12]):
            kept.append(content[at:end])
        at = end
    return b"".join((*kept, b";"))


def _table(flags: int) -> int:
    """How many bytes a table of colours has, by the flags before it."""
    return 3 << (flags & 7) + 1 if flags & TABLE else 0


def _after_blocks(content: bytes, at: int) -> int:
    while size := content[at]:
        at += 1 + size
    return at + 1


def _is_drawn(label: int, application: bytes) -> bool:
    return application in LOOPS if label == APPLICATION else label != COMMENT


def _webp(content: bytes) -> bytes:
    kept, at = list[bytes](), 12
    while at < len(content):
        name, length = unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if name == b"VP8X":
            flags = content[at + 8] & ~TELLS_OF_METADATA
            kept.append(content[at : at + 8] + bytes([flags]) + content[at + 9 : end])
        elif name in WEBP_DRAWS:
            kept.append(content[at:end])
        at = end
    body = b"".join(kept)
    return b"RIFF" + pack("<I", 4 + len(body)) + b"WEBP" + body


BARE: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/gif": _gif,
    "image/webp": _webp,
}
