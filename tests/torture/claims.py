"""Recruiters work one pool at once, each in a process of their own, and never share a card: `make torture-claims`.

`--engine` is sqlite or postgresql, which is started for it. The control takes the guard out and must fail.
"""

import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import NamedTuple
from uuid import uuid4

from flask import Flask

from app.db import db, write
from app.domain.actions import queue, queue_cards, queue_log, queue_start
from app.domain.actions.consequence import Answer
from app.domain.actions.outcome import Outcome
from app.domain.actions.queue_cards import Turned
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags, contact_state
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.conftest import make_app
from tests.people import make_people
from tests.torture import reconcile
from tests.torture.ground import PATIENCE, chosen, conclude, ground, patiently

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CARDS = 40


class Pool(NamedTuple):
    """Whose candidates they are, and who works them; the owner is among those."""

    owner_id: int
    workers: Sequence[int]


def fill(app: Flask, candidates: int, workers: int = 2) -> Pool:
    """An agency with so many candidates of one recruiter, all of whom may be contacted."""
    with app.app_context():
        people = make_people()
        others = [make.person(f"R{number} Jansen") for number in range(workers - 1)]
        for _ in range(candidates):
            make.candidate(owner=people.sanne, at=NOW - timedelta(days=30))
        db.session.commit()
        pool = Pool(people.sanne.id, [people.sanne.id, *(one.id for one in others)])
        db.session.remove()
    return pool


def work(app: Flask, pool: Pool, person_id: int, claims: int, begun: Callable[[], object] = lambda: None) -> list[int]:
    """Work the pool card by card; whose cards were on the screen, in their order. `begun`: the first is on it."""
    seen: list[int] = []
    for turn in range(claims):
        with app.app_context():
            at = NOW + turn * SECOND
            turned = patiently(lambda at=at: _turn(pool, person_id, at))  # type: ignore[misc] # the loop's own moment
        if turn == 0:
            begun()
        if turned is None:
            break
        if turned.card is not None:
            seen.append(turned.card.candidate_id)
    return seen


def _turn(pool: Pool, person_id: int, now: datetime) -> Turned | None:
    write()
    turned = _press(db.session.get_one(Person, person_id), pool.owner_id, now)
    db.session.commit()
    return turned


def _press(person: Person, owner_id: int, now: datetime) -> Turned | None:
    """Log the card on the screen, or begin with the next ones."""
    row = queue.open_of(person, now)
    deck = queue_cards.deck_of(person, row.id) if row else None
    if deck is None or deck.current is None:
        return queue_start.start(person, now, owner_id=owner_id, k=CARDS)
    card, candidate = deck.current, db.session.get_one(Candidate, deck.current.candidate_id)
    return queue_log.log(deck, card, candidate, Answer(Outcome.SPOKE), now=now, key=uuid4().bytes).turned


def at_once(app: Flask, pool: Pool, claims: int) -> list[list[int]]:
    """All of them in threads that start together; nobody goes on before everybody has a first card."""
    together = Barrier(len(pool.workers), timeout=PATIENCE)

    def run(person_id: int) -> list[int]:
        together.wait()
        return work(app, pool, person_id, claims, together.wait)

    with ThreadPoolExecutor(len(pool.workers)) as threads:
        return list(threads.map(run, pool.workers))


def shared(seen: Sequence[Sequence[int]]) -> list[int]:
    """The candidates who were on more than one screen."""
    times = Counter(candidate for one in seen for candidate in set(one))
    return [candidate for candidate, number in times.items() if number > 1]


def _process(folder: str, url: str, pool: Pool, person_id: int, claims: int, control: bool) -> list[int]:  # noqa: PLR0917 - what a process is told
    if control:
        contact_flags.turned = lambda candidate_id, *_facts: contact_state.hold(candidate_id)
    return work(make_app(Path(folder), url), pool, person_id, claims)


def main() -> None:
    options = chosen(__doc__, claims=500, workers=4)
    with ground(options.engine) as at:
        pool = fill(at.app, options.claims, options.workers)
        each = options.claims // options.workers
        asked = [(at.folder, at.url, pool, person, each, options.control) for person in pool.workers]
        with multiprocessing.get_context("spawn").Pool(options.workers) as processes:
            seen = processes.starmap(_process, asked)
        wrong = [f"candidate {one} was on two screens" for one in shared(seen)]
        wrong += [] if options.control else reconcile.differences(at.app)
    told = f"{options.engine}: claims by {options.workers} recruiters"
    conclude(sum(map(len, seen)), wrong, control=options.control, told=told)


if __name__ == "__main__":
    main()
