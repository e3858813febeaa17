"""`flask duplicates`: looks through the pool for candidates who may be one person."""

import json
from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.web import duplicates as night


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(duplicates)


@click.command("duplicates")
@click.option("--since", metavar="ISO", help="Only pairs with somebody who was new or changed since; else everybody.")
@click.option("--dry-run", is_flag=True, help="Say what is found, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def duplicates(since: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Find pairs for the page of possible duplicates; what was decided before never comes back."""
    after = _moment(since)
    looked = night.Looked(len(night.find(after)), 0) if dry_run else night.look(clock.now(), after)
    if as_json:
        click.echo(json.dumps(looked._asdict() | {"dry_run": dry_run}))
    else:
        click.echo(f"{looked.found} pairs may be one person; {looked.new} of them are new")


def _moment(text: str | None) -> datetime | None:
    try:
        return clock.parse(text) if text else None
    except ValueError as error:
        raise click.BadParameter(f"{text} is no ISO 8601 moment", param_hint="--since") from error
