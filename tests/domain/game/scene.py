"""A small program with two teams, and one line that lets somebody earn points in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.clock import week_of
from app.db import db
from app.domain.agency.person import Person
from app.domain.game import appearance, ledger
from app.domain.game.running_total import Standing
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program
from tests.people import People, make_people

WEDNESDAY = date(2026, 11, 18)
ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = week_of(WEDNESDAY)


@dataclass(frozen=True)
class Scene:
    people: People
    program_id: int
    kind_id: int

    now: ClassVar[datetime] = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)

    @property
    def person_id(self) -> int:
        return self.people.sanne.id

    @property
    def colleague_id(self) -> int:
        return self.people.bram.id

    @property
    def team_id(self) -> int:
        return self.people.sanne.team_id or 0

    @property
    def other_team_id(self) -> int:
        return self.people.otto.team_id or 0

    def earn(self, points: int, *, on: date = WEDNESDAY, hour: int = 10, **facts: Any) -> int:  # noqa: ANN401 - any fact of a row
        """Credit points to sanne for candidate 1, or to whom `facts` say."""
        moment = datetime.combine(on, time(hour), ZONE)
        row: dict[str, Any] = {
            "program_id": self.program_id,
            "person_id": self.person_id,
            "team_id": self.team_id,
            "kind": "earn",
            "action_kind_id": self.kind_id,
            "rule_version": 1,
            "points": points,
            "reason": "",
            "occurred_at": moment,
            "local_date": on,
            "recorded_at": moment,
            "source": "page",
            "candidate_id": 1,
            "source_kind": "action",
            "source_id": 1,
            "nth": None,
            "key": None,
            "line": 0,
            "actor_id": self.person_id,
        }
        return ledger.credit(**(row | facts))


def start() -> Scene:
    """The people of every test with their program; call it inside an application context."""
    people = make_people()
    program = the_program()
    assert program
    kind = ActionKind(program_id=program.id, code="talked", label_nl="Gesprek", label_en="Conversation")
    db.session.add(kind)
    db.session.flush()
    return Scene(people, program.id, kind.id)


def show_names(scene: Scene, *people: Person) -> None:
    """These people, or those of every test, chose to stand on the board by name."""
    for person in people or vars(scene.people).values():
        appearance.choose(person, appearance.NAMED, scene.now)


def total(
    subject_id: int, period: str = "week", first: date = date(2026, 11, 16), scope: str = "person"
) -> tuple[int, ...] | None:
    """Points, actions and candidates helped of somebody on a board."""
    row = db.session.execute(
        select(Standing.points, Standing.actions, Standing.helped).where(
            Standing.scope == scope,
            Standing.period == period,
            Standing.period_start == first,
            Standing.subject_id == subject_id,
        )
    ).first()
    return tuple(row) if row else None
