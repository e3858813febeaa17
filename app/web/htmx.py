"""The one seam to htmx: is this request for a part, and what the answer tells the browser."""

import json
from typing import cast

from flask import Flask, Response, make_response, redirect, request
from htmx_flask import Htmx


def register(app: Flask) -> None:
    """Make `request.htmx` known, and let caches keep parts and pages apart."""
    Htmx(app)

    @app.after_request
    def _vary(response: Response) -> Response:
        if not response.cache_control.public:  # what is everybody's has no parts
            response.vary.add("HX-Request")
        return response


def wants_part() -> bool:
    """Whether the browser asks for a part of a page; history restores and boosted links want the whole."""
    htmx = request.htmx  # type: ignore[attr-defined] # set on the request by htmx-flask
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def part(
    html: str,
    *,
    status: int = 200,
    trigger: dict[str, object] | None = None,
    swap: str | None = None,
    target: str | None = None,
    url: str | None = None,
) -> Response:
    """Answer a part of a page, with events for the page's scripts."""
    response = make_response(html, status)
    if trigger:
        response.headers["HX-Trigger"] = json.dumps(trigger)
    if swap:
        response.headers["HX-Reswap"] = swap
    if target:
        response.headers["HX-Retarget"] = target
    if url:
        response.headers["HX-Push-Url"] = url
    return response


def go(url: str) -> Response:
    """Send the browser to another page of ours, whether htmx asked or a form did."""
    if wants_part():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return cast("Response", redirect(url, 303))
