"""Refuses text that no database keeps alike: a zero character in an address or a form is never typed by a person."""

from flask import Flask, abort, request


def register(app: Flask) -> None:
    """Answer 400 before such text reaches a query; what machines send is read raw, and not by us."""

    @app.before_request
    def _refuse() -> None:
        if request.path.startswith(("/v1/", "/hooks/")):
            return
        for values in (request.args, request.form):
            if any("\0" in text for name, texts in values.lists() for text in (name, *texts)):
                abort(400)
