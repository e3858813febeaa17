"""Pictures: known by their bytes, kept once, and never anything that a browser could run."""

import pytest

from app.domain.agency import picture
from app.domain.agency.picture import NotAPicture
from tests import make
from tests.make import PNG

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x08\x00\x10"
WEBP = b"RIFF\x00\x00\x00\x00WEBP"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (b"GIF89a\x08\x00\x08\x00", "image/gif"),
        (WEBP + b"VP8 " + bytes(10) + b"\x08\x00\x08\x00", "image/webp"),
        (WEBP + b"VP8L" + bytes(5) + b"\x07\xc0\x01\x00", "image/webp"),
        (WEBP + b"VP8X" + bytes(8) + b"\x07\x00\x00\x07\x00\x00", "image/webp"),
    ],
)
def test_it_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert picture.content_type(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<html>",
            b"RIFF\x00\x00\x00\x00WAVEfmt ",
            b"%PDF-1.7",
            b"BM",
        ),
        *(b"GIF89a<svg onload=alert(1)>", b"GIF8<html>", PNG[:8] + b"nothing", JPEG[:12], JPEG[:6] + bytes(20), WEBP),
        *(PNG[:16] + bytes(8), PNG[:16] + b"\x00\x00\xff\xff" * 2),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        picture.content_type(content)


def test_too_large_is_refused() -> None:
    assert picture.content_type(PNG.ljust(picture.MOST_BYTES, b"\x00"))
    with pytest.raises(NotAPicture):
        picture.content_type(PNG.ljust(picture.MOST_BYTES + 1, b"\x00"))


def test_the_same_picture_is_kept_once(session: None) -> None:
    assert picture.store(PNG, make.START) is picture.store(PNG, make.START)
    assert picture.store(PNG + b"x", make.START).id != picture.store(PNG, make.START).id


def test_one_that_somebody_stored_meanwhile_is_found(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = picture.store(PNG, make.START)
    monkeypatch.setattr(picture, "_by_digest", lambda _digest: None)
    assert picture.store(PNG, make.START).id == kept.id


def test_it_is_found_with_its_content(session: None) -> None:
    kept = picture.store(PNG, make.START)
    again = picture.find(kept.id)
    assert again
    assert again.content == PNG
    assert picture.find(kept.id + 1) is None
