"""The cookie by which a browser goes on with a sign-in that it began; it is no session and opens no page."""

from flask import Response, current_app, request

from app.domain.agency.second_factor import StepKind
from app.domain.agency.sign_in_step import LASTS


def token(kind: StepKind) -> str:
    """What this browser has of a step; empty when it began none."""
    return request.cookies.get(_name(kind), "")


def keep(response: Response, kind: StepKind, value: str) -> Response:
    """Give the browser a step to go on with, for as long as it lasts."""
    response.set_cookie(
        _name(kind), value, max_age=LASTS[kind], secure=_secure(), httponly=True, samesite="Lax", path="/"
    )
    return response


def drop(response: Response, kind: StepKind) -> Response:
    """The step is over."""
    response.delete_cookie(_name(kind), secure=_secure(), httponly=True, samesite="Lax", path="/")
    return response


def _name(kind: StepKind) -> str:
    return f"{'__Host-' if _secure() else ''}fanfare-{kind}"


def _secure() -> bool:
    return bool(current_app.config["SETTINGS"].production)
