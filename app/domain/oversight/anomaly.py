"""Something in how somebody logs that is unlike the rest: shown to the person first, and never punished by itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, Text, UniqueConstraint, false, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.notices import notice, outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person, person_in
from app.domain.oversight import unusual
from app.domain.oversight.unusual import Evidence
from app.domain.program.program import the_program, works_council_ok

KIND = "unusual"
"""The mail that tells of it."""
KINDS = (*unusual.KINDS, "low_yield")
TO_ANSWER = timedelta(days=7)
QUIET = timedelta(weeks=4)
"""The same is not said again of the weeks in which it was found."""
MAIL_LIVES = timedelta(days=14)
LATELY = timedelta(weeks=13)
MOST = 200


class Conclusion(StrEnum):
    """What whoever looked at it came to: nothing has consequences by itself."""

    EXPLAINED = "explained"
    TALKED = "talked"
    CORRECTED = "corrected"


class Anomaly(Base):
    """`evidence` are the figures behind it, ids only; `answer` is what the person says of it.

    `shown_at`: since the mail went out, or the person said that they have seen it; `settled_at`: those who run it have
    looked at it, after the person did, and `settled_note` is what they say of it.
    """

    __tablename__ = "anomaly"
    __table_args__ = (UniqueConstraint("person_id", "kind", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(16))
    week: Mapped[date]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    settled_as: Mapped[str | None] = mapped_column(String(12), default=None)
    settled_note: Mapped[str] = mapped_column(Text, default="")


def keep(found: Mapping[int, Mapping[str, Evidence]], week: date, now: datetime, host: str) -> int:
    """Write down what was found in a week, by person and kind, and tell each of them; answers how much is new."""
    lately = select(Anomaly.person_id, Anomaly.kind).where(Anomaly.week > week - QUIET)
    known = {tuple(row) for row in db.session.execute(lately)}
    fresh = [
        (person_id, kind, evidence)
        for person_id, kinds in sorted(found.items())
        for kind, evidence in kinds.items()
        if (person_id, kind) not in known
    ]
    same = {"week": week, "found_at": now, "answer": ""}
    rows = [same | {"person_id": who, "kind": kind, "evidence": evidence} for who, kind, evidence in fresh]
    if rows:
        once = insert(Anomaly).on_conflict_do_nothing(index_elements=["person_id", "kind", "week"])
        db.session.execute(once, rows)
        _tell({who for who, _, _ in fresh}, week, now, host)
    return len(rows)


def _tell(people: Iterable[int], week: date, now: datetime, host: str) -> None:
    """One mail a week, whatever there is; it says where to look, and nothing else. The bell says it as well."""
    recipients, period = [name_person(each) for each in sorted(people)], f"{week:%G-W%V}"
    notice.tell(KIND, recipients, period=period, facts={}, now=now)
    for recipient in recipients:
        outbox.plan(
            kind=KIND,
            recipient=recipient,
            period=period,
            payload={},
            due_at=now,
            not_after=now + MAIL_LIVES,
            now=now,
            host=host,
        )


def any_unseen() -> bool:
    """Whether something was found that its person may not have seen yet."""
    return db.session.scalar(select(Anomaly.id).where(Anomaly.shown_at.is_(None)).limit(1)) is not None


def note_sent() -> int:
    """What a mail has told counts as shown from the moment it went out; answers how many."""
    unseen = db.session.scalars(select(Anomaly).where(Anomaly.shown_at.is_(None)).limit(MOST)).all()
    sent = _sent_at({one.person_id for one in unseen}) if unseen else {}
    told = [one for one in unseen if (one.person_id, f"{one.week:%G-W%V}") in sent]
    for one in told:
        one.shown_at = sent[one.person_id, f"{one.week:%G-W%V}"]
    return len(told)


def _sent_at(people: Iterable[int]) -> dict[tuple[int, str], datetime]:
    mails = select(OutboxRow.recipient, OutboxRow.period, OutboxRow.sent_at).where(
        OutboxRow.kind == KIND,
        OutboxRow.recipient.in_([name_person(each) for each in sorted(people)]),
        OutboxRow.sent_at.is_not(None),
    )
    rows = db.session.execute(mails)
    return {(person_in(recipient) or 0, period): at for recipient, period, at in rows if at}


def seen(row: Anomaly, now: datetime) -> None:
    """The person has looked at it."""
    row.shown_at = row.shown_at or now


def answer(row: Anomaly, text: str, now: datetime) -> None:
    """What the person says of it, for whoever looks at it next; they may add to it until that is done.

    Raises:
        ValueError: nothing was said, or it is settled.
    """
    if not text.strip() or row.settled_at:
        raise ValueError(text)
    seen(row, now)
    row.answer, row.answered_at = text.strip(), now


def settle(row: Anomaly, conclusion: Conclusion, note: str, *, by: Person, now: datetime) -> None:
    """Close it with a note, which the person reads; no points move by it.

    Raises:
        ValueError: nothing was said, or it is settled.
    """
    if not note.strip() or row.settled_at:
        raise ValueError(note)
    row.settled_at, row.settled_by_id = now, by.id
    row.settled_as, row.settled_note = conclusion, note.strip()


def own(person: Person, anomaly_id: int) -> Anomaly | None:
    """One of the person's own; None to everybody else."""
    return db.session.scalar(_of(person.id).where(Anomaly.id == anomaly_id))


def of_person(person_id: int) -> Sequence[Anomaly]:
    """Everything that was ever noticed of somebody, newest first, for themselves."""
    return db.session.scalars(_of(person_id).order_by(Anomaly.week.desc(), Anomaly.id.desc()).limit(MOST)).all()


def ready(viewer: Person, now: datetime) -> Sequence[Anomaly]:
    """What those who run it may look at: the person answered, or had seven days to; never one's own.

    Nothing without the works council's consent, and a lead sees those of the own team.
    """
    shown = Anomaly.answered_at.is_not(None) | (Anomaly.shown_at <= now - TO_ANSWER)
    query = _seen_by(viewer).where(shown, Anomaly.settled_at.is_(None))
    return db.session.scalars(query.order_by(Anomaly.found_at, Anomaly.id).limit(MOST)).all()


def settled(viewer: Person, now: datetime) -> Sequence[Anomaly]:
    """What was closed in the last quarter, newest first, for those who may look at it."""
    query = _seen_by(viewer).where(Anomaly.settled_at > now - LATELY)
    return db.session.scalars(query.order_by(Anomaly.settled_at.desc(), Anomaly.id).limit(MOST)).all()


def for_viewer(viewer: Person, anomaly_id: int, now: datetime) -> Anomaly | None:
    """One of those that are ready or were settled; None to everybody else."""
    return next((row for row in (*ready(viewer, now), *settled(viewer, now)) if row.id == anomaly_id), None)


def held(viewer: Person, anomaly_id: int, now: datetime) -> Anomaly | None:
    """The same for closing it: nobody else changes it until that is done."""
    row = for_viewer(viewer, anomaly_id, now)
    if row is not None:
        db.session.refresh(row, with_for_update=True)
    return row


def _seen_by(viewer: Person) -> Select[Anomaly]:
    program = the_program()
    agreed = program is not None and works_council_ok(program.id)
    everybody = agreed and viewer.role in {Role.SPONSOR, Role.ADMIN}
    team = viewer.team_id if agreed and viewer.role == Role.LEAD else None
    query = select(Anomaly).join(Person, Person.id == Anomaly.person_id).where(Anomaly.person_id != viewer.id)
    return query if everybody else query.where(Person.team_id == team if team else false())


def _of(person_id: int) -> Select[Anomaly]:
    return select(Anomaly).where(Anomaly.person_id == person_id)
