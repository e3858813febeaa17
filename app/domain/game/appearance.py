"""How somebody appears on boards and screens: by name, under another name, as a colleague, or not at all."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import presence
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.game.pseudonym import pseudonym
from app.domain.program.program import Program, works_council_ok

TEAM, NAMES, PSEUDONYM, OFF = MODES = ("team", "names", "pseudonym", "off")
NAMED, HIDDEN = CHOICES = ("named", "hidden")
FEWEST = 5
"""Figures of fewer people tell what one of them did."""


class Appearance(Base):
    """What a person chose for themselves: `choice` is named or hidden; without a row they have not chosen yet."""

    __tablename__ = "appearance"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(6))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)


def set_mode(program: Program, mode: str, *, all_time: bool) -> None:
    """How the program compares people, and whether there is a board of all time.

    Raises:
        ValueError: there is no such mode.
    """
    if mode not in MODES:
        raise ValueError(mode)
    program.board_mode, program.all_time_board = mode, all_time
    if mode == PSEUDONYM:
        program.mask_seed = program.mask_seed or secrets.token_hex(16)


def choose(person: Person, choice: str, now: datetime) -> None:
    """Appear, or not at all; on every board, at once.

    Raises:
        ValueError: there is no such choice.
    """
    if choice not in CHOICES:
        raise ValueError(choice)
    row = insert(Appearance).values(person_id=person.id, choice=choice, chosen_at=now)
    changes = {"choice": choice, "chosen_at": now}
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=changes))
    presence.changed(person.id)


def choice_of(person_id: int) -> str | None:
    """What somebody chose; None while they have not."""
    return db.session.scalar(select(Appearance.choice).where(Appearance.person_id == person_id))


def person_boards(program: Program) -> bool:
    """Whether people are compared: the program does so, and the works council agreed."""
    return program.board_mode in {NAMES, PSEUDONYM} and works_council_ok(program.id)


def tells_of(program_id: int, people: int) -> bool:
    """Whether the figures of so many people may be shown to who is not one of them."""
    return people >= FEWEST or works_council_ok(program_id)


def names_for(
    program: Program, viewer: Person | None, person_ids: Collection[int], language: str | None = None
) -> Mapping[int, str | None]:
    """How these people appear to the viewer; None is a colleague without a name.

    Without a viewer it is a screen, a mail or a file; without a language it is the viewer's, or the agency's.
    """
    wanted = set(person_ids)
    found: dict[int, str | None] = dict.fromkeys(wanted)
    if wanted and person_boards(program):
        masked = program.board_mode == PSEUDONYM
        found |= _masked(program, wanted, language or _language(viewer)) if masked else _named(wanted)
    return found | {viewer.id: viewer.name} if viewer and viewer.id in wanted else found


def mask_of(program: Program, person_id: int, language: str) -> str:
    """The two words by which others know somebody, where people are compared under pseudonyms."""
    return pseudonym(program.mask_seed or "", person_id, language)


def _named(wanted: Collection[int]) -> Mapping[int, str]:
    chosen = select(Person.id, Person.name).join(Appearance, Appearance.person_id == Person.id)
    rows = db.session.execute(chosen.where(Person.id.in_(wanted), Appearance.choice == NAMED))
    return {row.id: row.name for row in rows}


def hidden() -> set[int]:
    """Everybody who chose not to be on any board."""
    return set(db.session.scalars(select(Appearance.person_id).where(Appearance.choice == HIDDEN)))


def _masked(program: Program, wanted: Collection[int], language: str) -> Mapping[int, str]:
    return {person_id: mask_of(program, person_id, language) for person_id in set(wanted) - hidden()}


def _language(viewer: Person | None) -> str:
    agency = the_agency()
    return (viewer and viewer.language) or (agency.language if agency else "nl")
