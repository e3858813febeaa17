"""Taking in a batch of events: who sends it, what is in it, and the answer with what was refused."""

from dataclasses import dataclass, field
from typing import Any

from flask import Request

from app import clock
from app.blueprints.intake import segment
from app.blueprints.intake.segment import Broken
from app.db import db, write
from app.domain.actions.incoming import Event, Fate, Refusal, Sender, take_in_events
from app.domain.actions.response import MOST
from app.domain.journey import source
from app.domain.journey.source import Source
from app.words.intake import refusal_sentence


@dataclass
class Answer:
    """What became of the events of a batch."""

    accepted: int = 0
    duplicate: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, message_id: str | None, refusal: Refusal) -> None:
        self.rejected.append({"messageId": message_id, "reason": refusal, "detail": refusal_sentence(refusal)})

    def count(self, event: Event, fate: Fate | Refusal) -> None:
        if isinstance(fate, Refusal):
            self.refuse(event.message_id, fate)
        self.accepted += fate is Fate.ACCEPTED
        self.duplicate += fate is Fate.DUPLICATE

    def json(self) -> dict[str, Any]:
        return {"success": True, "accepted": self.accepted, "duplicate": self.duplicate, "rejected": self.rejected}


def take_in(request: Request) -> Answer:
    """Take a batch in, by portions of a transaction each; an event is in with all that follows from it, or not at all.

    Raises:
        Broken: the key is not known, or the batch as a whole cannot be read; nothing was written.
    """
    request.max_content_length = segment.MOST_BYTES
    basic = request.authorization
    sender = _sender(basic.username) if basic and basic.type == "basic" else None
    batch = segment.parse(segment.unpack(request.get_data(cache=False)))
    sender = sender or _sender(batch.get("writeKey"))
    known = Sender(sender.id, sender.name, sender.trusted)
    answer, events = _read(batch["batch"])
    for start in range(0, len(events), MOST):
        portion = events[start : start + MOST]
        write()
        became = take_in_events(known, portion, clock.now())
        db.session.commit()
        for event, one in zip(portion, became, strict=True):
            answer.count(event, one.fate)
    return answer


def _sender(key: object) -> Source:
    found = source.by_key(key, clock.now()) if isinstance(key, str) else None
    if found is None:
        raise Broken(401)
    return found


def _read(items: list[object]) -> tuple[Answer, list[Event]]:
    answer, events = Answer(), []
    for item in items:
        event = segment.event(item, clock.now())
        if isinstance(event, Refusal):
            answer.refuse(segment.message_id(item), event)
        else:
            events.append(event)
    return answer, events
