"""The overview: all figures of one moment together, and what it keeps to itself without consent."""

from app.domain.oversight.overview import Overview, overview
from app.domain.oversight.verdict import Use, Waiting
from app.domain.program.program import withdraw_consent
from tests import make
from tests.domain.oversight.scene import NOW, ZONE, scene


def test_with_consent(session: None) -> None:
    found = overview(scene().program, NOW, ZONE)
    assert (found.named, found.told) == (True, True)
    assert (found.candidates, len(found.quiet), len(found.weeks.rows)) == (60, 10, 12)
    assert found.unowned == sum(stage.unowned for stage in found.stages) > 0
    assert (found.verdict.active, found.verdict.late) == (found.adoption.so_far.active, found.coverage.late)


def test_without_consent_nobody_is_named(session: None) -> None:
    found = overview(scene(consent=False).program, NOW, ZONE)
    assert (found.named, found.told) == (False, True)
    assert {row.owner for row in found.quiet} == {None}


def test_consent_that_was_withdrawn_is_none(session: None) -> None:
    program = scene().program
    withdraw_consent(program.id, NOW)
    assert not overview(program, NOW, ZONE).named


def small(people: int, *, consent: bool) -> Overview:
    make.agency()
    program = make.program(consent=consent)
    for number in range(people):
        make.person(f"Persoon{number} Bos")
    return overview(program, NOW, ZONE)


def test_fewer_than_five_are_people_and_not_a_figure(session: None) -> None:
    found = small(4, consent=False)
    assert (found.told, found.verdict.use) == (False, Use.WITHHELD)


def test_five_are_a_figure(session: None) -> None:
    assert small(5, consent=False).told


def test_with_consent_four_are_counted(session: None) -> None:
    assert small(4, consent=True).told


def test_before_setup(session: None) -> None:
    found = overview(None, NOW, ZONE)
    assert (found.verdict.use, found.verdict.waiting) == (Use.NO_RECRUITERS, Waiting.NO_CANDIDATES)
    assert (found.candidates, found.coverage, found.quiet) == (0, (0, 0), [])
