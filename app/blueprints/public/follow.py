"""A link of ours to a page elsewhere: it is followed at once, and that it was is written down."""

from flask import Blueprint, Response, make_response, redirect, request
from sqlalchemy.exc import OperationalError

from app import clock
from app.blueprints.public.own import ended
from app.db import Busy, db, write
from app.domain.actions.link_followed import follow
from app.domain.journey import machine, tracked_link
from app.domain.journey.machine import Verdict
from app.domain.journey.tracked_link import TrackedLink

SECURE = "https://"
NOBODY_ELSE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def follow_link(token: str) -> Response:
    """On to where the link was made for; GET and HEAD change nothing but a touchpoint."""
    link = tracked_link.opened(token, clock.now())
    if link is None:
        return ended()
    url = link.url
    _record(link)
    if not url.startswith(SECURE):
        return ended()
    response = make_response(redirect(url, 302))
    response.headers.update(NOBODY_ELSE)
    return response


def _record(link: TrackedLink) -> None:
    """Whoever follows a link need not wait for our database."""
    link_id, verdict = link.id, _judged()
    try:
        write()
        held = db.session.get(TrackedLink, link_id)
        if held is not None:
            follow(held, verdict, clock.now())
            db.session.commit()
    except (Busy, OperationalError):
        db.session.rollback()


def _judged() -> Verdict:
    """A browser that does not say what it is may be anybody; the address from which it asks is not looked at."""
    agent = request.headers.get("User-Agent", "")
    said = {"prefetch": "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))}
    judged = machine.judge(agent, request.method, said)
    return judged if agent or judged is not Verdict.HUMAN else Verdict.UNKNOWN


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.get("/r/<token>")(follow_link)
