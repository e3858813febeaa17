"""A candidate says how it was: the answer, what they add to it, and what we have to put right."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions import recovering, response
from app.domain.actions.own_act import SOURCE, SURVEY, held, holder
from app.domain.actions.recovery import Cause
from app.domain.candidates import link, question, retention
from app.domain.candidates.handing import SUBJECTS
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.journey import feedback
from app.domain.journey.feedback import LOW, Feedback, Said
from app.domain.journey.touchpoint import Hit, Touchpoint

Command = Callable[[CandidateLink, datetime], object]


class TooLate(Exception):  # noqa: N818 - it names what is the case
    """The answer stands: it was given more than a day ago, or was never asked."""


def asked_by(visit: CandidateLink) -> Feedback | None:
    """What this link asks; None when that was forgotten in the meantime."""
    return feedback.of_link(holder(visit).id, visit.made_at)


def answer(visit: CandidateLink, said: Said, now: datetime) -> None:
    """Keep an answer, or another one in its place; a low one asks for a contact, and costs nobody points.

    Raises:
        TooLate: it can no longer be given or changed.
        Gone: whose page it was is nobody any more.
    """
    them, row = held(visit), _open(visit, now)
    feedback.answer(row, said, now)
    link.used(visit, now)
    _take_in(visit, row, now)
    retention.restart(them.id, now)
    question.close(them.id, "answered", now, subject=SUBJECTS[LinkPurpose.FEEDBACK])
    if said.score <= LOW:
        recovering.begin(them.id, Cause.LOW_SCORE, _about(row), now)


def add_words(visit: CandidateLink, text: str, now: datetime, *, complaint: bool) -> None:
    """What somebody adds in their own words; a complaint asks for a contact whatever the face was.

    Raises:
        TooLate: it can no longer be given or changed.
        Gone: whose page it was is nobody any more.
    """
    held(visit)
    row = _open(visit, now)
    row.said = text
    link.used(visit, now)
    if complaint:
        recovering.begin(row.candidate_id, Cause.COMPLAINT, _about(row), now)


def _open(visit: CandidateLink, now: datetime) -> Feedback:
    row = asked_by(visit)
    if row is not None:
        row = db.session.get_one(Feedback, row.id, with_for_update=True, populate_existing=True)
    if row is None or not row.may_change(now):
        raise TooLate
    return row


def _about(row: Feedback) -> str:
    return f"feedback:{row.id}"


def _take_in(visit: CandidateLink, row: Feedback, now: datetime) -> None:
    """The answer as a touchpoint; one that was changed takes the place of the one before."""
    prefix = f"{visit.mark}:feedback:"
    before = select(Touchpoint.id, Touchpoint.reversed_at).where(
        Touchpoint.source == SOURCE, Touchpoint.external_id.startswith(prefix)
    )
    known = db.session.execute(before).all()
    for old in known:
        if old.reversed_at is None:
            response.take_back(old.id, now)
    payload = {"score": str(row.score), "stage": row.stage}
    hit = Hit(row.candidate_id, SURVEY, now, SOURCE, f"{prefix}{len(known)}", payload=payload)
    response.take_in(hit, now)
