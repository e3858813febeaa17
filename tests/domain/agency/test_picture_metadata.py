"""Pictures tell how they look and nothing more: where and when a telephone took them stays with whoever took them."""

from struct import pack
from zlib import compress, crc32

import pytest

from app.domain.agency import picture
from app.domain.agency.picture import NotAPicture
from app.domain.agency.picture_metadata import without_metadata
from tests import make

SECRET = b"52 22 N 4 53 E, Sanne's telephone"
POINTS = b"\x12\xff\x00\x34\xff\xd0\x56"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + pack(">H", 2 + len(body)) + body


def exif(turned: int, order: str = ">") -> bytes:
    """What a telephone writes: how it was held, beside where it was."""
    mark = b"MM\x00*" if order == ">" else b"II*\x00"
    rows = pack(f"{order}HHII", 0x010F, 2, len(SECRET), 38) + pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\x00\x00" + mark + pack(f"{order}IH", 8, 2) + rows + bytes(4) + SECRET


FRAME = segment(0xC0, b"\x08\x00\x08\x00\x10" + bytes(12))
SCAN = segment(0xDA, bytes(10)) + POINTS
COLOURS = (
    segment(0xE0, b"JFIF\x00" + bytes(9)) + segment(0xE2, b"ICC_PROFILE\x00abc") + segment(0xEE, b"Adobe" + bytes(7))
)
JPEG = b"\xff\xd8" + COLOURS + FRAME + SCAN + segment(0xC4, b"\xff\xd9") + SCAN + b"\xff\xd9"


def jpeg(*told: bytes) -> bytes:
    """The same picture with more segments in it."""
    return JPEG[:2] + b"".join(told) + JPEG[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", crc32(name + body))


def png(*told: bytes) -> bytes:
    header, points = chunk(b"IHDR", pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)), chunk(b"IDAT", compress(bytes(72)))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"gAMA", bytes(4)) + b"".join(told) + points + chunk(b"IEND", b"")


def blocks(*bodies: bytes) -> bytes:
    return b"".join(bytes((len(body),)) + body for body in bodies) + b"\x00"


FRAMES = b"!\xf9" + blocks(bytes(4)) + b"," + bytes(8) + b"\x80" + bytes(6) + b"\x02" + blocks(b"abc", b"de")
LOOPS = b"!\xff" + blocks(b"NETSCAPE2.0", b"\x01\x00\x00")


def gif(*told: bytes) -> bytes:
    return b"GIF89a\x08\x00\x08\x00\x81\x00\x00" + bytes(12) + LOOPS + b"".join(told) + FRAMES + FRAMES + b";"


def webp(flags: int, *told: bytes) -> bytes:
    parts = b"VP8X" + pack("<I", 10) + bytes((flags,)) + bytes(3) + b"\x07\x00\x00\x07\x00\x00"
    parts += b"VP8L" + pack("<I", 5) + b"abcde\x00" + b"".join(told)
    return b"RIFF" + pack("<I", 4 + len(parts)) + b"WEBP" + parts


TOLD = {
    "exif": (jpeg(segment(0xE1, exif(1))), JPEG),
    "xmp": (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET)), JPEG),
    "iptc": (jpeg(segment(0xED, b"Photoshop 3.0\x00" + SECRET)), JPEG),
    "a comment": (jpeg(segment(0xFE, SECRET)), JPEG),
    "a smaller picture of all of it": (jpeg(segment(0xE0, b"JFXX\x00" + SECRET)), JPEG),
    "a second picture": (jpeg(segment(0xE2, b"MPF\x00" + SECRET)) + JPEG[:2] + SECRET, JPEG),
    "a comment after a byte that fills": (JPEG.replace(FRAME, FRAME + b"\xff" + segment(0xFE, SECRET)), JPEG),
    "text": (png(chunk(b"tEXt", SECRET), chunk(b"iTXt", SECRET), chunk(b"zTXt", SECRET)), png()),
    "exif in a PNG": (png(chunk(b"eXIf", exif(6)[6:])), png()),
    "what comes after": (png() + SECRET, png()),
    "a comment in a GIF": (gif(b"!\xfe" + blocks(SECRET)), gif()),
    "xmp in a GIF": (gif(b"!\xff" + blocks(b"XMP DataXMP", SECRET)), gif()),
    "after a GIF": (gif() + SECRET, gif()),
    "exif and xmp in a WebP": (
        webp(0x1C, b"EXIF" + pack("<I", len(SECRET)) + SECRET + b"\x00", b"XMP " + pack("<I", 4) + b"<x/>"),
        webp(0x10),
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_was_told_goes_and_what_draws_it_stays(name: str) -> None:
    told, plain = TOLD[name]
    assert SECRET in told
    assert picture.bare(told) == plain
    assert picture.bare(plain) == plain


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("turned", range(2, 9))
def test_a_telephone_that_was_held_upright_shows_so(turned: int, order: str) -> None:
    found = picture.bare(jpeg(segment(0xE1, exif(turned, order))))
    assert SECRET not in found
    assert found == jpeg(segment(0xE1, b"Exif\x00\x00MM\x00*" + pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)))
    assert picture.bare(found) == found


@pytest.mark.parametrize("body", [b"", b"MM\x00*", b"MM\x00*\xff\xff\xff\xff", exif(9)[6:], b"XX" + exif(6)[8:20]])
def test_what_says_nothing_of_how_it_was_held_is_upright(body: bytes) -> None:
    assert picture.bare(jpeg(segment(0xE1, b"Exif\x00\x00" + body))) == JPEG


def test_one_that_ends_too_early_is_shown_as_far_as_it_goes() -> None:
    cut = JPEG[: -len(SCAN) // 2]
    assert picture.bare(cut).startswith(cut)


@pytest.mark.parametrize("content", [JPEG[:2] + b"ab" + JPEG[2:], JPEG[:5], gif()[:40]])
def test_what_cannot_be_told_apart_is_refused(content: bytes) -> None:
    kind = "image/gif" if content.startswith(b"GIF") else "image/jpeg"
    assert without_metadata(kind, content) is None


def test_one_that_cannot_be_read_to_its_end_is_no_picture() -> None:
    with pytest.raises(NotAPicture):
        picture.bare(gif()[:-4])


def test_it_is_kept_without(session: None) -> None:
    told, plain = TOLD["exif"]
    kept = picture.store(told, make.START)
    assert kept.content == plain
    assert picture.store(plain, make.START) is kept
