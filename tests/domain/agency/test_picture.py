"""Pictures: known by their bytes, kept once, and never anything that a browser could run."""

import pytest

from app.domain.agency import picture
from app.domain.agency.picture import NotAPicture
from tests import make

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_it_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert picture.content_type(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"%PDF-1.7", b"BM"],
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
