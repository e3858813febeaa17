"""Figures for Prometheus: requests of this process, and what the database says of jobs, mail and size."""

import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import Authorization

from app.config import Settings
from app.web import state_figures

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
NOWHERE = "none"
"""The place of an address that does not exist."""
METHODS = frozenset(("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"))
OTHER = "other"
"""Whatever else was sent as a method: every name of its own would be a row for ever."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What this process counts since it began."""

    registry: "CollectorRegistry"
    requests: "Counter"
    seconds: "Histogram"


def register(app: Flask) -> None:
    """Count every answer; without a token nobody may ask, and nothing is counted."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.metrics_token:
        return
    kept = app.extensions["metrics"] = _kept()

    @app.before_request
    def _begin() -> None:
        g.request_began = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        place = request.blueprint or NOWHERE
        method = request.method if request.method in METHODS else OTHER
        kept.requests.labels(place, method, str(response.status_code)).inc()
        if "request_began" in g:
            kept.seconds.labels(place).observe(time.perf_counter() - g.request_began)
        return response


def _kept() -> Kept:
    from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 - only where somebody watches

    registry = CollectorRegistry()
    requests = Counter("fanfare_requests", "Answers.", ["place", "method", "status"], registry=registry)
    seconds = Histogram("fanfare_request_seconds", "Time to answer.", ["place"], buckets=SECONDS, registry=registry)
    return Kept(registry, requests, seconds)


def allows(asked: Authorization | None) -> bool:
    """Whether somebody shows the token, as `Authorization: Bearer TOKEN`."""
    settings: Settings = current_app.config["SETTINGS"]
    token = asked.token if asked and asked.type == "bearer" else None
    return bool(settings.metrics_token and token) and hmac.compare_digest(
        (token or "").encode(), settings.metrics_token.encode()
    )


def exposition(now: datetime) -> bytes:
    """Everything as text."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 - as above
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - as above

    class State:
        def collect(self) -> Iterable[GaugeMetricFamily]:
            for name, said, label, values in state_figures.figures(now):
                family = GaugeMetricFamily(f"fanfare_{name}", said, labels=[label] if label else [])
                for key, value in values.items():
                    family.add_metric([key] if label else [], value)
                yield family

    kept: Kept = current_app.extensions["metrics"]
    state = CollectorRegistry()
    state.register(State())
    return bytes(generate_latest(kept.registry) + generate_latest(state))
