"""How much a request may bring: a file where files are taken in, of whoever is signed in; else a form and a picture."""

from flask import Flask, request, session

FILES = frozenset({"candidates.import_upload", "intake.receive_file"})
LARGEST = 4 * 1024 * 1024
SIGNED_IN = "_user_id"
"""Where Flask-Login keeps whose session it is: signed by us, which is all that is asked before anything is read."""


def register(app: Flask) -> None:
    """Before anything reads what was sent: else anybody could have the disk filled, and wait for it in our threads."""

    @app.before_request
    def _bound() -> None:
        if request.endpoint not in FILES or SIGNED_IN not in session:
            request.max_content_length = min(LARGEST, request.max_content_length or LARGEST)
