"""GET /s.js: small, at an address that stays, and for every website to load."""

from tests.blueprints.intake.sender import Sender


def test_it_is_small_and_open(website: Sender) -> None:
    answer = website.client.get("/s.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert 0 < len(answer.data) <= 1_500
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers


def test_it_is_packed(website: Sender) -> None:
    answer = website.client.get("/s.js", headers={"Accept-Encoding": "gzip"})
    assert (answer.content_encoding, len(answer.data) <= 900) == ("gzip", True)


def test_what_a_browser_has_already_is_not_sent_again(website: Sender) -> None:
    mark = website.client.get("/s.js").headers["ETag"]
    again = website.client.get("/s.js", headers={"If-None-Match": mark})
    assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", "public, max-age=3600")
