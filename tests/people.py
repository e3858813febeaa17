"""The people of every test, and a browser that each of them uses; the pages they open are held to the house rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import session as sign_in
from app.domain.agency.person import Person, Role
from tests import make, page
from tests.canaries import watch

TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')


@dataclass(frozen=True)
class People:
    """sanne and bram are in one team, led by lead; otto is in another branch; gone has left."""

    sanne: Person
    bram: Person
    tess: Person
    lead: Person
    ines: Person
    ada: Person
    otto: Person
    gone: Person


def make_people() -> People:
    """The agency with its program and these eight people; call it inside an application context."""
    make.agency()
    north, south = make.branch("Noord"), make.branch("Zuid")
    team, other = make.team("Zwolle", north), make.team("Breda", south)
    people = People(
        sanne=make.somebody("Sanne de Vries", team=team),
        bram=make.somebody("Bram Jansen", team=team),
        tess=make.somebody("Tess Bakker", Role.MEMBER, team=team),
        lead=make.somebody("Lea Mulder", Role.LEAD, team=team),
        ines=make.somebody("Ines Visser", Role.SPONSOR),
        ada=make.somebody("Ada Smit", Role.ADMIN),
        otto=make.somebody("Otto van der Berg", team=other),
        gone=make.somebody("Gerrit Los", team=team, gone=True),
    )
    db.session.add_all(vars(people).values())
    db.session.flush()
    make.program(sponsor=people.ines)
    db.session.commit()
    return people


class Form:
    """The CSRF token that a page gives to its forms."""

    def __init__(self, html: str) -> None:
        found = TOKEN.search(html)
        self.token = found[1] if found else ""


class Browser:
    """A plain browser: cookies, forms with their CSRF token, no JavaScript."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def sign_in(self, person: Person) -> "Browser":
        """A new browser in which a person is signed in."""
        browser = Browser(self.app)
        with self.app.app_context():
            token = sign_in.open_session(person, "test", clock.now())
            db.session.commit()
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser

    def get(self, url: str, *, part: bool = False, budget: int | None = None) -> TestResponse:
        """Open a page; it is held to the house rules, its number of queries included: the page's own budget."""
        with page.counted() as statements:
            answer = self.client.get(url, headers={"HX-Request": "true"} if part else None)
        found = page.faults(answer)
        assert not found, f"{url}: {found}"
        allowed = page.BUDGET if budget is None else budget
        assert len(statements) <= allowed, "\n".join([f"{url}: {len(statements)}", *statements])
        return answer

    def post(
        self, url: str, data: Mapping[str, object] | None = None, *, part: bool = False, at: str = "/account/sign-in"
    ) -> TestResponse:
        """Send a form, with the CSRF token of the page at `at`."""
        headers = {"HX-Request": "true"} if part else None
        watch.typed(data or {})
        return self.client.post(url, data={"csrf_token": self._token(at), **(data or {})}, headers=headers)

    def _token(self, at: str) -> str:
        """One that the session knows already, as any page would give it; else that of the page."""
        with self.client.session_transaction() as cookie:
            known = cookie.get("csrf_token")
        if known is None:
            return Form(self.client.get(at).text).token
        return str(URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(known))
