"""Giving kudos: so many a month, two to one person, never to oneself; and taking the words away, never the points."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.game import feed, ledger
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition import kudos, value
from app.domain.game.recognition.kudos import LONGEST, SOURCE, TO_ONE, Kudos
from app.domain.game.running import RUNS, NotAllowed
from app.domain.game.weighing import PLAYS
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program

POINTS = 10
A_WEEK = 500
"""More points than that kudos bring nobody in a week."""
FULL = "kudos_full"
"""The reason of a row in the ledger that brought fewer points, because the week was full."""


class Why(StrEnum):
    """What stands in the way."""

    SELF = "self"
    GONE = "gone"
    VALUE = "value"
    MONTH = "month"
    PERSON = "person"


class Refused(Exception):  # noqa: N818 - it says which rule stands in the way
    """It cannot be given, and nothing has changed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Praise(NamedTuple):
    """To whom, for which value of the program, and in which words."""

    receiver_id: int
    value_id: int
    text: str


class Given(NamedTuple):
    """What was given, and the points that it brought; None: whoever got it does not play."""

    row: Kudos
    points: int | None


def give(program: Program, praise: Praise, *, by: Person, key: bytes, now: datetime, zone: ZoneInfo) -> Given:
    """Give a colleague kudos, with the points and the news of it. The same key is the same kudos.

    Both people's rows are held, in the order of their numbers, so that of two at once the second sees the first.

    Raises:
        Refused: a rule stands in the way.
        ValueError: no words, or too many.
        SentBefore: under this key something else was given.
    """
    if not 0 < len(praise.text) <= LONGEST:
        raise ValueError(praise.text)
    _hold(by.id, praise.receiver_id)
    if before := db.session.scalar(_under(key)):
        return _same(before, by, praise)
    today = clock.local_day(now, zone)
    receiver = _check(program, praise, by, today)
    row = _new(program, praise, by, today, now, key)
    points = _post(row, receiver, today, now)
    told = {"person_id": receiver.id, "team_id": receiver.team_id, "now": now}
    feed.tell(program.id, feed.Told.KUDOS, row.id, **told)  # type: ignore[arg-type] # each is of its own type
    facts = {"kudos_id": row.id}
    notice.tell(SOURCE, [name_person(receiver.id)], period=key.hex(), facts=facts, now=now)
    return Given(row, points)


def _hold(*people: int) -> None:
    wanted = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    db.session.execute(wanted.with_for_update(key_share=True))


def _under(key: bytes) -> Select[Kudos]:
    return select(Kudos).where(Kudos.key == key)


def _same(before: Kudos, by: Person, praise: Praise) -> Given:
    if (before.giver_id, before.receiver_id, before.value_id, before.text) != (by.id, *praise):
        raise SentBefore
    return Given(before, kudos.points_of([before.id]).get(before.id))


def _check(program: Program, praise: Praise, by: Person, today: date) -> Person:
    """Whoever gets it, as their row is now that it is held."""
    if praise.receiver_id == by.id:
        raise Refused(Why.SELF)
    receiver = db.session.get(Person, praise.receiver_id, populate_existing=True)
    if receiver is None or not receiver.is_active:
        raise Refused(Why.GONE)
    of = value.find(program.id, praise.value_id)
    if of is None or of.retired_at is not None:
        raise Refused(Why.VALUE)
    given = kudos.given_in(by.id, clock.month_of(today))
    if sum(given.values()) >= program.kudos_a_month:
        raise Refused(Why.MONTH)
    if given.get(receiver.id, 0) >= TO_ONE:
        raise Refused(Why.PERSON)
    return receiver


def _new(program: Program, praise: Praise, by: Person, today: date, now: datetime, key: bytes) -> Kudos:  # noqa: PLR0917 - the facts of a row
    facts = praise._asdict() | {"program_id": program.id, "giver_id": by.id, "given_on": today, "given_at": now}
    once = insert(Kudos).values(**facts, key=key).on_conflict_do_nothing(index_elements=["key"]).returning(Kudos)
    fresh: Kudos | None = db.session.scalar(once, execution_options={"populate_existing": True})
    if fresh is None:  # somebody else came in with this key meanwhile
        raise SentBefore
    return fresh


def _post(row: Kudos, receiver: Person, today: date, now: datetime) -> int | None:
    """Whoever does not play gets the words; beyond what a week brings the row says why it is worth less."""
    if receiver.role not in PLAYS:
        return None
    points = max(0, min(POINTS, A_WEEK - kudos.points_received(receiver.id, clock.week_of(today))))
    ledger.credit(
        program_id=row.program_id,
        person_id=receiver.id,
        team_id=receiver.team_id,
        kind=ledger.BONUS,
        action_kind_id=None,
        rule_version=None,
        points=points,
        reason=SOURCE if points == POINTS else FULL,
        occurred_at=now,
        local_date=today,
        recorded_at=now,
        source="page",
        candidate_id=None,
        source_kind=SOURCE,
        source_id=row.id,
        nth=None,
        key=None,
        line=0,
        actor_id=row.giver_id,
    )
    return points


def hide(row: Kudos, reason: str, *, by: Person, now: datetime) -> bool:
    """Take the words away from everybody's eyes, for a reason; the points stay. False when they were.

    Raises:
        NotAllowed: only the sponsor and administrators may, and not what they got themselves.
        ValueError: no reason, or too long a one.
    """
    if not hides(by, row):
        raise NotAllowed
    if not 0 < len(reason.strip()) <= LONGEST:
        raise ValueError(reason)
    shown = update(Kudos).where(Kudos.id == row.id, Kudos.hidden_at.is_(None))
    facts = {"hidden_at": now, "hidden_by_id": by.id, "hidden_reason": reason.strip()}
    hidden = db.session.scalar(shown.values(facts).returning(Kudos.id)) is not None
    db.session.refresh(row)
    return hidden


def show(row: Kudos, *, by: Person) -> None:
    """Hiding the words was a mistake: they stand there as they were.

    Raises:
        NotAllowed: as for hiding them.
    """
    if not hides(by, row):
        raise NotAllowed
    row.hidden_at = row.hidden_by_id = row.hidden_reason = None
    db.session.flush()


def hides(person: Person, row: Kudos) -> bool:
    """Whether somebody may take these words away."""
    return person.role in RUNS and person.id != row.receiver_id
