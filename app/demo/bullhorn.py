"""What a Bullhorn told the demo: names that nobody mapped yet, and records that could not be placed."""

from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.actions.bullhorn import meaning, record
from app.domain.actions.bullhorn.preset import Step
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.outcome import Outcome
from app.domain.candidates.candidate import Candidate

HOUR = timedelta(hours=1)


class Told(NamedTuple):
    """What became of a record, so many hours ago."""

    hours: int
    entity: Entity
    number: int
    reason: Reason
    name: str = ""
    who: str = ""


TOLD = (
    Told(3, Entity.NOTE, 90211, Reason.UNMAPPED, "Koffie op de vestiging"),
    Told(5, Entity.NOTE, 90207, Reason.UNMAPPED, "Koffie op de vestiging"),
    Told(26, Entity.NOTE, 90188, Reason.UNMAPPED, "Loopbaangesprek"),
    Told(4, Entity.SUBMISSION, 6104, Reason.UNMAPPED, "Tweede gesprek"),
    Told(9, Entity.SUBMISSION, 6098, Reason.UNMAPPED, "Referenties opgevraagd"),
    Told(7, Entity.PLACEMENT, 8107, Reason.UNMAPPED, "Submitted"),
    Told(12, Entity.NOTE, 90199, Reason.UNKNOWN_RECRUITER, "Outbound Call", "oud.collega@vasteband.example"),
    Told(13, Entity.NOTE, 90198, Reason.UNKNOWN_RECRUITER, "Email", "oud.collega@vasteband.example"),
    Told(15, Entity.NOTE, 90196, Reason.UNKNOWN_RECRUITER, "Email", "oud.collega@vasteband.example"),
    Told(20, Entity.NOTE, 90193, Reason.UNKNOWN_CANDIDATE, "Email"),
    Told(31, Entity.PLACEMENT, 8105, Reason.NO_START, "Goedgekeurd"),
)


def tell(them: Candidate, now: datetime) -> None:
    """Tell it; this candidate was deleted there."""
    meaning.map_to(Entity.NOTE, "Bijgepraat", Outcome.SPOKE, now - 200 * HOUR)
    meaning.map_to(Entity.SUBMISSION, "Op proefdag", Step.IN_PROCEDURE, now - 199 * HOUR)
    for each in TOLD:
        row = record.hold(each.entity, each.number, now - each.hours * HOUR)
        record.left_out(row, each.reason, name=each.name, who=each.who)
    gone = record.hold(Entity.CANDIDATE, 50412, now - 33 * HOUR)
    record.left_out(gone, Reason.GONE_THERE)
    gone.candidate_id = them.id
