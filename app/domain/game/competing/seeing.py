"""Which competitions somebody may see: those that they are invited to, made, or run."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import Entrant
from app.domain.game.running import RUNS

MOST = 500


def visible_to(person: Person, competition_id: int) -> Competition | None:
    """A competition as somebody may see it: published and for them, or they run it; None to everybody else."""
    found = select(Competition).where(Competition.id == competition_id)
    return db.session.scalar(_seen_by(person, found))


def names_seen_by(person: Person, competition_ids: Collection[int]) -> dict[int, str]:
    """What those of these competitions are called that somebody may see."""
    if not competition_ids:
        return {}
    seen = _seen_by(person, select(Competition).where(Competition.id.in_(competition_ids)))
    rows = db.session.execute(seen.with_only_columns(Competition.id, Competition.name))
    return {row.id: row.name for row in rows}


def all_for(person: Person) -> Sequence[Competition]:
    """All competitions that somebody may see, the latest first."""
    rows = _seen_by(person, select(Competition)).order_by(Competition.first.desc(), Competition.id.desc())
    return db.session.scalars(rows.limit(MOST)).all()


def _seen_by(person: Person, rows: Select[Competition]) -> Select[Competition]:
    if person.role in RUNS:
        return rows
    mine = select(Entrant.competition_id).where(Entrant.person_id == person.id)
    return rows.where(or_(Competition.id.in_(mine), Competition.made_by_id == person.id))
