"""`flask bullhorn-moved`: Bullhorn gave our company another name of its own, and its numbers mean whom they meant."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app.db import db, write
from app.domain.actions.bullhorn import corporation


def register(app: Flask) -> None:
    app.cli.add_command(moved)


@click.command("bullhorn-moved")
@click.confirmation_option(prompt="Is it the same company there, with the same candidates under the same numbers?")
@with_appcontext
def moved() -> None:
    """Take in what Bullhorn tells under another company's name, because it is the same company."""
    write()
    corporation.forget()
    db.session.commit()
    click.echo("whoever answers next is taken for the company whose numbers are here")
