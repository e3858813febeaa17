"""Coverage and the stages against looking at every candidate one by one."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates.candidate import Stage
from app.domain.oversight.coverage import Coverage, coverage_at, coverage_of, stages
from app.domain.oversight.quiet import gone_quiet
from app.domain.program import cadence
from tests import make
from tests.domain.oversight.scene import NOW, Scene, scene


@pytest.fixture
def made(session: None) -> Scene:
    return scene()


def by_hand(made: Scene, at: datetime) -> Coverage:
    found = Counter(made.standing(candidate, at) for candidate in made.candidates)
    return Coverage(found["on_time"], found["late"])


def test_now(made: Scene) -> None:
    found = coverage_of(stages(NOW))
    assert found == by_hand(made, NOW + timedelta(hours=1))
    assert min(found) > 3


@pytest.mark.parametrize("days", [0, 1, 7, 30])
def test_earlier(made: Scene, days: int) -> None:
    then = NOW - timedelta(days=days)
    assert coverage_at(then) == by_hand(made, then)


def test_every_stage(made: Scene) -> None:
    for row in stages(NOW):
        mine = [candidate for candidate in made.candidates if candidate.stage == row.stage]
        assert (row.candidates, row.unowned) == (len(mine), sum(one.owner_id is None for one in mine))
        assert row.on_time + row.late + row.unowned <= row.candidates


def test_without_candidates_every_stage_is_there(session: None) -> None:
    assert [(row.stage, sum(row[1:])) for row in stages(NOW)] == [(stage, 0) for stage in Stage]
    assert coverage_at(NOW) == Coverage(0, 0)


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
    assert coverage_of(stages(NOW)) == Coverage(0, late)


def test_the_rhythm_of_the_program_says_who_is_late(session: None) -> None:
    make.agency()
    owner, program = make.person("Sanne de Vries"), make.program()
    make.candidate(owner=owner, stage=Stage.ATTRACT, at=NOW - timedelta(days=8))
    cadence.set_rule(program.id, Stage.ATTRACT, 10, owner.id, NOW)
    assert (coverage_of(stages(NOW)), coverage_at(NOW), gone_quiet(NOW, named=False)) == (Coverage(0, 0),) * 2 + ([],)
    cadence.set_rule(program.id, Stage.ATTRACT, 8, owner.id, NOW)
    later = NOW + timedelta(hours=1)
    assert (coverage_of(stages(later)).late, coverage_at(later).late, len(gone_quiet(later, named=False))) == (1, 1, 1)


def test_who_was_merged_or_forgotten_is_not_counted(made: Scene) -> None:
    before = coverage_of(stages(NOW))
    kept, merged, forgotten = (make.candidate(owner=made.people[0]) for _ in range(3))
    found = coverage_of(stages(NOW))
    merged.merged_into_id, forgotten.anonymised_at = kept.id, NOW
    db.session.flush()
    assert (found.late, coverage_of(stages(NOW)).late) == (before.late + 3, before.late + 1)
    assert coverage_at(NOW).late == coverage_of(stages(NOW)).late
    quiet = {row.candidate_id for row in gone_quiet(NOW, 1000, named=False)}
    assert quiet & {kept.id, merged.id, forgotten.id} == {kept.id}
