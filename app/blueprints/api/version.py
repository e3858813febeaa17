"""Which version of a candidate software has read: another one with every change, but not while they only cool down."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from flask import request

from app.blueprints.api.refusal import CHANGED, Refusal
from app.language import gettext as _

BESIDE = frozenset({"score", "updated_at"})
"""They change without a change of what is told, as when a candidate gets another telephone."""
DIGITS = 16
TAG = re.compile(rf'"([0-9a-f]{{{DIGITS}}})-')
"""In a tag the version comes first, whatever else changes with the answer: the score, how it is compressed."""


def tag(told: Mapping[str, Any]) -> str:
    """The ETag of what is told of a candidate."""
    return f'"{_version(told)}-{_digest(told)}"'


def asked() -> bool:
    """Whether software says which version it read."""
    return "If-Match" in request.headers


def check(told: Mapping[str, Any]) -> None:
    """Nothing, when it is the one that was read; a star means any.

    Raises:
        Refusal: somebody changed it since.
    """
    sent = request.headers["If-Match"]
    if sent.strip() != "*" and _version(told) not in TAG.findall(sent):
        raise Refusal(CHANGED, _("Somebody changed this since you read it. Read it again before you change it."))


def _version(told: Mapping[str, Any]) -> str:
    return _digest({name: value for name, value in told.items() if name not in BESIDE})


def _digest(told: Mapping[str, Any]) -> str:
    facts = sorted((name, repr(value)) for name, value in told.items())
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:DIGITS]
