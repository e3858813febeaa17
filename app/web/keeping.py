"""What somebody sent and could not be saved: the page that says so holds it, to be sent again from there."""

from flask import request
from werkzeug.exceptions import HTTPException

MOST = 40_000
"""Characters; a page that holds more is larger than pages are."""
SECRET = ("/account", "/setup")
"""Where passwords and codes are entered: no page repeats those."""


def kept() -> list[tuple[str, str]]:
    """The fields of the form that was sent, by name; empty when there is none, or none that a page may repeat."""
    if request.method != "POST" or request.path.startswith(SECRET):
        return []
    try:
        files, form = request.files, request.form
    except HTTPException:  # what was sent cannot be read either
        return []
    fields = [(name, text) for name, texts in form.lists() for text in texts]
    length = sum(len(name) + len(text) for name, text in fields)
    secret = any("password" in name for name, _ in fields)
    return [] if secret or length > MOST or any(each.filename for each in files.values()) else fields
