"""`flask import-log`: takes in what another system logged, recruiters' actions and candidates' touchpoints."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.cli.steps import fail, read, refusals, steps
from app.config import ROOT, Settings
from app.db import db, write
from app.domain.actions import importing, log_file, log_map
from app.domain.actions.contact import UnknownKind
from app.domain.actions.log_file import ACTION_COLUMNS, TOUCHPOINT_COLUMNS, LogFile
from app.domain.actions.log_map import LogMap

DEFAULT_MAP = ROOT / "docs" / "examples" / "followup_desk.json"


class Report(NamedTuple):
    """What the command did; `refused` are the rows left out, as file, line and reason."""

    people: int
    candidates: int
    actions: int
    actions_known: int
    touchpoints: int
    touchpoints_known: int
    unknown_action_kinds: list[str]
    unknown_touchpoint_kinds: list[str]
    refused: list[tuple[str, int, str]]


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(import_log)


@click.command("import-log")
@click.argument("actions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("touchpoints", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "map_path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=DEFAULT_MAP)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, without a progress bar.")
@with_appcontext
def import_log(actions: Path, touchpoints: Path, map_path: Path, *, as_json: bool) -> None:
    """Import ACTIONS and TOUCHPOINTS, CSV files, plain or gzipped (docs/import-log.md); a second run adds nothing."""
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    meanings = read(map_path, lambda content: log_map.read(content.decode()))
    did = read(actions, lambda content: log_file.read(content, ACTION_COLUMNS, now, settings.import_rows))
    saw = read(touchpoints, lambda content: log_file.read(content, TOUCHPOINT_COLUMNS, now, settings.import_rows))
    refused = _refused(actions, did, touchpoints, saw)
    if not did.rows and not saw.rows:
        fail("\n".join([*refusals(_named(refused)), "nothing could be read"]))
    try:
        report = _take_in(meanings, did, saw, quiet=as_json)._replace(refused=refused)
    except UnknownKind as error:
        fail(f"the program does not log {error} any more: map it to another kind; steps that were done stay done")
    click.echo(json.dumps(report._asdict()) if as_json else _told(report))


def _take_in(meanings: LogMap, did: LogFile, saw: LogFile, *, quiet: bool) -> Report:
    """Each step commits at most five hundred rows, so that others can write in between."""
    newcomers = importing.newcomers(did.rows, saw.rows)
    write()
    log = importing.begin(meanings, newcomers[0].since, clock.now())
    people = importing.name_people(log, did.rows)
    unknown = importing.name_kinds(log, did.rows)
    db.session.commit()
    made = steps("candidates", newcomers, lambda part: importing.name_candidates(log, part), quiet=quiet)
    actions = steps("actions", did.rows, lambda part: importing.record_actions(log, part), quiet=quiet)
    touchpoints = steps("touchpoints", saw.rows, lambda part: importing.record_touchpoints(log, part), quiet=quiet)
    return Report(
        people=people,
        candidates=made,
        actions=actions,
        actions_known=len(did.rows) - actions,
        touchpoints=touchpoints,
        touchpoints_known=len(saw.rows) - touchpoints,
        unknown_action_kinds=unknown,
        unknown_touchpoint_kinds=importing.unknown_touchpoints(log, saw.rows),
        refused=[],
    )


def _refused(actions: Path, did: LogFile, touchpoints: Path, saw: LogFile) -> list[tuple[str, int, str]]:
    return [
        (path.name, refused.line, refused.reason)
        for path, found in ((actions, did), (touchpoints, saw))
        for refused in found.refused
    ]


def _named(refused: Sequence[tuple[str, int, str]]) -> list[tuple[str, str]]:
    return [(f"{name}, line {line}", why) for name, line, why in refused]


def _told(report: Report) -> str:
    lines = [
        f"{report.people} people and {report.candidates} candidates made",
        f"{report.actions} actions recorded ({report.actions_known} were known)",
        f"{report.touchpoints} touchpoints recorded ({report.touchpoints_known} were known)",
    ]
    for what, kinds in (("action", report.unknown_action_kinds), ("touchpoint", report.unknown_touchpoint_kinds)):
        if kinds:
            lines.append(f"unknown {what} kinds, kept without points: {', '.join(kinds)}")
    return "\n".join([*lines, *refusals(_named(report.refused))])
