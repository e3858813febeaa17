"""Where browsers tell that a page tried to load or run what its policy forbids: a line in the log, and no more."""

import re

import structlog
from flask import Flask, Response, request

from app.web.form_guard import csrf

log = structlog.get_logger()
ADDRESS = "/policy-reports"
LARGEST = 8_192
DIRECTIVE = re.compile(rb'"(?:effective|violated)-directive"\s*:\s*"([a-z-]{1,40})')


def register(app: Flask) -> None:
    """One address, for every page."""
    app.add_url_rule(ADDRESS, "policy_reports", csrf.exempt(_take_in), methods=["POST"])


def _take_in() -> Response:
    """Which directive, and nothing of addresses or scripts: those may hold tokens, and anybody can send them."""
    body = request.stream.read(LARGEST) if (request.content_length or 0) <= LARGEST else b""
    if found := DIRECTIVE.search(body):
        log.warning("policy_violated", directive=found[1].decode())
    return Response(status=204)
