"""Asking candidates how it was: after each stage, at most once in sixty days and never beside another question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import mailing_hours
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates import candidate_mail, handing, question
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.handing import SUBJECTS
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import Purpose
from app.domain.candidates.question import AlreadyAsked
from app.domain.candidates.stage_move import StageMove
from app.domain.journey import feedback
from app.domain.journey.application import Application, ApplicationMove, ApplicationState

SETTLES = timedelta(days=1)
"""A move that was a slip is taken back by then."""
FORGOTTEN = timedelta(days=8)
ENDED = (ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.PLACED)
MOST = 100
LOOKED_AT = 500


class AskedLately(Exception):  # noqa: N818 - it names what is the case
    """They were asked within sixty days."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A stage that is behind a candidate; `at_the_end` of a procedure or an assignment."""

    candidate_id: int
    stage: str
    at_the_end: bool = False

    def with_(self, other: "Occasion") -> "Occasion":
        """Both at once: the stage of the move is the one that is over."""
        return Occasion(self.candidate_id, self.stage, self.at_the_end or other.at_the_end)


def ask_due(now: datetime, sender: Sender) -> int:
    """Mail everybody whose turn it is and who may be written to now; returns how many."""
    return sum(_asked(occasion, now, sender) for occasion in occasions(now)[:MOST])


def _asked(occasion: Occasion, now: datetime, sender: Sender) -> bool:
    """Whether they were asked; who may not be mailed now has a week in which it may become possible."""
    them = db.session.get_one(Candidate, occasion.candidate_id)
    if candidate_mail.refusal(them.id, LinkPurpose.FEEDBACK) is not None:
        return False
    if not mailing_hours.is_open(them.id, now, Purpose.FEEDBACK):
        return False
    try:
        question.ask(them.id, SUBJECTS[LinkPurpose.FEEDBACK], channel="email", by_id=None, now=now)
    except AlreadyAsked:
        return False
    _keep(them, occasion, now)
    return candidate_mail.send_link(them, LinkPurpose.FEEDBACK, by=None, now=now, sender=sender) is not None


def hand(them: Candidate, by: Person, now: datetime, sender: Sender, *, by_mail: bool) -> str:
    """A recruiter asks: the link's address where they pass it on themselves, nothing when it was mailed.

    Raises:
        AskedLately: they were asked within sixty days.
        AlreadyAsked: they still have another question to answer.
        NotMailed: they may not be mailed.
    """
    if feedback.asked_since([them.id], now - feedback.REST):
        raise AskedLately
    url = ""
    if by_mail:
        handing.mail(them, LinkPurpose.FEEDBACK, by, now, sender)
    else:
        url = handing.show(them, LinkPurpose.FEEDBACK, by, now, sender).url
    _keep(them, _at_present(them, now), now)
    return url


def _at_present(them: Candidate, now: datetime) -> Occasion:
    """What somebody is asked about without a move: the stage in which they are, or the end that they just reached."""
    lately = [each for each in _ends(now - FORGOTTEN, now, _today(now)) if each.candidate_id == them.id]
    return Occasion(them.id, str(them.stage), at_the_end=bool(lately))


def _keep(them: Candidate, occasion: Occasion, now: datetime) -> None:
    owner = db.session.get(Person, them.owner_id) if them.owner_id else None
    feedback.ask(
        them.id,
        occasion.stage,
        at_the_end=occasion.at_the_end,
        team_id=owner.team_id if owner else None,
        person_id=them.owner_id,
        now=now,
    )


def occasions(now: datetime) -> Sequence[Occasion]:
    """Who is to be asked about what, those first whose turn came first; who was asked lately is left out."""
    since, until = now - FORGOTTEN, now - SETTLES
    found: dict[int, Occasion] = {}
    for occasion in (*_moves(since, until), *_ends(since, until, _today(now))):
        known = found.get(occasion.candidate_id)
        found[occasion.candidate_id] = known.with_(occasion) if known else occasion
    lately = feedback.asked_since(found, now - feedback.REST)
    return [occasion for candidate_id, occasion in found.items() if candidate_id not in lately]


def _moves(since: datetime, until: datetime) -> Iterator[Occasion]:
    moved = (
        select(StageMove.candidate_id, StageMove.from_stage)
        .join(Candidate, Candidate.id == StageMove.candidate_id)
        .where(PRESENT, StageMove.from_stage.is_not(None), StageMove.moved_at > since, StageMove.moved_at <= until)
        .where(Candidate.stage == StageMove.to_stage)
    )
    for candidate_id, stage in db.session.execute(moved.order_by(StageMove.moved_at).limit(LOOKED_AT)):
        yield Occasion(candidate_id, str(stage))


def _ends(since: datetime, until: datetime, today: clock.Period) -> Iterable[Occasion]:
    """Procedures that were decided, and assignments whose last day has been."""
    decided = (
        select(ApplicationMove.candidate_id, Candidate.stage)
        .join(Candidate, Candidate.id == ApplicationMove.candidate_id)
        .where(PRESENT, ApplicationMove.to_state.in_(ENDED))
        .where(ApplicationMove.moved_at > since, ApplicationMove.moved_at <= until)
        .order_by(ApplicationMove.moved_at)
        .limit(LOOKED_AT)
    )
    over = (
        select(Application.candidate_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(PRESENT, Application.state == ApplicationState.PLACED)
        .where(Application.ends_on >= today.start, Application.ends_on < today.end)
        .limit(LOOKED_AT)
    )
    for candidate_id, stage in db.session.execute(decided):
        yield Occasion(candidate_id, str(stage), at_the_end=True)
    for candidate_id in db.session.scalars(over):
        yield Occasion(candidate_id, str(Stage.CONVERT), at_the_end=True)


def _today(now: datetime) -> clock.Period:
    """The local days of which the last one ended an assignment lately."""
    day = clock.local_day(now, the_zone())
    return clock.Period(day - FORGOTTEN, day)
