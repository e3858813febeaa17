"""A server of the tests that says nothing: an address may hold what must not stand in a log."""

from werkzeug.serving import WSGIRequestHandler


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""
