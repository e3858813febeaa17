"""`flask bullhorn-moved` and `flask bullhorn-knock`: what whoever looks after the server has to say about Bullhorn."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account, corporation


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(moved)
    app.cli.add_command(knock)


@click.command("bullhorn-moved")
@click.confirmation_option(prompt="Is it the same company there, with the same candidates under the same numbers?")
@with_appcontext
def moved() -> None:
    """Take in what Bullhorn tells under another company's name, because it is the same company."""
    write()
    corporation.forget()
    db.session.commit()
    click.echo("whoever answers next is taken for the company whose numbers are here")


@click.command("bullhorn-knock")
@with_appcontext
def knock() -> None:
    """Try the password that Bullhorn refused once more, without waiting until it is due."""
    settings: Settings = current_app.config["SETTINGS"]
    write()
    row = account.hold(settings.bullhorn_username)
    waits = row is not None and account.knock_now(row, settings.key, clock.now())
    db.session.commit()
    if not waits:
        raise click.ClickException("no password waits to be tried again")
    click.echo("it is tried again within a minute, or at once by: flask jobs run bullhorn")
