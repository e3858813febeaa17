"""Taking events in: who sends them, what is in them, and the answer with what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.blueprints.intake import segment
from app.blueprints.intake.asking import Asking
from app.blueprints.intake.reading import mapping, text
from app.blueprints.intake.segment import Told
from app.db import db, write
from app.domain.actions.event import Became, Fate, Refusal, Sender
from app.domain.actions.incoming import take_in_events
from app.domain.actions.response import MOST
from app.domain.journey import intake_log
from app.domain.journey.intake_log import Line
from app.words.intake import refusal_sentence


@dataclass
class Answer:
    """What became of the events of a request.

    It tells nobody who waits and who is known: whoever holds a browser's key would learn whom we know.
    """

    accepted: int = 0
    duplicate: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def count(self, item: object, fate: Fate | Refusal) -> None:
        if isinstance(fate, Refusal):
            name = segment.message_id(item)
            self.rejected.append({"messageId": name, "reason": fate, "detail": refusal_sentence(fate)})
        self.accepted += isinstance(fate, Fate) and fate is not Fate.DUPLICATE
        self.duplicate += fate is Fate.DUPLICATE

    def json(self) -> dict[str, Any]:
        return {"success": True, "accepted": self.accepted, "duplicate": self.duplicate, "rejected": self.rejected}


def take_in(asking: Asking, items: Sequence[object]) -> Answer:
    """Take events in, by portions of a transaction each; one is in with all that follows from it, or not at all."""
    answer = Answer()
    for start in range(0, len(items), MOST):
        portion = items[start : start + MOST]
        for item, became in zip(portion, _portion(asking.sender, portion, asking.told), strict=True):
            answer.count(item, became.fate)
    return answer


def _portion(sender: Sender, items: Sequence[object], told: Told) -> list[Became]:
    read = [segment.event(item, told) for item in items]
    write()
    taken = iter(take_in_events(sender, [each for each in read if not isinstance(each, Refusal)], clock.now()))
    became = [Became(each) if isinstance(each, Refusal) else next(taken) for each in read]
    lines = [_line(item, one) for item, one in zip(items, became, strict=True)]
    intake_log.write(sender.source_id, lines, clock.now())
    db.session.commit()
    return became


def _line(item: object, became: Became) -> Line:
    said = mapping(item)
    called = text(said.get("type"), 20), text(said.get("event"), segment.LONGEST_NAME)
    return Line(*called, segment.message_id(item) or "", became.fate, became.candidate_id)
