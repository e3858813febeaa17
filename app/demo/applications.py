"""The vacancies of the demo agency, and how far some of those who applied for them are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.db import db
from app.domain.actions import check_ins, deciding, unfinished
from app.domain.agency.person import Person
from app.domain.candidates import candidate as candidates
from app.domain.candidates.candidate import Candidate
from app.domain.journey import application
from app.domain.journey.application import Application, ApplicationState

DAY = timedelta(days=1)
TITLES = (
    "Heftruckchauffeur",
    "Administratief medewerker",
    "Elektromonteur",
    "Receptionist",
    "Planner",
    "Lasser",
    "Orderpicker",
    "Monteur",
)
STEPS = ("Contactgegevens", "Je cv", "Motivatie")
OF_A_VACANCY = frozenset({"application_started", "application_completed", "job_view"})


class Job(NamedTuple):
    """A vacancy as the website tells of it."""

    reference: str
    title: str

    def payload(self, number: int) -> dict[str, Any]:
        url = f"https://www.vasteband.example/vacatures/{self.reference.casefold()}"
        return {"job_title": self.title, "url": url, "step": STEPS[number % len(STEPS)]}


def job(number: int) -> Job:
    """One of the vacancies."""
    place = number % len(TITLES)
    return Job(f"VB-{201 + place}", TITLES[place])


def for_role(role: str) -> Job:
    """The vacancy that is about this role."""
    return job(TITLES.index(role))


def play(star: Person, played: Sequence[Candidate], now: datetime) -> None:
    """Aisha stopped at her cv, Youssef waits for word after an interview, Pieter's assignment ends in two weeks."""
    by_name = {one.name.split()[0]: one for one in played}
    _stop(by_name["Aisha"], now)
    _interview(by_name["Youssef"], star, now)
    deciding.give_word(_interview(by_name["Chantal"], star, now), now - DAY)
    _end_soon(by_name["Pieter"], star, now)


def _stop(them: Candidate, now: datetime) -> None:
    for told in application.of_candidate(them.id):
        unfinished.find(told.row.id, them.id, max(now - timedelta(hours=3), told.row.active_at + application.IDLE))


def _interview(them: Candidate, star: Person, now: datetime) -> Application:
    row = application.of_candidate(them.id)[0].row
    deciding.move(row, ApplicationState.IN_PROCEDURE, star, now - 7 * DAY)
    deciding.move(row, ApplicationState.INTERVIEWED, star, now - 4 * DAY)
    return row


def _end_soon(them: Candidate, star: Person, now: datetime) -> None:
    """Placed three months ago; what was to be done before today was done."""
    started, stage = now - 90 * DAY, them.stage
    row = deciding.begin(them, "Heftruckchauffeur", star, started - 7 * DAY)
    deciding.place(row, started.date(), (now + 14 * DAY).date(), star, started - 2 * DAY)
    check_ins.plan(row, star.id, now)
    candidates.move(them, stage, reason="", by_id=star.id, now=now - 16 * DAY)
    db.session.flush()
