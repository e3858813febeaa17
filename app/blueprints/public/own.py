"""A candidate's own page: opened by a link without an account, in their language, and seen by nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from flask import Response, make_response, render_template, request

from app import clock
from app.db import db, write
from app.domain.actions.own_act import holder
from app.domain.candidates import identity
from app.domain.candidates import link as links
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.gone import Gone
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.language import in_language
from app.web.language import LANGUAGES
from app.web.toast import say
from app.words import own as words

Answer = str | Response
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow",
    # Without any referrer a browser names no origin either, and every form would be refused over https.
    "Referrer-Policy": "strict-origin",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks, by which link; `url` is the page that the link opens."""

    token: str
    purpose: LinkPurpose
    link: CandidateLink
    candidate: Candidate

    @property
    def url(self) -> str:
        return f"/me/{self.purpose}/{self.token}"

    @property
    def ways(self) -> list[Channel]:
        """The channels on which they can be reached."""
        return list(identity.ways(identity.identities_of(self.candidate.id)))


def page(purpose: LinkPurpose) -> Callable[[Callable[[Visit], Answer]], Callable[[str], Response]]:
    """A page, or a form of it, for whoever has the link; a link that ended says so, whatever it was."""

    def decorate(view: Callable[[Visit], Answer]) -> Callable[[str], Response]:
        @wraps(view)
        def opened(token: str) -> Response:
            held = links.opened(token, purpose, clock.now())
            if held is None:
                return ended()
            visit = Visit(token, purpose, held, holder(held))
            with in_language(_language(visit.candidate)):
                try:
                    return _private(make_response(view(visit)))
                except Gone:
                    db.session.rollback()
                    return ended()

        return opened

    return decorate


def act(visit: Visit, command: Callable[[CandidateLink, datetime], object], done: str = "") -> None:
    """Do what a candidate asks for; the link is opened once more, because it may have ended in the meantime.

    Raises:
        Gone: it has.
    """
    write()
    held = links.opened(visit.token, visit.purpose, clock.now())
    if held is None:
        raise Gone
    command(held, clock.now())
    db.session.commit()
    if done:
        say(done)


def show(template: str, visit: Visit, status: int = 200, **facts: object) -> Response:
    """One of their pages; `you` are the words in which they are spoken to."""
    html = render_template(f"public/own/{template}.html", visit=visit, you=words.pronouns(), words=words, **facts)
    return make_response(html, status)


def ended() -> Response:
    """What a link says that opens nothing: the same for each, so that nobody learns which ones there were."""
    return _private(make_response(render_template("public/own/ended.html", you=words.pronouns()), 404))


def _language(candidate: Candidate) -> str:
    """What they chose on the page, else how we write to them."""
    cookie = request.cookies.get("language", "")
    return cookie if cookie in LANGUAGES else words.language_of(candidate)


def _private(response: Response) -> Response:
    """For them alone, and in the language of their cookie."""
    response.headers.update(PRIVATE)
    response.vary.add("Cookie")
    return response
