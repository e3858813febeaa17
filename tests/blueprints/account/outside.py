"""One browser that signs in with an account elsewhere, step by step, so that each step can be disturbed."""

import html
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from werkzeug.test import TestResponse

from tests import page
from tests.identity_provider import There
from tests.people import Browser

ADDRESS = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def leave(browser: Browser, at: str = "/account/outside") -> str:
    """Set out; the address to which the browser is led."""
    answer = browser.post(at)
    assert answer.status_code == 200, answer.status
    found = ADDRESS.search(answer.text)
    assert found, answer.text
    return html.unescape(found[1])


def back_from(there: There, address: str, subject: str) -> str:
    """Prove oneself there; the path to which the browser is sent back."""
    return local(there.answers(address, subject))


def local(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def changed(back: str, **facts: str | None) -> str:
    """The same answer, with something else in it; None takes it away."""
    parts = urlsplit(back)
    told = {name: each[0] for name, each in parse_qs(parts.query).items()} | facts
    return f"{parts.path}?{urlencode({name: each for name, each in told.items() if each is not None})}"


def come_in(browser: Browser, there: There, subject: str, at: str = "/account/outside") -> TestResponse:
    """All of it: to come back is to press what was pressed before one left."""
    return browser.get(back_from(there, leave(browser, at), subject), budget=page.PRESS)


def is_in(browser: Browser) -> bool:
    """Whether somebody is signed in on this browser."""
    return browser.get("/account").status_code == 200
