"""An agency without a works council that has a hundred euros, and what its sponsor does at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.prize import Prize
from app.domain.game.rewarding import budget, funding
from app.domain.game.rewarding.budget import Budget
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import record_consent, the_program
from tests.domain.game.scene import Scene, show_names
from tests.people import Browser, People, make_people

NEW = "/contests/new"
DESK = "/contests/desk"
TEAM_GOAL = {"name": "Sprint", "format": "team_goal", "metric": "points", "audience": "program", "by_choice": ""}
PLACE = {"kind": "place", "title": "Bon", "worth": "12,50", "place": "1", "number": "", "reward": "voucher"}


@dataclass(frozen=True)
class Desk:
    """`ines` is the sponsor's browser."""

    people: People
    ines: Browser
    budget_id: int

    @property
    def app(self) -> Any:  # noqa: ANN401 - the application of the browser
        return self.ines.app

    def begin(self, browser: Browser | None = None, **facts: object) -> str:
        """The address of a draft after its first step."""
        answer = (browser or self.ines).post(NEW, TEAM_GOAL | facts, at=NEW)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"]).removesuffix("/prizes")

    def press(self, url: str, data: Mapping[str, object] | None = None) -> TestResponse:
        return self.ines.post(url, data, at=NEW)

    def give(self, url: str, *rows: dict[str, str], **facts: object) -> TestResponse:
        """Send these rows as the prizes of a draft."""
        named = {f"prizes-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}
        return self.press(f"{url}/prizes", {"budget_id": self.budget_id, "total": "", **named, **facts})

    def row(self) -> Competition:
        with self.app.app_context():
            return db.session.scalars(select(Competition).order_by(Competition.id.desc())).first()  # type: ignore[return-value]

    def number(self) -> int:
        """How many competitions there are."""
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(Competition)) or 0

    def prizes(self) -> list[tuple[str, int, int | None]]:
        with self.app.app_context():
            rows = db.session.execute(select(Prize.title, Prize.cents, Prize.place).order_by(Prize.place, Prize.id))
            return [(row[0], row[1], row[2]) for row in rows]

    def pots(self) -> tuple[int, int]:
        """Available and reserved."""
        with self.app.app_context():
            row = db.session.get_one(Budget, self.budget_id)
            return row.available, row.reserved

    def earn(self) -> None:
        """Sanne, whom the board may name, did something on Mondays behind us; call it inside a context."""
        kind, present = db.session.scalar(select(func.min(ActionKind.id))), the_program()
        scene = Scene(self.people, present.id if present else 0, kind or 0)
        show_names(scene, self.people.sanne)
        monday = clock.week_of(clock.now().date()).start
        for number in range(1, 9):
            scene.earn(100, on=monday - number * clock.WEEK, source_id=number, candidate_id=number)


def start(browser: Browser) -> Desk:
    with browser.app.app_context():
        people, now = make_people(), clock.now()
        program = the_program()
        assert program
        record_consent(program.id, exists=False, reason="klein", by_id=None, at=now)
        row = budget.make(program.id, "Najaar", now.date(), now.date() + timedelta(days=300), by=people.ines, now=now)
        funding.allot(row.id, 100_00, by=people.ines, now=now, key=b"a" * 16)
        db.session.commit()
        budget_id = row.id
    return Desk(people, browser.sign_in(people.ines), budget_id)
