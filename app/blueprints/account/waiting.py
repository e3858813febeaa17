"""The answer to whoever tried too often: the page again, and when to come back."""

import math
from datetime import timedelta

from flask import Response, make_response

from app.language import ngettext


def slow_down(wait: timedelta, page: str) -> Response:
    """A page that says to wait, to people and to programs."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


def too_many_passwords(wait: timedelta) -> str:
    """After wrong passwords."""
    return ngettext(
        "Too many wrong passwords. Try again in %(num)d minute.",
        "Too many wrong passwords. Try again in %(num)d minutes.",
        _minutes(wait),
    )


def too_many_links(wait: timedelta) -> str:
    """After links that were asked for; the same whether the address is known or not."""
    return ngettext(
        "Links were asked for often within the hour. Look at the spam too, or ask again in %(num)d minute.",
        "Links were asked for often within the hour. Look at the spam too, or ask again in %(num)d minutes.",
        _minutes(wait),
    )


def too_many_codes(wait: timedelta) -> str:
    """After wrong codes."""
    return ngettext(
        "Too many wrong codes. Try again in %(num)d minute.",
        "Too many wrong codes. Try again in %(num)d minutes.",
        _minutes(wait),
    )


def _minutes(wait: timedelta) -> int:
    return math.ceil(wait.total_seconds() / 60)
