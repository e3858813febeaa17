"""Security headers on every response, errors and parts included."""

from flask import Flask, Response, current_app, request

from app.web import reports

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"report-uri {reports.ADDRESS}"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CLOSED = {"Cross-Origin-Resource-Policy": "same-origin"}
OPEN = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "86400",
}
"""What other websites may load and send to; never with cookies, because `*` and credentials exclude each other."""


def is_open_to_others(path: str) -> bool:
    """Whether websites of others may use this address."""
    return path == "/s.js" or path.startswith("/v1/")


def register(app: Flask) -> None:
    """Add the headers; pages of signed-in people are never stored."""

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.extend(OPEN if is_open_to_others(request.path) else CLOSED)
        response.headers.setdefault("Cache-Control", "no-store")
        if current_app.config["SETTINGS"].production:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
