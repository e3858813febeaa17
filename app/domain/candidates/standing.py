"""How things stand with one candidate: who looks after them, who is with them now, how they like to be reached."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import LARGEST_ID, Candidate, visible
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.label import CandidateLabel
from app.domain.candidates.preference import ChannelPreference
from app.domain.candidates.question import Question
from app.domain.candidates.stage_move import StageMove

Newest = TypeVar("Newest", int, datetime)


@dataclass(frozen=True, slots=True)
class Standing:
    """`preference` is the newest one for contact, `recorded_by` who wrote it down.

    `claimed_by` is at work with the candidate now. `since`: when they came to their stage, if a move tells it;
    `moved_at`: when that was from another stage, which coming in is not.
    `asked_at`: when a question was put to them that is still open. `pool_consent`: what they last said of being kept.
    `labelled`: whether there are labels to ask for.
    """

    state: ContactState
    owner: str | None
    claimed_by: str | None
    preference: ChannelPreference | None
    recorded_by: str | None
    since: datetime | None
    moved_at: datetime | None
    asked_at: datetime | None
    pool_consent: Consent | None
    labelled: bool


class Seen(NamedTuple):
    """A candidate, and how things stand with them."""

    candidate: Candidate
    standing: Standing


def seen_by(person: Person, candidate_id: int, now: datetime) -> Seen | None:
    """Both in one question, when this person may see them; absent and forbidden are the same None."""
    if not 0 < candidate_id <= LARGEST_ID:
        return None
    them = visible(person).join(ContactState, ContactState.candidate_id == Candidate.id)
    row = db.session.execute(_with_standing(them, candidate_id, now)).one_or_none()
    return Seen(row[0], Standing(*row[1:])) if row else None


def standing_of(candidate_id: int, now: datetime) -> Standing:
    """All of it in one question."""
    return Standing(*db.session.execute(_with_standing(select(ContactState.candidate_id), candidate_id, now)).one()[1:])


def _with_standing(them: Select[Any], candidate_id: int, now: datetime) -> Select[Any]:
    recorder, claimer = aliased(Person), aliased(Person)
    wish = _newest(
        ChannelPreference.id, ChannelPreference.candidate_id, candidate_id, ChannelPreference.purpose == "contact"
    )
    consent = _newest(Consent.id, Consent.candidate_id, candidate_id, Consent.purpose == ConsentPurpose.POOL)
    since = _newest(StageMove.moved_at, StageMove.candidate_id, candidate_id)
    moved = _newest(StageMove.moved_at, StageMove.candidate_id, candidate_id, StageMove.from_stage.is_not(None))
    asked = _newest(Question.asked_at, Question.candidate_id, candidate_id, Question.closed_at.is_(None))
    return (
        them.add_columns(ContactState, Person.name, claimer.name, ChannelPreference, recorder.name)
        .add_columns(since, moved, asked, Consent, exists().where(CandidateLabel.candidate_id == candidate_id))
        .outerjoin(Person, Person.id == ContactState.owner_id)
        .outerjoin(claimer, (claimer.id == ContactState.claimed_by_id) & (ContactState.claimed_until > now))
        .outerjoin(ChannelPreference, ChannelPreference.id == wish)
        .outerjoin(recorder, recorder.id == ChannelPreference.recorded_by_id)
        .outerjoin(Consent, Consent.id == consent)
        .where(ContactState.candidate_id == candidate_id)
    )


def _newest(
    what: InstrumentedAttribute[Newest],
    whose: InstrumentedAttribute[int],
    candidate_id: int,
    *only: ColumnElement[bool],
) -> ScalarSelect[Newest]:
    return select(func.max(what)).where(whose == candidate_id, *only).scalar_subquery()
