"""The follow-up block: a queue that one works through card by card, whatever tab, device or network one has."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, make_response, request

from app import clock
from app.blueprints.block import practice, working
from app.blueprints.block.answering import again, answer, beforehand, busy_with, shown
from app.blueprints.block.forms import NextStepForm, OutcomeForm, StartForm
from app.blueprints.block.showing import Sent
from app.db import db, write
from app.domain.actions import claim, contact_start, covering, note, queue, queue_cards, queue_log, queue_start
from app.domain.actions.contact import NotLoggable
from app.domain.actions.queue import QueueCard
from app.domain.actions.queue_ahead import ahead_of
from app.domain.actions.queue_cards import Deck, Turned
from app.domain.agency.agency import the_agency, the_zone
from app.domain.candidates import sensitive
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import visible_to
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import part
from app.words.reach import warning
from app.words.reasons import given_name
from app.words.turns import done_already

bp = Blueprint("block", __name__, url_prefix="/block")
SEEN = "seen"
Move = Callable[[Deck, QueueCard, datetime], Turned]


@bp.app_context_processor
def _parts() -> dict[str, object]:
    """What lists of candidates say of those with whom a colleague is at work."""
    return {"busy_with": busy_with}


@bp.get("")
@auth.signed_in
def page() -> Response:
    """The card on the screen, the start, or the end; looking claims nobody."""
    return shown(auth.person(), clock.now())


@bp.post("")
@auth.signed_in
def start() -> Response:
    """Begin with the list of this moment, or go on where one was."""
    person, now, form = auth.person(), clock.now(), StartForm(request.form)
    form.validate()
    owner_id = person.id if form.owner.data is None else form.owner.data
    found(covering.may_cover(person, owner_id, clock.local_day(now, the_zone())) or None)
    write()
    turned = queue_start.start(person, now, owner_id=owner_id, minutes=form.lasting)
    db.session.commit()
    return answer(person, now, turned=turned)


@bp.get("/cards/<int:card_id>/ahead")
@auth.signed_in
def ahead(card_id: int) -> Response:
    """The card that comes after this one, for the page to hold; looking claims nobody."""
    person, now = auth.person(), clock.now()
    found(queue.card_of(person, card_id))
    coming = ahead_of(person, card_id, now)
    return part(beforehand(person, coming, now)) if coming else part("", status=204)


@bp.post("/cards/<int:card_id>/outcome")
@auth.signed_in
def outcome(card_id: int) -> Response:
    """Log the card; the next one comes."""
    person, now, form = auth.person(), clock.now(), OutcomeForm(request.form).offer()
    if not form.validate():
        found(queue.card_of(person, card_id))
        return again(person, now, Sent(form=form, card_id=card_id))
    try:
        worked, candidate = working.log(person, card_id, form, now)
    except NotLoggable as error:
        form.why_not(error, form.outcome)
        return again(person, now, Sent(form=form, card_id=card_id))
    told = [done_already(given_name(candidate))] if worked.elsewhere else []
    told += [warning(subjects)] if (subjects := sensitive.found(form.note.data or "")) else []
    return answer(person, now, told, worked.turned, worked.said)


@bp.post("/cards/<int:card_id>/skip")
@auth.signed_in
def skip(card_id: int) -> Response:
    """Not now; it comes back once. A press that comes twice does not pass the card for good."""
    return _turn(card_id, partial(queue_cards.skip, seen=request.form.get(SEEN)))


@bp.post("/cards/<int:card_id>/next", endpoint="next")
@auth.signed_in
def go_on(card_id: int) -> Response:
    """Look at the next card; this one stays open."""
    return _turn(card_id, queue_cards.forward)


@bp.post("/cards/<int:card_id>/back")
@auth.signed_in
def back(card_id: int) -> Response:
    """Look at the card before it."""
    return _turn(card_id, queue_cards.backward)


@bp.post("/cards/<int:card_id>/hold")
@auth.signed_in
def hold(card_id: int) -> Response:
    """One is still at it: the candidate stays claimed."""
    return _turn(card_id, queue_cards.stay)


def _turn(card_id: int, move: Move) -> Response:
    person, now = auth.person(), clock.now()
    write(person, the_agency())
    deck = found(queue_cards.deck_with(person, card_id))
    turned = move(deck, found(deck.card(card_id)), now)
    db.session.commit()
    return answer(person, now, turned=turned)


@bp.post("/cards/<int:card_id>/started")
@auth.signed_in
def started(card_id: int) -> Response:
    """A channel of the card was opened: what came of it is asked later, and the candidate stays claimed."""
    person, now = auth.person(), clock.now()
    card = found(queue.card_of(person, card_id))[1]
    candidate = found(visible_to(person, card.candidate_id))
    channel = found(next((each for each in Channel if each == request.form.get("channel")), None))
    write()
    contact_start.begin(person, candidate, channel, now)
    claim.take(person, card.candidate_id, now)
    db.session.commit()
    return make_response("", 204)


@bp.post("/cards/<int:card_id>/next-step")
@auth.signed_in
def next_step(card_id: int) -> Response:
    """Another next step, and another note, for what was logged with a card in the last day."""
    person, now, form = auth.person(), clock.now(), NextStepForm(request.form).offer("step-")
    card = found(queue.card_of(person, card_id))[1]
    if not form.validate():
        return again(person, now, Sent(step=form))
    at = form.chosen_at(now, the_zone())
    write()
    found(note.own(person, card.action_id or 0, now))
    found(queue_log.change_step(card, at, form.note.data or "", now) or None)
    db.session.commit()
    return answer(person, now)


@bp.post("/hot/<int:candidate_id>")
@auth.signed_in
def hot(candidate_id: int) -> Response:
    """Somebody who became hot comes next, after the card on the screen."""
    person, now = auth.person(), clock.now()
    row, candidate = found(queue.open_of(person, now)), found(visible_to(person, candidate_id))
    write()
    deck = found(queue_cards.deck_of(person, row.id))
    comes = queue_start.offer(deck, candidate.id, now)
    turned = queue_cards.onward(deck, 0, now) if deck.current is None else None
    db.session.commit()
    name = given_name(candidate)
    told = _("%(name)s comes next.", name=name) if comes else _("%(name)s need not come next any more.", name=name)
    return answer(person, now, [told], turned)


@bp.post("/end")
@auth.signed_in
def end() -> Response:
    """Stop here: what was done stands, whoever is left is for another time."""
    person, now = auth.person(), clock.now()
    row = queue.open_of(person, now)
    write()
    if row is not None:
        queue_start.end(found(queue_cards.deck_of(person, row.id)), now)
    db.session.commit()
    return answer(person, now)


practice.add_to(bp)
