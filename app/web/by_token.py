"""Software that acts for somebody: known by a token in the Authorization header, at addresses of their own."""

from flask import request

PATH = "/api/v1/"
"""Under this nobody is known by a cookie, and by a token nowhere else."""


def asked() -> bool:
    """Whether software asks."""
    return request.path.startswith(PATH)


def value() -> str:
    """The token that came along, if any."""
    return sent() if asked() else ""


def sent() -> str:
    """What came along as a token, wherever it was sent."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
