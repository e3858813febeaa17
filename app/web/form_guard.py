"""Forms that only we can have shown: their token, and the browser's word on where they were sent from."""

from flask import Flask, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf

from app.domain.agency import token

FROM_HERE = frozenset({"same-origin", "none"})
FIELD = "csrf_token"


class FormGuard(CSRFProtect):  # type: ignore[misc] # Flask-WTF has no types
    """A form needs its token, and a browser that says from where it was sent must name us: a stolen token is no use."""

    def protect(self, **how: bool) -> None:
        super().protect(**how)
        if g.get("csrf_valid") and request.headers.get("Sec-Fetch-Site", "none") not in FROM_HERE:
            raise CSRFError


csrf = FormGuard()


def register(app: Flask) -> None:
    """Guard every form; what proves itself otherwise is exempt where it is defined."""
    csrf.init_app(app)
    app.jinja_env.globals[FIELD] = form_token
    app.context_processor(lambda: {FIELD: form_token})


def form_token() -> str:
    """The token of this session's forms; what it is made of is drawn as that of all tokens is."""
    if FIELD not in session:
        session[FIELD] = token.fresh()
    return str(generate_csrf())
