"""Who is asking: server-side sign-in sessions behind Flask-Login, and who may open a page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

import structlog
from flask import Flask, Request, Response, abort, g, redirect, request, session, url_for
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db import Busy, db, write
from app.domain.agency import session as sign_in
from app.domain.agency.api_token import ApiToken
from app.domain.agency.person import Person, Role
from app.domain.agency.session import SignInSession
from app.domain.program import asking
from app.web import by_token
from app.web.htmx import go, wants_part

P = ParamSpec("P")
R = TypeVar("R")
PROVED = "proved"
PROOF_LASTS = timedelta(minutes=15)
LOCAL = re.compile(r"/(?![/\\])[\x21-\x7e]*")


log = structlog.get_logger()


class Known(UserMixin):  # type: ignore[misc] # Flask-Login has no types
    """Whoever asks, in a browser or through software of theirs."""

    def __init__(self, asks: asking.Asker[Any]) -> None:
        self.person = asks.person
        self.must_set_up = asks.must_set_up


class SignedIn(Known):
    """A signed-in browser: the person, and the session whose token Flask-Login keeps.

    It keeps facts of the session instead of its row, which may be gone when the command is done.
    """

    def __init__(self, asks: asking.Asker[SignInSession], token: str) -> None:
        super().__init__(asks)
        self.session_id = asks.by.id
        self.signed_in_at = asks.by.created_at
        self.seen_at = asks.by.seen_at
        self.token = token

    def get_id(self) -> str:
        return self.token


class ByToken(Known):
    """Software with a token of the person's."""

    def __init__(self, asks: asking.Asker[ApiToken]) -> None:
        super().__init__(asks)
        self.token = asks.by


class Manager(LoginManager):  # type: ignore[misc] # as above
    """It has no cookie of its own to look after: an answer for which nobody asked who it is depends on no cookie."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def register(app: Flask) -> None:
    """Load who signed in, or for whom software asks; keep sessions alive."""
    manager = Manager(app, add_context_processor=False)
    manager.session_protection = None
    manager.user_loader(_load)
    manager.request_loader(_load_by_token)
    app.after_request(_keep_alive)


def _load(token: str) -> SignedIn | None:
    if by_token.asked():
        return None
    found = asking.find(token, clock.now())
    return SignedIn(found, token) if found else None


def _load_by_token(_request: Request) -> ByToken | None:
    value = by_token.value()
    found = asking.find_for(value, clock.now()) if value else None
    return ByToken(found) if found else None


def _keep_alive(response: Response) -> Response:
    """A person who does something stays signed in; a page that refreshes by itself is nobody's doing."""
    user = g.get("_login_user")
    polled = "HX-PTag" in request.headers
    if not polled and isinstance(user, SignedIn) and clock.now() - user.seen_at > sign_in.SEEN_EVERY:
        try:
            write()
            sign_in.touch(user.session_id, clock.now())
            db.session.commit()
        except (Busy, DBAPIError):  # what they asked for is there all the same
            db.session.rollback()
    return response


def enter(person: Person, token: str) -> None:
    """Give this browser a session that was opened, and nothing that it had before."""
    session.clear()
    found = asking.find(token, clock.now())
    if found is None:
        raise RuntimeError(f"no session was opened for person {person.id}")
    login_user(SignedIn(found, token))


def leave() -> None:
    """End this browser's session for good: the row goes, so a copied cookie opens nothing."""
    if current_user.is_authenticated:
        sign_in.close(current_user.session_id)
    logout_user()
    session.clear()


def nobody() -> None:
    """Nobody is signed in for the rest of this request, because the database cannot be asked who is."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001 - where Flask-Login looks first


def person_or_none() -> Person | None:
    """Who is signed in, or None; never the reason for an error."""
    user = current_user._get_current_object()  # noqa: SLF001 - werkzeug's name for what a proxy stands for
    return user.person if isinstance(user, Known) else None


def person() -> Person:
    """Who is signed in, on a page that requires it."""
    found = person_or_none()
    if found is None:
        abort(401)
    return found


def token() -> ApiToken | None:
    """The token with which software asks; None when it has none that works."""
    user = current_user._get_current_object()  # noqa: SLF001 - as above
    return user.token if isinstance(user, ByToken) else None


def session_id() -> int:
    """The sign-in session of this browser, on a page that requires one."""
    person()
    return int(current_user.session_id)


def must_set_up() -> bool:
    """Whether the agency wants a second factor of whoever is signed in, and they have none."""
    return bool(current_user.is_authenticated and current_user.must_set_up)


def proved_lately() -> bool:
    """Whether this browser showed within a quarter of an hour who uses it: by signing in, or by a proof since."""
    proved = session.get(PROVED, [0, 0])
    signed_in_at: datetime = current_user.signed_in_at
    again = datetime.fromtimestamp(proved[1], UTC) if proved[0] == session_id() else signed_in_at
    return clock.now() - max(again, signed_in_at) <= PROOF_LASTS


def prove_again() -> None:
    """Whoever is signed in showed once more who they are: their session goes on under another token."""
    value = sign_in.renew(session_id())
    found = asking.find(value, clock.now())
    if found is None:
        abort(401)
    login_user(SignedIn(found, value))
    session[PROVED] = [session_id(), int(clock.now().timestamp())]


def signed_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """A page for everybody who is signed in."""
    return only(*Role)(view)


def setting_up(view: Callable[P, R]) -> Callable[P, R | Response]:
    """A page for everybody who is signed in, also before they have the second factor that the agency wants."""
    return _for(frozenset(Role), before_all=True)(view)


def only(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """A page for some roles; to others it does not exist, and a visitor is asked to sign in first."""
    return _for(frozenset(roles))


def _for(roles: frozenset[Role], *, before_all: bool = False) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            found = person_or_none()
            if found is None:
                return _to_sign_in()
            if found.role not in roles:
                log.warning("not_allowed", endpoint=request.endpoint, person=found.id)
                abort(404)
            if must_set_up() and not before_all:
                return _to_set_up()
            return view(*args, **kwargs)

        return guarded

    return decorate


def proved(view: Callable[P, R]) -> Callable[P, R | Response]:
    """What changes how somebody signs in, or goes far, asks first who they are, if they did not show it lately."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        return view(*args, **kwargs) if proved_lately() else ask_proof()

    return guarded


def ask_proof() -> Response:
    """To where one shows who one is, and from there back to where this was asked for, as narrow as it was."""
    before = urlsplit(request.referrer or "")
    back = request.full_path if request.method == "GET" else f"{before.path}?{before.query}"
    return go(url_for("account.proof", next=local(back.rstrip("?"), url_for("account.safety"))))


def _to_set_up() -> Response:
    """To where a second factor is set up; a part that asks for itself stays as it is."""
    if wants_part() and request.method == "GET":
        return Response(status=204)
    return go(url_for("account.safety"))


def _to_sign_in() -> Response:
    """A page opens sign-in and comes back; a part or a post says that the session is gone."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        abort(401)
    asked = request.full_path.rstrip("?")
    return redirect(url_for("account.sign_in", next=asked), 303)  # type: ignore[return-value] # Flask answers its own Response


def local(path: str | None, otherwise: str) -> str:
    """The path when it is a page of ours, else the other one: nobody is led elsewhere after signing in."""
    return path if path and LOCAL.fullmatch(path) else otherwise
