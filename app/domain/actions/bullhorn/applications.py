"""Submissions and placements in Bullhorn move the application on here, as if a recruiter had told it.

Only on, and only when their status or their days changed: what would go back, or against what somebody told here, is
for people to tell.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import deciding, taking_back
from app.domain.actions.bullhorn import account, meaning, people, record
from app.domain.actions.bullhorn.preset import Step
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Placement, Submission, mark
from app.domain.agency import person
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.journey import vacancy
from app.domain.journey.application import OPEN, TURNED_AWAY, Application, ApplicationState, moves_of, of_many
from app.domain.journey.vacancy import Seen

ORDER = list(ApplicationState)
CLOCKS_DIFFER = timedelta(hours=1)


class Case(NamedTuple):
    """The application that a record is of, and who tells it."""

    application: Application
    by: Person


def settle_submission(told: Submission | None, number: int, now: datetime) -> None:
    """Move the application on to where it is there; one that is deleted there stays."""
    row = record.hold(Entity.SUBMISSION, number, now)
    if told is None or told.deleted:
        record.left_out(row, Reason.DELETED)
        return
    if _is_of_before(row, told):
        record.left_out(row, Reason.BEFORE_US, name=told.status)
        return
    step = _step(row, told)
    if step is not None and (case := _case(row, told, now)) is not None:
        _move(row, told, case, ApplicationState(step), now)


def settle_placement(told: Placement | None, number: int, now: datetime) -> None:
    """They got it: the candidate is placed, and the check-ins are promised. Or they did not after all."""
    row = record.hold(Entity.PLACEMENT, number, now)
    if told is None:
        _call_off(row, Reason.DELETED, now)
        return
    if _is_over(row, told, now):
        record.left_out(row, Reason.BEFORE_US, name=told.status)
        return
    step = _step(row, told)
    if step is Step.OFF:
        _call_off(row, Reason.PASSED, now, told.status)
    elif step is not None and told.starts_on is None:
        record.left_out(row, Reason.NO_START, name=told.status)
    elif step is not None and told.starts_on and (case := _case(row, told, now)) is not None:
        _place(row, told, case, told.starts_on, now)


def _is_of_before(row: BullhornRecord, told: Submission) -> bool:
    """Whether it was begun before we listened: somebody who changes thousands of old ones at once began none anew."""
    since = account.listening_since()
    return row.job is None and told.added_at is not None and since is not None and told.added_at < since - CLOCKS_DIFFER


def _is_over(row: BullhornRecord, told: Placement, now: datetime) -> bool:
    """Whether it was over before we heard of it: nobody is placed today because of that."""
    return row.job is None and told.ends_on is not None and told.ends_on < clock.local_day(now, the_zone())


def _step(row: BullhornRecord, told: Submission | Placement) -> Step | None:
    """Where its status has the application go; None when nobody said, or when it means nothing."""
    meant = meaning.one(Entity(row.entity), told.status)
    if meant is not None and meant.means is not None:
        return Step(meant.means)
    record.left_out(row, Reason.PASSED if meant else Reason.UNMAPPED, name=told.status)
    return None


def _case(row: BullhornRecord, told: Submission | Placement, now: datetime) -> Case | None:
    """What it is about; None when it had its effect already, or when somebody has to tell first."""
    if row.job is not None and people.known(told.about) != row.candidate_id:
        come_off(row, now)
    them = people.find(row, told.about)
    if row.seen == mark(told):
        record.took_effect(row, name=told.status)
        return None
    if them is None or people.is_somebody_else(told.about, them):
        record.left_out(row, Reason.SOMEBODY_ELSE if them else Reason.UNKNOWN_CANDIDATE, name=told.status)
        return None
    candidate = db.session.get_one(Candidate, them)
    by = _teller(told.author, candidate)
    if by is None:
        record.left_out(row, Reason.UNKNOWN_RECRUITER, name=told.status, who=told.author)
        return None
    application = _application(row, candidate, told, by, now)
    if application is None:
        record.left_out(row, Reason.TOLD_HERE, name=told.status)
    return Case(application, by) if application else None


def _teller(author: str, candidate: Candidate) -> Person | None:
    """Who did it there, when they work here; else whoever looks after the candidate."""
    found = person.by_email(author) if author else None
    if found is None and candidate.owner_id is not None:
        found = db.session.get(Person, candidate.owner_id)
    return found if found and found.is_active else None


def _application(
    row: BullhornRecord, candidate: Candidate, told: Submission | Placement, by: Person, now: datetime
) -> Application | None:
    """The one for that job, begun when there is none; None when there was one, and somebody here took it back."""
    vacancy_id = _vacancy(told.job, told.title)
    found = of_many([candidate.id], [vacancy_id]).get((candidate.id, vacancy_id))
    if found is not None or row.job is not None:
        return found
    return deciding.take_up(candidate, vacancy_id, by, now)


def _vacancy(job: int, title: str = "") -> int:
    reference = f"bullhorn:{job}"
    return vacancy.note([Seen(reference, title)])[reference]


def _move(row: BullhornRecord, told: Submission, case: Case, to: ApplicationState, now: datetime) -> None:
    before = ApplicationState(case.application.state)
    if before in TURNED_AWAY and to in OPEN:
        record.left_out(row, Reason.TOLD_HERE, name=told.status)
        return
    if before in OPEN and ORDER.index(to) > ORDER.index(before):
        deciding.move(case.application, to, case.by, now)
    _settled(row, told, case, now)


def _place(row: BullhornRecord, told: Placement, case: Case, starts_on: date, now: datetime) -> None:
    if row.job is not None and case.application.state != ApplicationState.PLACED:
        record.left_out(row, Reason.TOLD_HERE, name=told.status)
        return
    deciding.place(case.application, starts_on, told.ends_on, case.by, now)
    _settled(row, told, case, now)


def _settled(row: BullhornRecord, told: Submission | Placement, case: Case, now: datetime) -> None:
    row.job, row.seen = told.job, mark(told)
    if case.application.state_at == now:
        row.moved_at = now
    record.took_effect(row, name=told.status)


def _call_off(row: BullhornRecord, reason: Reason, now: datetime, status: str = "") -> None:
    """It is no placement any more: nobody is expected to check in, and people tell what became of them.

    `reason`: why it became nothing when nobody stands placed here because of it.
    """
    placed = _placed_by(row)
    if placed is not None and row.seen != record.OVER:
        deciding.call_off(placed, now)
    row.seen = record.OVER
    record.left_out(row, Reason.CALLED_OFF if placed else reason, name=status)


def _placed_by(row: BullhornRecord) -> Application | None:
    """Whom it placed, if they are placed still, and by no other record: one that is extended has two."""
    if row.job is None or row.candidate_id is None or _stands_besides(row):
        return None
    vacancy_id = _vacancy(row.job)
    found = of_many([row.candidate_id], [vacancy_id]).get((row.candidate_id, vacancy_id))
    return found if found and found.state == ApplicationState.PLACED else None


def _stands_besides(row: BullhornRecord) -> bool:
    """Whether another record of its sort holds for the same candidate and job."""
    alike = (each for each in _of_the_same(row) if each.entity == row.entity)
    return any(each.seen not in {"", record.OVER} for each in alike)


def _of_the_same(row: BullhornRecord) -> Sequence[BullhornRecord]:
    """What else was told of the same candidate and job."""
    other = BullhornRecord
    same = other.candidate_id == row.candidate_id, other.job == row.job, other.id != row.id
    return db.session.scalars(select(other).where(*same).order_by(other.id)).all()


def come_off(row: BullhornRecord, now: datetime) -> None:
    """Its number is no more of whose application it moved: it waits for whoever has the number."""
    waits = row.job is not None or row.reason == Reason.SOMEBODY_ELSE
    if row.job is not None and row.candidate_id is not None:
        _undo(row, (row.candidate_id, _vacancy(row.job)), now)
    row.job = row.moved_at = row.candidate_id = None
    row.seen = ""
    if waits:
        record.left_out(row, Reason.UNKNOWN_CANDIDATE, name=row.name)


def _undo(row: BullhornRecord, pair: tuple[int, int], now: datetime) -> None:
    """The application is what it was without what was told of somebody else, which is mostly none.

    Of what people here told of it they tell what holds; a placement of their own stands. What else was told of them is
    told anew.
    """
    application, told = of_many([pair[0]], [pair[1]]).get(pair), _of_the_same(row)
    theirs = [each for each in told if each.number_id is not None]
    placed = any(each.entity == Entity.PLACEMENT for each in theirs)
    if application is None or placed or not _is_told_there(application, [row, *told]):
        return
    taking_back.never_was(application, now)
    for each in theirs:
        each.job, each.seen, each.moved_at, each.again_at = None, "", None, now


def _is_told_there(row: Application, told: Sequence[BullhornRecord]) -> bool:
    """Whether Bullhorn told the last of it, and nobody here anything more."""
    newest = next(iter(moves_of(row.id)), None)
    more = row.reason or row.told_at or row.next_on or row.kept_in_mind is not None
    return newest is not None and not more and newest.moved_at in {each.moved_at for each in told}
