"""Logs what the form of a card says, and commits."""

from datetime import datetime

from app.blueprints.block.forms import OutcomeForm
from app.db import db, write
from app.domain.actions import queue_log
from app.domain.actions.contact import NotLoggable
from app.domain.actions.queue_cards import deck_with
from app.domain.actions.queue_log import Worked
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.web.errors import found


def log(person: Person, card_id: int, form: OutcomeForm, now: datetime) -> tuple[Worked, Candidate]:
    """Log what the form says of a card; answers for whom as well.

    Raises:
        NotLoggable: its subclass says why; nothing was written.
    """
    zone = the_zone()
    answer, promise_at = form.answer(zone), form.promise_at(now, zone)
    channel, note = Channel(form.channel.data) if form.channel.data else None, form.note.data or ""
    write(person, the_agency())
    deck = found(deck_with(person, card_id))
    card = found(deck.card(card_id))
    candidate = found(deck.candidates.get(card.candidate_id))
    try:
        worked = queue_log.log(
            deck, card, candidate, answer, now=now, key=form.uuid, channel=channel, note=note, promise_at=promise_at
        )
    except NotLoggable:
        db.session.rollback()
        raise
    db.session.commit()
    return worked, candidate
