"""Everybody's tokens: which software acts for whom, and the button that ends it."""

from flask import Response, render_template, request, url_for

from app import clock
from app.db import db, write
from app.domain.agency import api_token
from app.domain.agency.person import Role, names_of
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words.api_token import scopes_line

only = auth.only(Role.ADMIN)


@only
def tokens() -> str:
    """Those that open something, the last made first."""
    now = clock.now()
    page = api_token.working(now, request.args.get("page", 1, int))
    people = names_of({token.person_id for token in page.rows})
    return render_template("intake/tokens.html", page=page, people=people, now=now, scopes_line=scopes_line)


@only
def end_token(token_id: int) -> Response:
    """A token of somebody's opens nothing any more."""
    write()
    found(api_token.end(token_id, clock.now()) or None)
    db.session.commit()
    say(_("The token opens nothing any more."))
    return go(url_for("intake.tokens"))
