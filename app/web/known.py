"""The cookie of a browser in which somebody signed in before: tries from elsewhere are not counted there."""

from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.config import Settings
from app.domain.agency import sign_in, token
from app.domain.agency.person import Person

LASTS = timedelta(days=90)
OF = "known:"


def remember(response: Response, person: Person) -> Response:
    """From now on this browser is known for the address of whoever was let in; it opens nothing by that."""
    value = _signer().dumps([_fingerprint(person.email or ""), token.fresh()])
    response.set_cookie(
        _name(), value, max_age=LASTS, secure=_settings().production, httponly=True, samesite="Strict", path="/"
    )
    return response


def browser(email: str) -> str:
    """What tells this browser from all others, where somebody with this address was let in; else nothing."""
    try:
        fingerprint, mark = _signer().loads(request.cookies.get(_name(), ""), max_age=int(LASTS.total_seconds()))
    except BadData:
        return ""
    return str(mark) if fingerprint == _fingerprint(email) else ""


def _fingerprint(email: str) -> str:
    return sign_in.attempt(email, "", _settings().key, OF).account


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_settings().key, salt="a known browser")


def _name() -> str:
    return f"{'__Host-' if _settings().production else ''}fanfare-known"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
