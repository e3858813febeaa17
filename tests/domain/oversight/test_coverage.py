"""Who is contacted in time and who waits too long, against looking at every candidate one by one."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates.candidate import Stage
from app.domain.oversight.coverage import Coverage
from app.domain.oversight.day_pool import Pool, pool_at, pool_now
from app.domain.oversight.quiet import gone_quiet
from app.domain.program import cadence
from tests import make
from tests.domain.oversight.scene import NOW, Scene, scene


@pytest.fixture
def made(session: None) -> Scene:
    return scene()


def covered(pool: Pool) -> Coverage:
    numbers = Counter[str]()
    for part, number in pool.items():
        numbers[part.measure.partition(":")[0]] += number
    return Coverage(numbers["on_time"], numbers["late"])


def by_hand(made: Scene, at: datetime) -> Coverage:
    found = Counter(made.standing(candidate, at) for candidate in made.candidates if candidate.registered_at <= at)
    return Coverage(found["on_time"], found["late"])


def test_now(made: Scene) -> None:
    found = covered(pool_now(NOW))
    assert found == by_hand(made, NOW + timedelta(hours=1))
    assert min(found) > 3


@pytest.mark.parametrize("days", [0, 1, 7, 30])
def test_earlier(made: Scene, days: int) -> None:
    then = NOW - timedelta(days=days)
    assert covered(pool_at(then)) == by_hand(made, then)


def test_without_candidates_nobody_waits(session: None) -> None:
    assert covered(pool_now(NOW)) == covered(pool_at(NOW)) == Coverage(0, 0)


@pytest.mark.parametrize(
    ("figures", "percent"), [((0, 0), None), ((0, 4), 0), ((4, 0), 100), ((199, 1), 99), ((1, 2), 33)]
)
def test_percent_is_rounded_down(figures: tuple[int, int], percent: int | None) -> None:
    assert Coverage(*figures).percent == percent


@pytest.mark.parametrize(("hours", "late"), [(-1, 0), (0, 0), (1, 1)])
def test_the_clock_starts_at_registration(session: None, hours: int, late: int) -> None:
    make.agency()
    owner = make.person("Sanne de Vries")
    make.candidate(owner=owner, stage=Stage.ATTRACT, at=NOW - timedelta(days=7, hours=hours))
    assert covered(pool_now(NOW)) == Coverage(0, late)


def test_the_rhythm_of_the_program_says_who_is_late(session: None) -> None:
    make.agency()
    owner, program = make.person("Sanne de Vries"), make.program()
    make.candidate(owner=owner, stage=Stage.ATTRACT, at=NOW - timedelta(days=8))
    cadence.set_rule(program.id, Stage.ATTRACT, 10, owner.id, NOW)
    assert (covered(pool_now(NOW)).late, covered(pool_at(NOW)).late, gone_quiet(NOW, named=False)) == (0, 0, [])
    cadence.set_rule(program.id, Stage.ATTRACT, 8, owner.id, NOW)
    later = NOW + timedelta(hours=1)
    assert (covered(pool_now(later)).late, covered(pool_at(later)).late) == (1, 1)
    assert len(gone_quiet(later, named=False)) == 1


def test_who_was_merged_or_forgotten_is_not_counted(made: Scene) -> None:
    before = covered(pool_now(NOW))
    kept, merged, forgotten = (make.candidate(owner=made.people[0]) for _ in range(3))
    found = covered(pool_now(NOW))
    merged.merged_into_id, forgotten.anonymised_at = kept.id, NOW
    db.session.flush()
    after = covered(pool_now(NOW))
    assert (found.late, after.late) == (before.late + 3, before.late + 1)
    assert covered(pool_at(NOW)).late == after.late
    quiet = {row.candidate_id for row in gone_quiet(NOW, 1000, named=False)}
    assert quiet & {kept.id, merged.id, forgotten.id} == {kept.id}
