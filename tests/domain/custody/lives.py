"""What can happen to candidates, as numbered steps that a test draws; and what all tables hold, to be compared."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from app.db import Base, db
from app.domain.actions import action, recovering
from app.domain.actions.outcome import Outcome
from app.domain.actions.recovery import Cause
from app.domain.actions.response import take_in
from app.domain.candidates import consent, contact_flags, identity, label, link, preference, question, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage, move
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.label import LabelKind
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.candidates.question import AlreadyAsked
from app.domain.journey import tracked_link
from app.domain.journey.touchpoint import Hit
from tests.domain.actions.test_action import NOW, Desk

Step = tuple[int, int]
HOUR = timedelta(hours=1)


class Life:
    """One candidate to whom things happen at a moment; `number` picks the variant."""

    def __init__(self, desk: Desk, candidate: Candidate, at: datetime) -> None:
        self.desk, self.candidate, self.at = desk, candidate, at
        self.by = desk.people.sanne.id

    def touchpoint(self, number: int) -> None:
        kind = ("inbound_reply", "site_visit", "form", "job_view")[number % 4]
        occurred = self.at - HOUR * number
        take_in(Hit(self.candidate.id, kind, occurred, "test", f"{self.candidate.id}-{number}-{self.at}"), self.at)

    def contact(self, number: int) -> None:
        outcomes = (Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.MESSAGE_SENT, Outcome.LATER, Outcome.DO_NOT_CONTACT)
        outcome = outcomes[number % len(outcomes)]
        due = self.at + timedelta(days=number + 1) if outcome is Outcome.LATER else None
        logged = self.desk.log(outcome, of=self.candidate, at=self.at - HOUR * number, now=self.at, promise_at=due)
        if number % 7 == 0:
            action.undo(self.desk.people.sanne, logged.action_id, self.at)

    def address(self, number: int) -> None:
        row = identity.add(self.candidate, Channel.EMAIL, f"mail{number % 3}@voorbeeld.nl", self.at)
        states = (IdentityState.OPTED_OUT, IdentityState.VERIFIED, IdentityState.INVALID)
        identity.mark(row, states[number % 3], origin="candidate", now=self.at - HOUR * number)

    def label(self, number: int) -> None:
        until = date(2026, 1 + number % 9, 1) if number % 2 else None
        label.put(self.candidate.id, LabelKind.CERTIFICATE, {f"VCA {number % 4}": until}, self.at)

    def prefer(self, number: int) -> None:
        wish = Wish(channels=((Channel.PHONE, Channel.WHATSAPP)[number % 2],))
        preference.prefer(self.candidate.id, wish, said_by=SaidBy.CANDIDATE, by_id=self.by, now=self.at)

    def consent(self, number: int) -> None:
        say = (consent.give, consent.withdraw)[number % 2]
        say(self.candidate.id, ConsentPurpose.POOL, via="page", by_id=self.by, now=self.at)
        retention.reckon(self.candidate.id, self.at)

    def stage(self, number: int) -> None:
        move(self.candidate, [*Stage][number % 5], reason="", by_id=self.by, now=self.at)

    def question(self, number: int) -> None:
        try:
            question.ask(self.candidate.id, "preference", channel=None, by_id=self.by, now=self.at)
        except AlreadyAsked:
            question.close(self.candidate.id, "answered", self.at)

    def link(self, number: int) -> None:
        link.make(self.candidate.id, [*LinkPurpose][number % 5], by_id=self.by, now=self.at)

    def wish(self, number: int) -> None:
        contact_flags.paused(self.candidate.id, self.at + HOUR * number if number % 3 else None)

    def act(self, number: int) -> None:
        retention.restart(self.candidate.id, self.at - HOUR * number)

    def application(self, number: int) -> None:
        kind = ("application_started", "application_completed")[number % 2]
        name, at = f"{self.candidate.id}-{number}-{self.at}-a", self.at - HOUR * (number % 5)
        take_in(Hit(self.candidate.id, kind, at, "test", name, vacancy=f"V{number % 3}"), self.at)

    def enthusiasm(self, number: int) -> None:
        for day, kind in enumerate(("form", "referral", "event_attended", "inbound_reply")):
            at = self.at - timedelta(days=day)
            take_in(Hit(self.candidate.id, kind, at, "test", f"{self.candidate.id}-{number}-{self.at}-{kind}"), self.at)

    def wrong(self, number: int) -> None:
        recovering.begin(self.candidate.id, Cause.COMPLAINT, f"{self.candidate.id}-{self.at.isoformat()}"[:40], self.at)

    def shared(self, number: int) -> None:
        tracked_link.make(self.candidate.id, "https://voorbeeld.nl", message=f"{number}", by_id=self.by, now=self.at)

    def fact(self, number: int) -> None:
        self.candidate.role_sought, self.candidate.travel_km = f"rol {number}", number or None
        self.candidate.external_id = f"{self.candidate.id}-{number}" if number % 2 else None
        db.session.flush()

    def happen(self, step: Step) -> None:
        ACTS[step[0]](self, step[1])


ACTS: list[Callable[[Life, int], None]] = [
    Life.touchpoint,
    Life.contact,
    Life.address,
    Life.label,
    Life.prefer,
    Life.consent,
    Life.stage,
    Life.question,
    Life.link,
    Life.wish,
    Life.act,
    Life.fact,
    Life.application,
    Life.enthusiasm,
    Life.wrong,
    Life.shared,
]
STEP = st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 40))
STEPS = st.lists(STEP, max_size=10)


def live(desk: Desk, candidate: Candidate, steps: list[Step], at: datetime = NOW) -> None:
    """Let these steps happen to a candidate, one hour apart."""
    for number, step in enumerate(steps):
        Life(desk, candidate, at + HOUR * number).happen(step)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables but the merges themselves, and but when somebody's facts were last written down."""
    db.session.flush()
    return {table.name: _rows(table.name) for table in Base.metadata.sorted_tables if table.name != "merge"}


def _rows(name: str) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    columns = [column for column in table.c if str(column) != "candidate.updated_at"]
    rows = db.session.execute(select(*columns).order_by(*table.primary_key)).mappings()
    return [{key: round(value, 2) if isinstance(value, float) else value for key, value in row.items()} for row in rows]
