"""Pools of which anything may be known, ranked and listed as the product does it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.domain.agency.person import Person
from app.domain.program.holiday import closed_days
from app.domain.scoring import contact_next
from app.domain.scoring.contact_next import Upcoming
from app.domain.scoring.pool_facts import PoolFacts
from app.domain.scoring.ranked_pool import RankedPool
from app.domain.scoring.ranking import rank
from app.domain.scoring.rhythm import model
from app.domain.scoring.situation import APPLICATION_CADENCES, DAY, GRACE_HOURS, STAGE_CADENCES, Situation
from app.domain.scoring.working_time import WorkingCalendar
from tests.domain.scoring.pool_scene import NOW

ZONE = ZoneInfo("Europe/Amsterdam")
CALENDAR = WorkingCalendar(ZONE, closed_days(date(2025, 1, 1), date(2027, 12, 31)))


def anybody(random: Random, candidate_id: int, now: float) -> Situation:
    """Somebody of whom each fact is known, or is not."""

    def ago(days: float) -> float | None:
        return now - random.random() * days * DAY if random.random() < 0.6 else None

    due = date(2026, 3, 4) + timedelta(days=random.randint(-6, 3))
    return Situation(
        candidate_id=candidate_id,
        registered_at=random.choice([now - 400 * DAY, now - random.random() * 90 * DAY]),
        stage=random.choice([*STAGE_CADENCES]),
        application_state=random.choice([None, None, *APPLICATION_CADENCES]),
        cadence_days=random.choice([None, None, None, 21]),
        score=random.expovariate(1 / 20),
        fresh=random.expovariate(1 / 5),
        last_attempt_at=ago(60),
        last_attempt_by_me=random.random() < 0.5,
        last_inbound_at=ago(60),
        unanswered=tuple(sorted((now - random.random() * 20 * DAY for _ in range(random.randint(0, 2))), reverse=True)),
        promise_due_on=random.choice([None, None, due]),
        answer_owed_since=random.choice([None, None, ago(9)]),
        trigger_kind=random.choice([*GRACE_HOURS, "form"]),
        trigger_at=ago(4),
        consent_until=random.choice([None, now + random.random() * 40 * DAY]),
        answers=random.randint(0, 4),
        attempts=random.randint(4, 9),
        usual_reach=random.choice([None, random.uniform(0.1, 0.9)]),
        paused_until=random.choice([None, None, now + DAY]),
    )


def any_list(random: Random, person: Person, candidate_ids: list[int], empty: Upcoming) -> Upcoming:
    """A list of a random part of these candidates, at a random moment, under random rules."""
    now = NOW + timedelta(seconds=random.uniform(0, 9e6))
    at = datetime.fromtimestamp(CALENDAR.next_opening(now.timestamp()) or 0.0, UTC)
    chosen = random.sample(candidate_ids, random.randint(1, len(candidate_ids)))
    situations = [anybody(random, candidate_id, at.timestamp()) for candidate_id in chosen]
    settings = model(random.choice([25.0, 31.7]), random.choice([{}, {"engage": 10, "completed": 2}]))
    ranking = rank(situations, at.timestamp(), CALENDAR, 10, seed=person.id, model=settings)
    facts = PoolFacts(situations, {}, frozenset(), frozenset())
    return replace(empty, listing=RankedPool(facts, ranking, CALENDAR, at, person.id).listing())


def empty_list(person: Person) -> Upcoming:
    """What somebody is shown who looks after nobody."""
    return contact_next.for_person(person, NOW)
