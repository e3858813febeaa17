"""`flask retention`: a night of the retention clock, or a rehearsal; `flask erasures`: after a restored backup."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.domain.custody import erasure_log
from app.mail import candidate_sender
from app.web.custody import rehearse_night, replay_erasures, run_night

DID = {
    "moved": "have another end than before",
    "near": "end within 60 days",
    "mailed": "were mailed that their end is near",
    "anonymised": "were anonymised",
}
WOULD = DID | {
    "moved": "would have another end than before",
    "mailed": "would be told that their end is near",
    "anonymised": "would be anonymised",
}


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(retention)
    app.cli.add_command(erasures)


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Say what the night would do, and change nothing.")
@with_appcontext
def retention(*, dry_run: bool) -> None:
    """Set everybody's end anew, warn whose end is near, and anonymise whose end has come."""
    now = clock.now()
    counts = rehearse_night(now) if dry_run else run_night(now, candidate_sender())
    for name, said in (WOULD if dry_run else DID).items():
        click.echo(f"{counts[name]:7} {said}")
        for part in sorted(each for each in counts if each.startswith(f"{name}:")):
            click.echo(f"{counts[part]:7}   {part.partition(':')[2]}")


@click.command("erasures")
@click.option("--replay", is_flag=True, help="Forget anew whom a restored backup brought back.")
@click.option("--log", "path", type=click.Path(path_type=Path), help="The log; else the one in the instance folder.")
@with_appcontext
def erasures(*, replay: bool, path: Path | None) -> None:
    """Say how many erasures the log holds, or repeat them after a backup was restored."""
    path = path or current_app.config["SETTINGS"].instance / erasure_log.NAME
    lines = list(erasure_log.lines(path))
    click.echo(f"{len(lines)} erasures in {path}")
    if replay:
        try:
            again = replay_erasures(lines, clock.now())
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{len(again)} candidates forgotten again")
