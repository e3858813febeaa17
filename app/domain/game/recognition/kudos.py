"""Kudos: a few a month from one colleague to another, tied to a value of the program, and never changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, String, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app import clock
from app.clock import Period
from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency.person import Person
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recognition.value import ProgramValue

SOURCE = "kudos"
TO_ONE = 2
"""So many may go from one person to another in a month."""
LONGEST = 280
SIZE = 20

_giver, _receiver = aliased(Person), aliased(Person)


class Kudos(Base):
    """`given_on` is the local day; `hidden_at`: somebody who runs the program took the words away, the rest stands.

    `hidden_reason` is why, for whoever gave them and for those who run the program.
    """

    __tablename__ = "kudos"
    __table_args__ = (Index(None, "giver_id", "given_on"), Index(None, "receiver_id", "given_on"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    value_id: Mapped[int] = mapped_column(ForeignKey("program_value.id"))
    text: Mapped[str] = mapped_column(String(280))
    given_on: Mapped[date]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    hidden_reason: Mapped[str | None] = mapped_column(String(280), default=None)


class Told(NamedTuple):
    """One of them with what goes with it; `text` is None when the words were taken away."""

    row: Kudos
    giver: str
    receiver: str
    value: ProgramValue

    @property
    def text(self) -> str | None:
        return None if self.row.hidden_at else self.row.text


def given_in(giver_id: int, month: Period) -> Mapping[int, int]:
    """How many somebody gave in a month, by the person who got them."""
    rows = (
        select(Kudos.receiver_id, func.count())
        .where(Kudos.giver_id == giver_id, Kudos.given_on >= month.start, Kudos.given_on < month.end)
        .group_by(Kudos.receiver_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def left(a_month: int, giver_id: int, today: date) -> int:
    """How many somebody may still give this month."""
    return max(0, a_month - sum(given_in(giver_id, clock.month_of(today)).values()))


def points_received(person_id: int, week: Period) -> int:
    """The points that kudos brought somebody in a week."""
    earned = select(func.coalesce(func.sum(LedgerEntry.points), 0)).where(
        LedgerEntry.person_id == person_id,
        LedgerEntry.source_kind == SOURCE,
        LedgerEntry.local_date >= week.start,
        LedgerEntry.local_date < week.end,
    )
    return db.session.scalar(earned) or 0


def points_of(kudos_ids: Collection[int]) -> Mapping[int, int]:
    """The points that each of these brought; those that are missing brought none."""
    rows = select(LedgerEntry.source_id, LedgerEntry.points)
    mine = rows.where(LedgerEntry.source_kind == SOURCE, LedgerEntry.source_id.in_(kudos_ids))
    return {row[0]: row[1] for row in db.session.execute(mine)}


def find(program_id: int, kudos_id: int) -> Kudos | None:
    """One of the program's."""
    return db.session.scalar(select(Kudos).where(Kudos.id == kudos_id, Kudos.program_id == program_id))


def received(person_id: int, number: int = 1, size: int = SIZE) -> Page[Told]:
    """One page of what somebody got, the newest first."""
    return _page(page_of(_newest().where(Kudos.receiver_id == person_id), number, size))


def given(person_id: int, number: int = 1, size: int = SIZE) -> Page[Told]:
    """One page of what somebody gave, the newest first."""
    return _page(page_of(_newest().where(Kudos.giver_id == person_id), number, size))


def of_program(program_id: int, number: int = 1, size: int = SIZE) -> Page[Told]:
    """One page of everybody's, the newest first, for those who may hide the words."""
    return _page(page_of(_newest().where(Kudos.program_id == program_id), number, size))


def latest_words(program_id: int, since: datetime) -> list[Told]:
    """The newest with words since a moment."""
    rows = _newest().where(Kudos.program_id == program_id, Kudos.given_at >= since, Kudos.text != "").limit(SIZE)
    ids = db.session.scalars(rows.with_only_columns(Kudos.id)).all()
    found = of_ids(ids)
    return [found[each] for each in ids]


def _newest() -> Select[Kudos]:
    return select(Kudos).order_by(Kudos.given_at.desc(), Kudos.id.desc())


def _page(page: Page[Kudos]) -> Page[Told]:
    found = of_ids([row.id for row in page.rows])
    return Page([found[row.id] for row in page.rows], page.number, page.size, page.total)


def of_ids(kudos_ids: Collection[int]) -> Mapping[int, Told]:
    """These, by their numbers, which are the `source_id` of their rows in the ledger and in the feed."""
    if not kudos_ids:
        return {}
    rows = (
        select(Kudos, _giver.name, _receiver.name, ProgramValue)
        .join(_giver, _giver.id == Kudos.giver_id)
        .join(_receiver, _receiver.id == Kudos.receiver_id)
        .join(ProgramValue, ProgramValue.id == Kudos.value_id)
        .where(Kudos.id.in_(kudos_ids))
    )
    return {row[0].id: Told._make(row) for row in db.session.execute(rows)}
