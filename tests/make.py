"""Rows for tests: plain functions with defaults, inside an application context."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import select

from app.db import db
from app.domain.agency.agency import Agency
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Branch, Team
from app.domain.candidates import search
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.program.action_kind import install_preset
from app.domain.program.block import Block
from app.domain.program.program import Program, WorksCouncilConsent
from app.domain.scoring.list_log import ShownList
from app.domain.scoring.rules import live_for_writing

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x00\x00\x08" * 2
"""The beginning of a picture of eight by eight."""
Row = TypeVar("Row")
NUMBER = itertools.count(1)


def agency(name: str = "Uitzendbureau Voorbeeld", **facts: str) -> Agency:
    row = Agency(
        name=name,
        timezone="Europe/Amsterdam",
        visibility=facts.get("visibility", "branch"),
        setup_step=7,
        created_at=START,
    )
    return _saved(row)


def branch(name: str) -> Branch:
    return _saved(Branch(name=name))


def team(name: str, of: Branch) -> Team:
    return _saved(Team(name=name, branch_id=of.id))


def person(name: str, role: Role = Role.RECRUITER, *, team: Team | None = None, gone: bool = False) -> Person:
    return _saved(somebody(name, role, team=team, gone=gone))


def somebody(name: str, role: Role = Role.RECRUITER, *, team: Team | None = None, gone: bool = False) -> Person:
    """A row that is not in the database yet: several are brought there at once in less time than one by one."""
    mail = f"{name.split(maxsplit=1)[0].lower()}@voorbeeld.nl"
    return Person(
        name=name,
        sort_name=sort_name(name),
        email=mail,
        role=role,
        team_id=team.id if team else None,
        language="nl",
        joined_on=date(2026, 1, 1),
        created_at=START,
        deactivated_at=START if gone else None,
    )


def program(name: str = "Vaste Band", *, sponsor: Person | None = None, consent: bool = True) -> Program:
    row = _saved(Program(name=name, started_on=date(2026, 1, 5), sponsor_id=sponsor.id if sponsor else None))
    db.session.add(Block(program_id=row.id))
    install_preset(row.id, None, START)
    if consent:
        db.session.add(WorksCouncilConsent(program_id=row.id, exists=True, recorded_at=START))
    db.session.flush()
    return row


def candidate(
    name: str = "",
    *,
    owner: Person | None = None,
    branch_id: int | None = None,
    stage: Stage = Stage.ENGAGE,
    external_id: str | None = None,
    at: datetime = START,
) -> Candidate:
    name = name or f"Kandidaat {next(NUMBER)}"
    row = _saved(
        Candidate(
            name=name,
            sort_name=sort_name(name),
            owner_id=owner.id if owner else None,
            branch_id=branch_id,
            stage=stage,
            external_id=external_id,
            registered_at=at,
            updated_at=at,
        )
    )
    db.session.add(ContactState(candidate_id=row.id, owner_id=row.owner_id))
    search.refresh([row.id])
    return row


def _saved(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def moves_of(candidate_id: int) -> Sequence[StageMove]:
    """How a candidate came to the stage they are in, newest first."""
    rows = select(StageMove).where(StageMove.candidate_id == candidate_id)
    return db.session.scalars(rows.order_by(StageMove.moved_at.desc(), StageMove.id.desc())).all()


def shown_list(person: Person, *, at: datetime = START) -> ShownList:
    """The head of a logged list, without rows."""
    row = ShownList(
        person_id=person.id,
        owner_id=person.id,
        surface="today",
        shown_at=at,
        ranked_for=at,
        ruleset_id=live_for_writing(at).id,
        settings={},
        pool_size=0,
        seed=person.id,
        order_hash="",
    )
    db.session.add(row)
    db.session.flush()
    return row
