"""`flask demo`: builds the demo agency and prints whom to sign in as; `flask hello`: where Fanfare answers."""

import click
from flask import Flask, current_app

from app import clock
from app.config import Settings
from app.demo import walls
from app.demo.build import PASSWORD, build
from app.domain.agency.agency import the_agency


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(demo)
    app.cli.add_command(hello)


@click.command("demo")
def demo() -> None:
    """Build the demo agency, unless it is there; the database must be its own."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException("the demo agency needs a database of its own: use `make demo`")
    if the_agency() is None:
        made = build(clock.now(), settings.timezone)
        click.echo(
            f"{made.people} people, {made.candidates} candidates, {made.touchpoints} touchpoints "
            f"and {made.actions} actions made"
        )
    click.echo(f"Fanfare's demo agency Vaste Band answers at http://{settings.host}:{settings.port}")
    for who, name in (("recruiter", "sanne"), ("team lead", "lead1"), ("sponsor", "ines"), ("administrator", "ada")):
        click.echo(f"  {who:14} {name}@vasteband.example  {PASSWORD}")
    click.echo(f"  {'screen':14} http://{settings.host}:{settings.port}/tv/{walls.KEY}")


@click.command("hello")
def hello() -> None:
    """Say where Fanfare answers, and what to do first."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(f"Fanfare answers at http://{settings.host}:{settings.port}  (Ctrl-C stops it)")
    if the_agency() is None:
        click.echo("The first visit leads through setup, in six steps.")
