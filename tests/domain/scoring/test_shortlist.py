"""A shortlist shows whom the whole pool would show: proved on random pools, on either engine."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.db import db
from app.domain.candidates import consent, preference
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel, IdentityState
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.scoring import capacity, demand, pool_facts, ranked_pool, shortlist
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.pool_facts import Asked, PoolFacts
from app.domain.scoring.ranking import rank
from app.domain.scoring.rules import live
from tests.domain.scoring.pool_scene import DAY, NOW, Pool

SIZE = 120
STATES = [None, None, None, "started", "completed", "in_procedure", "rejected"]


def ago(dice: random.Random, share: float, days: float) -> datetime | None:
    """To the second, with many equal ones: ties are what goes wrong."""
    return NOW - timedelta(hours=round(dice.uniform(-1, days) * 4) * 6) if dice.random() < share else None


def state(dice: random.Random, people: list[int]) -> dict[str, Any]:
    tried = ago(dice, 0.6, 40)
    unanswered = [tried - n * DAY for n in range(dice.randrange(4))] if tried else []
    trigger = ago(dice, 0.15, 20)
    return {
        "last_attempt_at": tried,
        "last_attempt_by_id": dice.choice(people) if tried else None,
        "last_attempt_answered": dice.random() < 0.3,
        "last_two_way_at": ago(dice, 0.3, 60),
        "last_inbound_at": ago(dice, 0.25, 50),
        "attempts": 5 if tried else 0,
        "answers": dice.randrange(6) if tried else 0,
        "reach": {"phone:morning": [dice.randrange(6), 5]} if tried and dice.random() < 0.8 else None,
        "promise_due_at": ago(dice, 0.12, 12),
        "trigger": "form" if trigger else None,
        "trigger_at": trigger,
        "tau": NOW.timestamp() + dice.uniform(-60, 150) * 86400 if dice.random() < 0.6 else None,
        "application_state": dice.choice(STATES),
        "application_owed_at": ago(dice, 0.08, 50),
        "recovery_due_at": ago(dice, 0.03, 5),
        "coming_back_at": ago(dice, 0.1, 20),
        "rest_days": dice.choice([None] * 15 + [10]),
        "cadence_days": dice.choice([None] * 15 + [5, 90]),
        "paused_until": ago(dice, 0.06, 3),
        "claimed_by_id": (claimed := dice.choice(people) if dice.random() < 0.05 else None),
        "claimed_until": NOW + DAY if claimed else None,
        "do_not_contact_at": ago(dice, 0.03, 30),
        **{f"unanswered_{n + 1}": at for n, at in enumerate((unanswered + [None] * 3)[:3])},
    }


def hinder(pool: Pool, row: Candidate, dice: random.Random) -> None:
    if dice.random() < 0.05:
        consent.withdraw(row.id, ConsentPurpose.CONTACT, via="recruiter", by_id=None, now=NOW)
    if dice.random() < 0.05:
        pool.reach(row, Channel.PHONE, "0612345678", IdentityState.OPTED_OUT)
    if dice.random() < 0.1:
        wish = Wish(channels=(Channel.PHONE,), days=dice.choice(["24", "35", ""]))
        preference.prefer(row.id, wish, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)


def fill(pool: Pool, seed: int, size: int = SIZE) -> None:
    dice, people = random.Random(seed), [pool.people.sanne.id, pool.people.bram.id]
    for _ in range(size):
        row = pool.add(at=NOW - timedelta(days=dice.randrange(120)))
        row.stage = dice.choice(list(Stage))
        row.keep_until = NOW + timedelta(days=dice.choice([-1, 5, 15, 400, 400, 400]))
        db.session.execute(update(ContactState).where(ContactState.candidate_id == row.id).values(state(dice, people)))
        hinder(pool, row, dice)
    db.session.flush()


@pytest.fixture
def pool(session: None) -> Pool:
    return Pool()


@pytest.mark.parametrize("seed", range(3))
def test_the_shortlist_shows_whom_the_whole_pool_would_show(
    pool: Pool, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "BATCH", 3)
    fill(pool, seed)
    sanne, calendar = pool.people.sanne.id, calendar_at(NOW)
    for k in (0, 3, 10, 60):
        found = ranked_pool.of_owner(sanne, sanne, NOW, k)
        usual = found.ranking.situations and next(iter(found.ranking.situations.values())).usual_reach
        ids = db.session.scalars(select(ContactState.candidate_id).where(ContactState.owner_id == sanne)).all()
        whole = pool_facts.some(ids, Asked(sanne, NOW.timestamp(), calendar, live().half_life, usual or None))
        model = found.ranking.moment.model
        expected = rank(whole.situations, NOW.timestamp(), calendar, k, seed=sanne, model=model)
        assert found.ranking.shown == expected.shown
        assert found.ranking.lags == expected.lags
        assert found.waiting() == sum(
            demand.is_due(expected.situations[one], expected.moment) for one in expected.eligible
        )
        assert len(found.facts.situations) < SIZE or k > 10


def test_of_a_long_pool_only_those_are_asked_about_who_could_be_shown(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(pool, 7, 200)
    portions, some = list[int](), pool_facts.some

    def counted(ids: Sequence[int], asked: Asked) -> PoolFacts:
        portions.append(len(ids))
        return some(ids, asked)

    monkeypatch.setattr(pool_facts, "some", counted)
    found = ranked_pool.of_owner(pool.people.sanne.id, pool.people.sanne.id, NOW, 10)
    assert len(found.facts.situations) == sum(portions) < 70
    assert len(portions) <= 2


def test_what_a_week_asks_is_what_is_due_at_its_end(pool: Pool) -> None:
    fill(pool, 3)
    sanne = pool.people.sanne
    until = datetime.fromisoformat("2026-03-09T00:00:00+01:00")
    ids = db.session.scalars(select(ContactState.candidate_id).where(ContactState.owner_id == sanne.id)).all()
    at = Asked(sanne.id, until.timestamp(), calendar_at(NOW), live().half_life)
    whole = [one._replace(channel_opens_at=None) for one in pool_facts.some(ids, at).situations]
    expected = rank(whole, until.timestamp(), calendar_at(NOW), 0)
    due = [one for one in expected.eligible if demand.is_due(expected.situations[one], expected.moment)]
    assert capacity.of(sanne, NOW, 45).asks == len(due)
