"""Applications of the demo that had stopped and went on after somebody rang, and the word that the others had."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.demo import applications, past
from app.demo.cast import Cast
from app.demo.past import Setting
from app.demo.pool import Somebody
from app.domain.actions import bulk, deciding
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.journey.application import IDLE, Application, ApplicationState
from app.domain.journey.touchpoint import Hit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGO = (3, 5, 6, 9, 12, 13, 17, 19, 20, 25, 27, 31, 34, 38, 41, 47, 52, 54, 61, 68, 75)
"""How many days ago each began."""
TOLD = 0.85
"""Of the applications that came in so many had our word within days."""


def play(people: Cast, pool: Sequence[Somebody], setting: Setting) -> None:
    """They stopped, somebody rang on the next day, and they went on; most of all applications had an answer."""
    rng = random.Random("rescued")  # noqa: S311 - a game with names, no secret
    known = set(db.session.scalars(select(Application.candidate_id)))
    may = [one for one in pool if one.owner_id != people.star.id and one.id not in known]
    chosen = list(zip(AGO, _of_each(may, setting.now), strict=False))
    take_in_many([_hit(one, "application_started", setting.now - ago * DAY) for ago, one in chosen], setting.now)
    _stop([one.id for _, one in chosen])
    by_id = {person.id: person for person in people.recruiters}
    contacts = [
        past.contact(by_id[one.owner_id], one.id, setting.now - ago * DAY + 20 * HOUR, rng, setting)
        for ago, one in chosen
    ]
    bulk.record_many([replace(contact, outcome=Outcome.SPOKE) for contact in contacts], {})
    done = [_hit(one, "application_completed", setting.now - ago * DAY + 26 * HOUR) for ago, one in chosen]
    take_in_many(done, setting.now, silent=True)
    _tell(rng, setting.now)


def _of_each(pool: Sequence[Somebody], now: datetime) -> Iterator[Somebody]:
    """Candidates who were here long enough, of one recruiter after the other."""
    here = [one for one in pool if one.registered_at < now - AGO[-1] * DAY]
    yield from here[:: len(here) // len(AGO)]


def _hit(one: Somebody, kind: str, at: datetime) -> Hit:
    job = applications.job(one.id)
    reference = f"rescue-{one.id}-{kind}"
    return Hit(one.id, kind, at, "demo", reference, vacancy=job.reference, payload=job.payload(one.id))


def _stop(ids: Sequence[int]) -> None:
    row = Application
    for application in db.session.scalars(select(row).where(row.candidate_id.in_(ids))):
        application.stopped_at = application.active_at + IDLE
    db.session.flush()


def _tell(rng: random.Random, now: datetime) -> None:
    row, owed = Application, (Application.state == ApplicationState.COMPLETED, Application.told_at.is_(None))
    for application in db.session.scalars(select(row).where(*owed, row.completed_at < now - 3 * DAY)).all():
        if rng.random() < TOLD and application.completed_at:
            deciding.give_word(application, application.completed_at + DAY * rng.uniform(0.2, 2.5))
