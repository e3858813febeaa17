"""Logs: one JSON object a line, UTC, ids only; names and addresses stay out of them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from app.config import Settings

DETAIL = re.compile(r"^DETAIL: .*?(?=\n\n|\n\[SQL|\Z)", re.DOTALL | re.MULTILINE)
"""Where PostgreSQL says which values it refused."""


def prepare(settings: Settings) -> None:
    """Send structured logs of the chosen level to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _without_values(_logger: object, _method: str, told: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An error as it is logged, without what was to be written."""
    if "exception" in told:
        told["exception"] = DETAIL.sub("DETAIL: not logged", told["exception"])
    return told
