"""`flask score-events`: each cut sees only what came before, and a broken file is told by its name and line."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli.scores import score_events
from tests.conftest import make_app

EVENTS = (
    "entity,ts,kind,actor\na,2026-03-01T10:00:00Z,form,1\na,2026-03-20T10:00:00Z,Brochure,\nb,2026-03-20T10:00:00Z,x,\n"
)
CUTS = {"cuts": ["2026-03-02T10:00:00Z", "2026-03-23T10:00:00Z"]}


@pytest.fixture(scope="module")
def any_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("scores"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "events.csv").write_text(EVENTS)
    (tmp_path / "cutoffs.json").write_text(json.dumps(CUTS))
    return tmp_path


def run(app: Flask, folder: Path, *options: str, events: str = "events.csv") -> Result:
    paths = [str(folder / name) for name in (events, "cutoffs.json", "out.csv")]
    return app.test_cli_runner().invoke(score_events, [*paths, *options])


def scores(folder: Path) -> dict[tuple[str, str], float]:
    rows = [line.split(",") for line in (folder / "out.csv").read_text().splitlines()[1:]]
    return {(cut, entity): float(score) for cut, entity, score in rows}


def test_each_cut_sees_only_what_came_before(any_app: Flask, folder: Path) -> None:
    result = run(any_app, folder, "--half-life", "21")
    assert result.exit_code == 0
    assert "3 events, 2 cuts, half-life 21 days: 3 scores" in result.output
    first, second = CUTS["cuts"]
    assert set(scores(folder)) == {(first, "a"), (second, "a"), (second, "b")}
    assert scores(folder)[first, "a"] == pytest.approx(30 * 2 ** (-1 / 21))
    assert scores(folder)[second, "b"] == pytest.approx(10 * 2 ** (-3 / 21))


def test_with_points_other_kinds_give_nothing(any_app: Flask, folder: Path) -> None:
    (folder / "kinds.json").write_text('{"Brochure": 4}')
    run(any_app, folder, "--kinds", str(folder / "kinds.json"))
    second = CUTS["cuts"][1]
    assert scores(folder)[second, "b"] == 0
    assert scores(folder)[second, "a"] == pytest.approx(4 * 2 ** (-3 / 21) + 30 * 2 ** (-22 / 21))


def test_zipped_is_the_same(any_app: Flask, folder: Path) -> None:
    (folder / "events.csv.gz").write_bytes(gzip.compress(EVENTS.encode()))
    assert run(any_app, folder, events="events.csv.gz").exit_code == 0
    assert len(scores(folder)) == 3


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("events.csv", "entity,kind\na,form\n", "no column ts"),
        ("events.csv", "entity,ts,kind\na,yesterday,form\n", "line 2"),
        ("cutoffs.json", '{"cuts": []}', "no list of moments"),
        ("cutoffs.json", "[]", "no JSON object"),
        ("cutoffs.json", "{", "cutoffs.json"),
        ("kinds.json", '{"form": "many"}', "the points of form are no number"),
        ("kinds.json", '{"form": -1}', "zero or more"),
    ],
)
def test_a_broken_file_is_told(any_app: Flask, folder: Path, name: str, content: str, told: str) -> None:
    (folder / "kinds.json").write_text("{}")
    (folder / name).write_text(content)
    result = run(any_app, folder, "--kinds", str(folder / "kinds.json"))
    assert result.exit_code == 1
    assert told in result.output
    assert not (folder / "out.csv").exists()


def test_a_half_life_is_above_zero(any_app: Flask, folder: Path) -> None:
    assert run(any_app, folder, "--half-life", "0").exit_code == 1


def weekly(folder: Path) -> None:
    """Most of those who read or fill in a form are hired five days later."""
    rows = ["entity,ts,kind"]
    for number in range(420):
        day, kind = 1 + number % 24, "form" if number % 3 else "site_visit"
        rows.append(f"p{number},2026-03-{day:02}T08:00:00Z,{kind}")
        if number % 5:
            rows.append(f"p{number},2026-03-{day + 5:02}T08:00:00Z,hired")
    (folder / "events.csv").write_text("\n".join(rows) + "\n")
    cuts = ["2026-03-03T00:00:00Z", "2026-03-29T00:00:00Z"]
    (folder / "cutoffs.json").write_text(json.dumps({"cuts": cuts, "acts": ["hired"]}))


def test_a_half_life_is_found_in_what_was_known_before_each_cut(any_app: Flask, folder: Path) -> None:
    weekly(folder)
    said = run(any_app, folder, "--tune").output.splitlines()
    assert said[0] == "2026-03-03T00:00:00Z: half-life 21 days, not enough data: needs 200 outcomes, 40 of each kind"
    assert "past moments with" in said[1]
    assert said[2].startswith("Tried for the last cut: 1 d AUC")


def test_what_is_foretold_has_to_be_said(any_app: Flask, folder: Path) -> None:
    result = run(any_app, folder, "--tune")
    assert result.exit_code == 1
    assert "acts" in result.output
