"""What notes earned for somebody who was forgotten since stays, and is not paid again when they are here once more."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate

MINUTE = timedelta(minutes=1)


class Written(NamedTuple):
    """A note: who wrote it, when, and since when its candidate is known here by their number."""

    number: int
    by_id: int
    at: datetime
    known_since: datetime


def for_the_forgotten(found: Collection[Written], source: str, zone: ZoneInfo) -> set[int]:
    """Those whose author did something at that minute for somebody who was forgotten before the number was known anew.

    That is all that is left to tell it by: with whoever was forgotten goes the number of the note.
    """
    if not found:
        return set()
    row, days = EngagementAction, [clock.local_day(each.at, zone) for each in found]
    theirs = row.person_id.in_({each.by_id for each in found}), row.local_date.between(min(days), max(days))
    gone = row.source == source, row.external_id.is_(None), Candidate.anonymised_at.is_not(None)
    facts = select(row.person_id, row.occurred_at, Candidate.anonymised_at)
    query = facts.join(Candidate, Candidate.id == row.candidate_id).where(*theirs, *gone)
    last_first = db.session.execute(query.order_by(Candidate.anonymised_at.desc()))
    counted = {(by_id, _minute(at)): gone_at for by_id, at, gone_at in last_first}
    when = {each: counted.get((each.by_id, _minute(each.at))) for each in found}
    return {each.number for each, gone_at in when.items() if gone_at is not None and gone_at <= each.known_since}


def _minute(at: datetime) -> datetime:
    """A file tells moments to the minute."""
    return at.replace(second=0, microsecond=0)
