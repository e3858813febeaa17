"""Branches and their teams."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.db import Base, db
from app.domain.agency.person import MOST, Person


class Branch(Base):
    __tablename__ = "branch"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Team(Base):
    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))


@dataclass(frozen=True, slots=True)
class TeamSize:
    """A team and how many people work in it now."""

    team: Team
    people: int


class NameTaken(Exception):  # noqa: N818 - it says which rule stands in the way
    """There is a branch, or in this branch a team, of that name."""


def add_branch(name: str) -> Branch:
    """A new branch.

    Raises:
        NameTaken: there is one of that name.
    """
    row = Branch(name="")
    _name(row, name, select(Branch.id).where(_same(Branch.name, name)))
    return row


def rename_branch(branch: Branch, name: str) -> None:
    """Give a branch another name.

    Raises:
        NameTaken: there is one of that name.
    """
    _name(branch, name, select(Branch.id).where(_same(Branch.name, name), Branch.id != branch.id))


def add_team(branch: Branch, name: str) -> Team:
    """A new team in a branch.

    Raises:
        NameTaken: the branch has one of that name.
    """
    row = Team(name="", branch_id=branch.id)
    _name(row, name, select(Team.id).where(Team.branch_id == branch.id, _same(Team.name, name)))
    return row


def rename_team(team: Team, name: str) -> None:
    """Give a team another name.

    Raises:
        NameTaken: its branch has one of that name.
    """
    others = select(Team.id).where(Team.branch_id == team.branch_id, Team.id != team.id, _same(Team.name, name))
    _name(team, name, others)


def _name(row: Branch | Team, name: str, others: Select[int]) -> None:
    if db.session.scalar(others.limit(1)):
        raise NameTaken
    try:
        with db.session.begin_nested():
            row.name = " ".join(name.split())
            db.session.add(row)
    except IntegrityError as error:
        raise NameTaken from error


def _same(column: InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    return func.lower(column) == " ".join(name.split()).lower()


def branch(branch_id: int) -> Branch | None:
    return db.session.get(Branch, branch_id)


def team(team_id: int) -> Team | None:
    return db.session.get(Team, team_id)


def team_names() -> dict[int, str]:
    """What the teams of all branches are called."""
    return {row.id: row.name for row in db.session.execute(select(Team.id, Team.name))}


def branches() -> Sequence[Branch]:
    """All branches by name."""
    return db.session.scalars(select(Branch).order_by(func.lower(Branch.name), Branch.id).limit(MOST)).all()


def branches_after(branch_id: int | None, limit: int) -> Sequence[Branch]:
    """The branches in the order in which they came, after one of them."""
    rows = select(Branch).where(Branch.id > (branch_id or 0)).order_by(Branch.id)
    return db.session.scalars(rows.limit(limit)).all()


def teams_after(team_id: int | None, limit: int) -> Sequence[Team]:
    """The teams of all branches, likewise."""
    rows = select(Team).where(Team.id > (team_id or 0)).order_by(Team.id)
    return db.session.scalars(rows.limit(limit)).all()


def teams() -> dict[int, list[TeamSize]]:
    """The teams of every branch by name, each with the number of people who work in it now."""
    here = select(Person.team_id, func.count().label("people")).where(Person.deactivated_at.is_(None))
    sizes = here.group_by(Person.team_id).subquery()
    query = select(Team, func.coalesce(sizes.c.people, 0)).outerjoin(sizes, sizes.c.team_id == Team.id)
    found: dict[int, list[TeamSize]] = {}
    for row, people in db.session.execute(query.order_by(func.lower(Team.name), Team.id).limit(MOST)):
        found.setdefault(row.branch_id, []).append(TeamSize(row, people))
    return found
