"""Sanne's Wednesday: a program with its kinds, a candidate with a promise, and the form that logs."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.db import db
from app.domain.actions import promise
from app.domain.candidates import identity
from app.domain.candidates.identity import Channel
from app.domain.program import action_kind
from app.domain.program.program import the_program
from tests import make
from tests.people import Browser, People, make_people

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday, 11:00 in Amsterdam


class Desk:
    """`sanne` is her browser."""

    def __init__(self, browser: Browser) -> None:
        with browser.app.app_context():
            self.people: People = make_people()
            program = the_program()
            assert program
            if not action_kind.kinds_of(program.id):
                action_kind.install_preset(program.id, None, make.START)
            self.bram = self.candidate("Bram Willems")
            self.promise(self.bram, NOW - timedelta(days=1))
            self.chantal = self.candidate("Chantal de Groot")
            row = make.candidate("Van Otto", owner=self.people.otto)
            self.ottos = row.id
            db.session.commit()
        self.sanne = browser.sign_in(self.people.sanne)

    def promise(self, candidate_id: int, due_at: datetime) -> None:
        made = NOW - timedelta(days=7)
        promise.make(candidate_id, self.people.sanne.id, due_at, channel=None, action_id=None, now=made)

    def candidate(self, name: str) -> int:
        row = make.candidate(name, owner=self.people.sanne, at=NOW - timedelta(days=30))
        identity.add(row, Channel.PHONE, "0612345678", NOW)
        return row.id

    def form(self, outcome: str = "spoke", **facts: object) -> dict[str, object]:
        given = {"candidate": self.bram, "key": uuid4().hex, "view": "sheet", "outcome": outcome}
        return given | facts
