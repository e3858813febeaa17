"""Sharing something useful with a candidate: what fits them, and a message that is ready to be sent."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.reach import asked_for, held
from app.db import db
from app.domain.actions import sharing
from app.domain.actions.channel_choice import Choice, choices
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.message_link import message_link
from app.domain.journey import shared_item
from app.domain.journey.shared_item import SharedItem
from app.language import gettext as _
from app.language import in_language
from app.mail import public_url
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import library as library_words
from app.words.candidates import channel_icon, channel_verb
from app.words.own import language_of
from app.words.reasons import given_name

BEST = 3
words = SimpleNamespace(
    **vars(library_words) | {"channel_icon": channel_icon, "channel_verb": channel_verb, "given_name": given_name}
)


class Opening(NamedTuple):
    """A channel, and the address that opens the prepared message on it; LinkedIn takes no text along."""

    channel: Channel
    href: str


class Ready(NamedTuple):
    """A message that can be sent; `text` is for where we cannot open it."""

    item: SharedItem
    text: str
    language: str
    openings: list[Opening]


@auth.signed_in
def share(candidate_id: int) -> Response:
    """What fits this candidate best, and everything else that there is."""
    return _shown(asked_for(candidate_id))


@auth.signed_in
def share_item(candidate_id: int) -> Response:
    """Prepare the message with one item; sending it is up to whoever asked."""
    asked_for(candidate_id)
    row, person, now = held(candidate_id), auth.person(), clock.now()
    item = found(shared_item.find(request.form.get("item", 0, type=int)))
    next_up = sharing.standing(person, row, now)
    if sharing.is_closed(next_up) or not item.is_offered(now):
        db.session.rollback()
        say(_("This cannot be shared with %(name)s now.", name=row.name), category="error")
        return go(url_for("candidates.share", candidate_id=candidate_id))
    chosen = sharing.writable(choices(row, now))
    given = sharing.share(row, item, chosen.keys(), person, now)
    db.session.commit()
    return _shown(row, _ready(row, item, chosen, given))


def _ready(
    row: Candidate, item: SharedItem, chosen: Mapping[Channel, Choice], given: Mapping[Channel | None, str]
) -> Ready:
    """The message in the candidate's language, with the link of the channel on which it goes."""
    language, name = language_of(row), given_name(row)
    with in_language(language):
        texts = {way: library_words.message(item, name, public_url(f"/r/{token}")) for way, token in given.items()}
    openings = [
        Opening(channel, message_link(channel, chosen[channel].address, item.title, texts[channel]) or "")
        for channel in given
        if channel is not None
    ]
    return Ready(item, texts[None], language, openings)


def _shown(row: Candidate, ready: Ready | None = None) -> Response:
    html = render_template("candidates/share.html", candidate=row, ready=ready, words=words, **_facts(row))
    return make_response(html)


def _facts(row: Candidate) -> dict[str, Any]:
    now = clock.now()
    next_up = sharing.standing(auth.person(), row, now)
    suited = shared_item.suited(shared_item.offered(now), row.role_sought or "", row.aspiration or "")
    best = [each for each in suited if each.weight][:BEST]
    return {
        "next_up": next_up,
        "closed": sharing.is_closed(next_up),
        "best": best,
        "others": [each for each in suited if each not in best],
        "before": sharing.before(row.id),
    }


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/share")(share)
    bp.post("/<int:candidate_id>/share")(share_item)
