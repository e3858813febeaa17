"""`flask rank-pool`: rank pools that somebody tells on standard input, by the real rules and without the database."""

import json
import sys
from zoneinfo import ZoneInfo

import click
from flask import Flask

from app.domain.scoring import told_pool


def register(app: Flask) -> None:
    app.cli.add_command(rank_pool)


@click.command("rank-pool")
@click.option("--zone", default="Europe/Amsterdam", show_default=True, help="Where the days begin.")
def rank_pool(zone: str) -> None:
    """For every line of JSON that tells a pool, one line with whom to contact, the first one first."""
    calendar = told_pool.calendar_of(ZoneInfo(zone))
    for line in sys.stdin:
        click.echo(json.dumps({"order": told_pool.order(json.loads(line), calendar)}))
