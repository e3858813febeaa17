"""`flask board`: the leaderboard of everybody as it was at a moment, for whoever runs the installation."""

import json
from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.game import appearance
from app.domain.game.excerpt import Line
from app.domain.game.history import board_at
from app.domain.game.running_total import PERIODS
from app.domain.program.program import the_program, works_council_ok


def register(app: Flask) -> None:
    app.cli.add_command(board)


@click.command("board")
@click.option("--period", type=click.Choice(sorted(PERIODS)), default="week", show_default=True)
@click.option("--at", "moment", default="", metavar="ISO", help="The moment; without a zone it is UTC. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def board(*, period: str, moment: str, as_json: bool) -> None:
    """Who stands where in the week or month of a moment, counting what had occurred by then."""
    agency, program = the_agency(), the_program()
    if agency is None or program is None:
        raise click.ClickException("there is no program yet: open the first page, or import a log")
    at = _moment(moment)
    lines = _shown(board_at(program.id, period, at, agency.zone))
    if not works_council_ok(program.id):
        click.echo("The works council's consent is not recorded: no page shows this board.", err=True)
    if as_json:
        start = PERIODS[period](clock.local_day(at, agency.zone)).start
        head = {"program": program.name, "period": period, "start": start.isoformat(), "at": at.isoformat()}
        click.echo(json.dumps(head | {"rows": [_row(line) for line in lines]}, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(_line(line))
    click.echo(f"{program.name}: {len(lines)} people in the {period} of {at:%Y-%m-%d %H:%M} UTC")


def _shown(lines: list[Line]) -> list[Line]:
    """Whoever chose to be on no board keeps their row and has no name here either."""
    hidden = appearance.hidden()
    return [line._replace(name="-") if line.placed.person_id in hidden else line for line in lines]


def _moment(moment: str) -> datetime:
    try:
        return clock.parse(moment) if moment else clock.now()
    except ValueError as error:
        raise click.BadParameter(f"{moment} is no ISO 8601 moment", param_hint="--at") from error


def _row(line: Line) -> dict[str, object]:
    placed = line.placed
    return {
        "place": placed.place,
        "shared": placed.shared,
        "name": line.name,
        "points": placed.points,
        "actions": line.actions,
        "helped": placed.helped,
    }


def _line(line: Line) -> str:
    placed = line.placed
    place = f"{placed.place}{'=' if placed.shared else ''}" if placed.place else "-"
    return f"{place:>5} {placed.points:>7} {line.actions:>5} {placed.helped:>5}  {line.name}"
