"""Four processes of the job carry competitions on while people do everything at once: `make torture-prizes`.

They join, decline, earn, take back, object, redeem and cancel, while results are reviewed and become final. Every
prize is given once, and every cent is where the movements say. `--engine` is sqlite or postgresql, which is started
for it. The control looks first and then writes, as code does that nobody guards, and must get there twice.
"""

import argparse
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, NamedTuple
from unittest.mock import patch
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.db import Busy, db, write
from app.domain.agency.person import Person
from app.domain.game import coin_check, ledger
from app.domain.game.competing import (
    cancelling,
    disputing,
    finalising,
    handing,
    life,
    prize_money,
    taking_part,
)
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.result import Dispute, Result
from app.domain.game.competing.taking_part import Closed, TooMany
from app.domain.game.rewarding import budget_check, deciding, funding, holding, requesting
from app.domain.game.rewarding.holding import NotHeld
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import NotAllowed
from jobs import competitions
from tests import make
from tests.conftest import make_app
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, GRACE_OVER, PLACES, Arena
from tests.domain.game.rewarding.shop import Shop
from tests.torture.ground import Ground, chosen, conclude, ground

HOUR = timedelta(hours=1)
LIVE = datetime(2026, 11, 18, 9, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 18)
JOBS, TURNS, EACH = 4, 6, 5
MOMENTS = (GRACE_OVER, FINAL, FINAL + HOUR)
"""When the jobs look; who acts at the same time does so an hour before."""
RARELY = 0.02
NUMBERS = count(1)
IS_DUE = finalising.is_due
PRIZES = {
    Format.MOST: (*PLACES, PrizePlan(PrizeKind.SURPRISE, "Verrassing", 5_00)),
    Format.THRESHOLD: (PrizePlan(PrizeKind.RAFFLE, "Bon", 10_01, number=2),),
    Format.TEAM_GOAL: (PrizePlan(PrizeKind.TEAM, "Bon", 3_33, per_person=True),),
}
REFUSED = (Closed, TooMany, LookupError, disputing.Answered, disputing.NotNow, NotAllowed, Refused)


class Field(NamedTuple):
    """Who takes part in which competitions, and what their coins buy."""

    people: Sequence[int]
    competitions: Sequence[int]
    reward_id: int
    runs_id: int


def prepare(app: Flask, number: int) -> Field:
    """So many competitions, of five people each, over and not yet reviewed."""
    with app.app_context():
        here = arena.start()
        people = [make.person(f"R{each} Jansen").id for each in range(number * EACH // 2)]
        funded(here, number * 100_00)
        reward = Shop(here.scene, here.budget.id).offer(stock=None, price=50, cents=1_00)
        rows = [_competition(here, people, each).id for each in range(number)]
        for person_id in people:
            _earn(here, person_id)
        db.session.commit()
        field = Field(people, rows, reward.id, here.scene.people.ines.id)
        db.session.remove()
    return field


def funded(here: Arena, cents: int) -> None:
    funding.allot(here.budget.id, cents, by=here.scene.people.ines, now=BEFORE, key=uuid4().bytes)


def _competition(here: Arena, people: Sequence[int], number: int) -> Competition:
    """Everybody is in two of them."""
    begin = EACH * number % len(people)
    mine = people[begin : begin + EACH]
    format_ = list(PRIZES)[number % len(PRIZES)]
    facts: dict[str, Any] = {"audience": Audience.PEOPLE, "audience_ids": mine, "prizes": PRIZES[format_]}
    return here.publish(format_, goal=50, step=10, **facts)


def _earn(here: Arena, person_id: int) -> None:
    number = next(NUMBERS)
    here.scene.earn(100 + number % 3, person_id=person_id, candidate_id=number, source_id=number, team_id=None)


def act(app: Flask, field: Field, seed: int, now: datetime, times: int) -> Counter[str]:
    """One thing after another, each in a transaction of its own, as pages do; how often each was done."""
    rng, done = random.Random(seed), Counter[str]()
    for _ in range(times):
        name = rng.choice(list(ACTS))
        with app.app_context():
            try:
                write()
                ACTS[name](field, rng, now)
                db.session.commit()
                done[name] += 1
            except REFUSED:
                db.session.rollback()
            except (Busy, OperationalError):  # others held it for longer than anybody waits
                db.session.rollback()
                done["busy"] += 1
    return done


def _person(field: Field, rng: random.Random) -> Person:
    return db.session.get_one(Person, rng.choice(field.people))


def _row(field: Field, rng: random.Random) -> Competition:
    return db.session.get_one(Competition, rng.choice(field.competitions))


def _part(field: Field, rng: random.Random) -> tuple[Competition, Person]:
    """A competition and somebody for whom it is."""
    row = _row(field, rng)
    return row, db.session.get_one(Person, rng.choice(row.audience_ids))


def _join(field: Field, rng: random.Random, _now: datetime) -> None:
    taking_part.join(*_part(field, rng), LIVE)


def _decline(field: Field, rng: random.Random, _now: datetime) -> None:
    taking_part.decline(*_part(field, rng), LIVE)


def _object(field: Field, rng: random.Random, now: datetime) -> None:
    disputing.object_to(*_part(field, rng), "Nee", now + timedelta(microseconds=next(NUMBERS)))


def _decide(field: Field, rng: random.Random, now: datetime) -> None:
    runs = db.session.get_one(Person, field.runs_id)
    for row in db.session.scalars(select(Dispute).where(Dispute.decided_at.is_(None)).limit(3)).all():
        disputing.decide(row, "Gezien", upheld=rng.random() < 0.5, by=runs, now=now)


def _take_back(_field: Field, rng: random.Random, now: datetime) -> None:
    ledger.reverse("action", rng.randint(1, 60), by_id=None, now=now)


def _cancel(field: Field, rng: random.Random, now: datetime) -> None:
    if rng.random() < RARELY:
        cancelling.cancel(_row(field, rng), "Nee", by=db.session.get_one(Person, field.runs_id), now=now)


def _redeem(field: Field, rng: random.Random, now: datetime) -> None:
    facts: dict[str, Any] = {"key": uuid4().bytes, "now": now, "today": now.date(), "level": None}
    requesting.request(db.session.get_one(Reward, field.reward_id), _person(field, rng), **facts)


def _answer(field: Field, rng: random.Random, now: datetime) -> None:
    runs = db.session.get_one(Person, field.runs_id)
    rows = db.session.scalars(select(Redemption).order_by(Redemption.id)).all()
    if rows:
        step = rng.choice((deciding.approve, deciding.fulfil, deciding.decline))
        step(rng.choice(rows), by=runs, now=now)


def _settle(field: Field, rng: random.Random, now: datetime) -> None:
    waiting = handing.to_hand_over(handing.MOST)
    if waiting:
        award = rng.choice(waiting)
        runs = db.session.get_one(Person, field.runs_id)
        own = db.session.get(Person, award.person_id or 0)
        if own and rng.random() < 0.5:
            handing.decline(award, by=own, now=now)
        else:
            handing.hand_over(award, by=runs, now=now)


Act = Callable[[Field, random.Random, datetime], None]
ACTS: dict[str, Act] = {
    "join": _join,
    "decline": _decline,
    "object": _object,
    "decide": _decide,
    "take back": _take_back,
    "cancel": _cancel,
    "redeem": _redeem,
    "answer": _answer,
    "settle": _settle,
}


def _job(folder: str, url: str, number: int) -> int:
    """A process of the job; how many steps it took."""
    app, taken = make_app(Path(folder), url), 0
    for now in MOMENTS:
        for _ in range(TURNS):
            with app.app_context():
                try:
                    taken += competitions.carry_on(f"job {number}", now)
                except (Busy, OperationalError, competitions.NotAll):  # the next turn has it
                    db.session.rollback()
            time.sleep(0.05)
    return taken


def run(at: Ground, field: Field, threads: int, seed: int) -> Counter[str]:
    """Jobs, which are processes of their own, and people at once; what they did."""
    context = multiprocessing.get_context("spawn")
    done = Counter[str]()
    with context.Pool(JOBS) as processes, ThreadPoolExecutor(threads) as pool:
        jobs = [processes.apply_async(_job, (at.folder, at.url, number)) for number in range(JOBS)]
        while not all(job.ready() for job in jobs):
            seed += threads
            for each in pool.map(lambda one: act(at.app, field, one, FINAL - HOUR, 8), range(seed, seed + threads)):
                done += each
        done["steps of jobs"] = sum(job.get() for job in jobs)
    done["final"] = finish(at.app, field)
    return done


def finish(app: Flask, field: Field) -> int:
    """Everything is answered, and the jobs run as often as it takes; how many became final."""
    with app.app_context():
        _decide_all(field)
        for later in (100 * HOUR, 200 * HOUR, 200 * HOUR + prize_money.FOR_SURPRISES):
            competitions.carry_on("last", FINAL + later)
        found = sum(db.session.get_one(Competition, each).final_at is not None for each in field.competitions)
        db.session.remove()
    return found


def _decide_all(field: Field) -> None:
    runs = db.session.get_one(Person, field.runs_id)
    write()
    for row in db.session.scalars(select(Dispute).where(Dispute.decided_at.is_(None))).all():
        disputing.decide(row, "Gezien", upheld=False, by=runs, now=FINAL)
    db.session.commit()


def faults(app: Flask, field: Field) -> list[str]:
    """What is not as promised."""
    with app.app_context():
        found = [fault for each in field.competitions for fault in _faults_of(db.session.get_one(Competition, each))]
        found += [f"budget {row}" for row in (*budget_check.wrong_budgets(), *budget_check.wrong_holds())]
        found += [f"redemption {row}" for row in budget_check.wrong_redemptions()]
        found += [f"coins {row}" for row in (*coin_check.wrong_balances(), *coin_check.unpaid())]
        db.session.remove()
    return found


def _faults_of(row: Competition) -> Iterator[str]:
    mine, awards = Result.competition_id == row.id, handing.awards_of(row.id)
    finals = db.session.scalars(select(Result).where(mine, Result.final.is_(True))).all()
    if len(finals) != (row.cancelled_at is None) or bool(row.final_at) == bool(row.cancelled_at):
        yield f"{row.id}: {len(finals)} results"
    if finals and [each["cents"] for each in finals[0].body["prizes"]] != [each.cents for each in awards]:
        yield f"{row.id}: its prizes are not those of its result"
    twice = Counter((each.prize_id, each.person_id) for each in awards)
    if any(times > 1 for times in twice.values()):
        yield f"{row.id}: a prize twice"
    hold = holding.of(prize_money.SOURCE, row.id)
    left = sum(each.cents for each in awards if not (each.handed_at or each.declined_at))
    if not hold or (hold.reserved, hold.committed) != (0, left):
        yield f"{row.id}: {hold and (hold.reserved, hold.committed)} is held, not {left}"


@contextmanager
def without_the_guard() -> Iterator[None]:
    """Nobody holds the row, and nobody asks whether it is final already."""
    with (
        patch.object(life, "hold", return_value=True),
        patch.object(finalising, "_claim", return_value=True),
        patch.object(finalising, "is_due", return_value=True),
    ):
        yield


def twice_without(app: Flask, field: Field) -> int:
    """How often a result was made final once more, or only the last fence, that of the tables, was in the way."""
    found = 0
    with app.app_context():
        competitions.carry_on("first", GRACE_OVER)
        db.session.remove()
    for competition_id in field.competitions:
        looked = Barrier(JOBS)

        def finalise(_number: int, competition_id: int = competition_id, looked: Barrier = looked) -> bool:
            with app.app_context():
                due = IS_DUE(db.session.get_one(Competition, competition_id), FINAL)
                db.session.remove()
                looked.wait(timeout=20)
                return due and _go_on(competition_id)

        with without_the_guard(), ThreadPoolExecutor(JOBS) as pool:
            found += sum(pool.map(finalise, range(JOBS))) - 1
    return found


def _go_on(competition_id: int) -> bool:
    write()
    try:
        finalising.finalise(db.session.get_one(Competition, competition_id), FINAL)
        db.session.commit()
    except (IntegrityError, NotHeld, DBAPIError):
        db.session.rollback()
    return True


def main() -> None:
    options = chosen(__doc__, competitions=24, threads=6, seed=1)
    with ground(options.engine) as at:
        wrong, done = (_control if options.control else _everything)(at, options)
    told = f"{options.engine}: {options.competitions} competitions"
    conclude(options.competitions + sum(done.values()), wrong, control=options.control, told=told)


def _control(at: Ground, options: argparse.Namespace) -> tuple[list[str], Counter[str]]:
    found = twice_without(at.app, prepare(at.app, options.competitions))
    return ["a result was made final once more, or stopped by the tables only"] * found, Counter()


def _everything(at: Ground, options: argparse.Namespace) -> tuple[list[str], Counter[str]]:
    field, began = prepare(at.app, options.competitions), time.perf_counter()
    done = run(at, field, options.threads, options.seed)
    wrong = list(faults(at.app, field))
    print(f"{options.competitions} competitions in {time.perf_counter() - began:.0f} s")
    print(*(f"{name}: {times}" for name, times in sorted(done.items())), sep=", ")
    return wrong, done


if __name__ == "__main__":
    main()
