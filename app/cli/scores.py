"""`flask score-events`: scores a file of events through the product's own rules, as they were at given moments."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, cast
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.config import Settings
from app.domain.scoring import replay
from app.domain.scoring.replay import Event

COLUMNS = ("entity", "ts", "kind")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def register(app: Flask) -> None:
    app.cli.add_command(score_events)


@click.command("score-events")
@click.argument("events", type=FILE)
@click.argument("cutoffs", type=FILE)
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--kinds", type=FILE, help="JSON object: points per kind; other kinds then give what the preset says.")
@click.option("--half-life", type=float, help="Days in which a score halves; the preset says 21.")
@with_appcontext
def score_events(events: Path, cutoffs: Path, out: Path, kinds: Path | None, half_life: float | None) -> None:
    """Score EVENTS (CSV with entity, ts, kind; .gz too) at each of the CUTOFFS (JSON with cuts) into OUT (CSV).

    Each cut sees only events up to itself. Without --kinds every kind that the preset does not know gives 10 points.
    """
    settings: Settings = current_app.config["SETTINGS"]
    try:
        rules = replay.ruleset(_points(kinds) if kinds else None, half_life)
        cuts = _cuts(cutoffs)
        found = list(_events(events))
    except (ValueError, OSError, EOFError) as error:
        raise click.ClickException(str(error)) from error
    rows = 0
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["cut", "entity", "score"])
        scored = replay.scores(found, cuts.values(), rules, ZoneInfo(settings.timezone))
        names = {moment: text for text, moment in cuts.items()}
        for rows, (cut, entity, value) in enumerate(scored, 1):  # noqa: B007 - the last number is how many there were
            writer.writerow([names[cut], entity, repr(value)])
    click.echo(
        f"{len(found)} events, {len(cuts)} cuts, half-life {rules.half_life_days:g} days: {rows} scores in {out}"
    )


def _events(path: Path) -> Iterator[Event]:
    with _opened(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path}: no column {', '.join(missing)}")
        for row in reader:
            try:
                yield Event(row["entity"], row["kind"], clock.parse(row["ts"] or ""))
            except (ValueError, OverflowError) as error:
                raise ValueError(f"{path}, line {reader.line_num}: {error}") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", newline="", encoding="utf-8"))
    return path.open(newline="", encoding="utf-8")


def _cuts(path: Path) -> dict[str, datetime]:
    found = _object(path).get("cuts")
    if not isinstance(found, list) or not found or not all(isinstance(cut, str) for cut in found):
        raise ValueError(f'{path}: no list of moments in "cuts"')
    return {cut: clock.parse(cut) for cut in found}


def _points(path: Path) -> dict[str, float]:
    found = _object(path)
    wrong = [kind for kind, points in found.items() if isinstance(points, bool) or not isinstance(points, int | float)]
    if wrong:
        raise ValueError(f"{path}: the points of {', '.join(wrong)} are no number")
    return {kind: float(points) for kind, points in found.items()}


def _object(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{path}: no JSON object")  # noqa: TRY004 - one kind of fault for all that is wrong in a file
    return found
