"""How it grows is told by what was measured: the table of operations.md is that of the newest results."""

from dataclasses import replace

import pytest

from tests.bench import growth, growth_page, report
from tests.bench.figure import Figure
from tests.bench.growth import P99, WORKERS
from tests.bench.growth_page import verdict
from tests.bench.timeline import ENGINES

KINDS = [(engine, workers) for engine in ENGINES for workers in WORKERS]


def measured(value: float) -> Figure:
    return Figure("sqlite, 1 process, p99", "ms", value, target=20.0)


def test_the_page_tells_the_newest_results() -> None:
    page, whole, own = growth_page.PAGE.read_text(encoding="utf-8"), report.newest(), report.newest(growth.RESULTS)
    assert whole
    assert own
    assert growth_page.put(page, whole, own) == page


def test_another_result_makes_another_table() -> None:
    whole, own = report.newest(), report.newest(growth.RESULTS)
    assert whole
    assert own
    before = growth_page.table(whole, own)
    for each in (*whole["entries"], *own["entries"]):
        for figure in each["figures"]:
            figure["value"] = 3 * figure["value"] + 1
    after = growth_page.table(whole, own)
    assert len(before.splitlines()) == len(after.splitlines())
    assert not set(before.splitlines()[4:]) & set(after.splitlines()[4:])


def test_what_was_not_measured_is_not_told() -> None:
    whole = report.newest()
    assert whole
    whole["entries"] = [each for each in whole["entries"] if each["id"] != "B11"]
    with pytest.raises(KeyError):
        growth_page.values(whole)


def test_a_wait_is_held_to_what_people_are_promised() -> None:
    held = growth.asked(measured(200), 30)
    assert (held.name, held.target, held.met) == ("30 a second, sqlite, 1 process, p99", P99, True)
    longest = growth.asked(replace(measured(9_000), name="sqlite, 1 process, longest"), 60)
    assert longest.met
    errors = growth.asked(Figure("sqlite, 1 process, errors", "", 1, target=0), 60)
    assert not errors.met


@pytest.mark.parametrize(
    ("waits", "told"),
    [
        ((10, 20, 30, 40), "nothing: it holds, each within 250 ms"),
        ((251, 20, 300, 40), "holds within 250 ms: SQLite with 2, PostgreSQL with 2"),
        ((251, 251, 251, 251), "**too much** for two cores: none within 250 ms"),
    ],
)
def test_it_is_told_where_it_holds(waits: tuple[float, ...], told: str) -> None:
    found = {kind: growth.asked(measured(wait), 30) for kind, wait in zip(KINDS, waits, strict=True)}
    assert verdict(found) == told
