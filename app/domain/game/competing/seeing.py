"""Which competitions somebody may see: those that they are invited to, made, or run."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.entrant import Entrant
from app.domain.game.running import RUNS
from app.domain.program.program import works_council_ok

MOST = 500


def visible_to(person: Person, competition_id: int) -> Competition | None:
    """A competition as somebody may see it: published and for them, or they run it; None to everybody else."""
    found = select(Competition).where(Competition.id == competition_id)
    return db.session.scalar(_seen_by(person, found))


def shown_to(person: Person, competition_id: int) -> Competition | None:
    """The same, but a draft only to who runs it."""
    row = visible_to(person, competition_id)
    return row if row and is_shown_to(person, row) else None


def is_shown_to(person: Person, competition: Competition) -> bool:
    """Whether one that somebody may see is there for them by now."""
    return competition.published_at is not None or may_run(person, competition)


def may_download(person: Person, competition: Competition) -> bool:
    """Whoever runs it, where the works council agreed that what people did is looked at one by one."""
    return may_run(person, competition) and works_council_ok(competition.program_id)


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


def after(person: Person, competition_id: int | None, limit: int) -> Sequence[Competition]:
    """The same in portions, in the order in which they were made, the last one first; after one of them."""
    rows = _seen_by(person, select(Competition))
    if competition_id is not None:
        rows = rows.where(Competition.id < competition_id)
    return db.session.scalars(rows.order_by(Competition.id.desc()).limit(limit)).all()


def _seen_by(person: Person, rows: Select[Competition]) -> Select[Competition]:
    if person.role in RUNS:
        return rows
    mine = select(Entrant.competition_id).where(Entrant.person_id == person.id)
    return rows.where(or_(Competition.id.in_(mine), Competition.made_by_id == person.id))
