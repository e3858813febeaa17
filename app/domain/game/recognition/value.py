"""What the program stands for: the values for which kudos are given."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.game.running import check_runs
from app.domain.program.program import Program

MOST = 12
MOST_A_MONTH = 50


class ProgramValue(Base):
    """What the program stands for, and kudos are given for."""

    __tablename__ = "program_value"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    label_nl: Mapped[str] = mapped_column(String(60))
    label_en: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Label(NamedTuple):
    """What a value is called in both languages; without the English it is the Dutch."""

    nl: str
    en: str = ""


PRESET = (
    Label("Eerlijk", "Honest"),
    Label("Samen", "Together"),
    Label("Houdt woord", "Keeps promises"),
)


class Full(Exception):  # noqa: N818 - it says which rule stands in the way
    """There are as many values as anybody can choose from."""


def add(program_id: int, label: Label, *, by: Person) -> ProgramValue:
    """Another value, after those that there are.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        Full: there are as many as anybody can choose from.
    """
    check_runs(by)
    _hold(program_id)
    if len(standing(program_id)) >= MOST:
        raise Full
    last = db.session.scalar(select(func.max(ProgramValue.position)).where(ProgramValue.program_id == program_id))
    row = ProgramValue(
        program_id=program_id, label_nl=label.nl, label_en=label.en or label.nl, position=1 + (last or 0)
    )
    db.session.add(row)
    db.session.flush()
    return row


def start(program_id: int, *, by: Person) -> bool:
    """The three of the preset for a program that has none; False when it has some, or had.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    _hold(program_id)
    if all_of(program_id):
        return False
    for label in PRESET:
        add(program_id, label, by=by)
    return True


def rename(row: ProgramValue, label: Label, *, by: Person) -> None:
    """Call it otherwise; kudos that were given for it are called so too.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    row.label_nl, row.label_en = label.nl, label.en or label.nl
    db.session.flush()


def retire(row: ProgramValue, *, by: Person, now: datetime) -> None:
    """Nobody gives kudos for it any more; those that were given keep it.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    row.retired_at = row.retired_at or now
    db.session.flush()


def bring_back(row: ProgramValue, *, by: Person) -> None:
    """It can be chosen again.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        Full: there are as many as anybody can choose from.
    """
    check_runs(by)
    _hold(row.program_id)
    if row.retired_at is not None and len(standing(row.program_id)) >= MOST:
        raise Full
    row.retired_at = None
    db.session.flush()


def allow(program: Program, a_month: int, *, by: Person) -> None:
    """How many kudos everybody may give in a calendar month; none is none at all.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        ValueError: fewer than none, or so many that they mean nothing.
    """
    check_runs(by)
    if not 0 <= a_month <= MOST_A_MONTH:
        raise ValueError(a_month)
    program.kudos_a_month = a_month
    db.session.flush()


def _hold(program_id: int) -> None:
    """One after another, so that two who add at once do not come to more than there may be."""
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))


def all_of(program_id: int) -> Sequence[ProgramValue]:
    """Every value in its order, those that nobody chooses any more too."""
    mine = select(ProgramValue).where(ProgramValue.program_id == program_id)
    return db.session.scalars(mine.order_by(ProgramValue.position, ProgramValue.id)).all()


def standing(program_id: int) -> Sequence[ProgramValue]:
    """The values for which kudos can be given, in their order."""
    return [row for row in all_of(program_id) if row.retired_at is None]


def find(program_id: int, value_id: int) -> ProgramValue | None:
    """A value of the program."""
    wanted = select(ProgramValue).where(ProgramValue.id == value_id, ProgramValue.program_id == program_id)
    return db.session.scalar(wanted)
