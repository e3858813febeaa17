"""`flask badges`: who has which badge; with --rebuild the whole ledger is looked through, and nobody is told."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import active
from app.domain.game.recognition import awarding, deeds
from app.domain.program.program import the_program


def register(app: Flask) -> None:
    app.cli.add_command(badges)


@click.command("badges")
@click.option("--rebuild", is_flag=True, help="Give what was ever earned, from the whole ledger, without telling it.")
@with_appcontext
def badges(*, rebuild: bool) -> None:
    """Say which badges everybody has."""
    program = the_program()
    if program is None:
        raise click.ClickException("there is no program yet")
    if rebuild:
        click.echo(f"{_rebuild(program.id)} badges given")
    people = active()
    had = awarding.given_to([person.id for person in people])
    for person in people:
        if person.id in had:
            click.echo(f"{person.name}: {', '.join(sorted(had[person.id]))}")


def _rebuild(program_id: int) -> int:
    """One person at a time, so that nobody who logs has to wait."""
    given, now, zone = 0, clock.now(), the_zone()
    for person_id in deeds.everybody(program_id):
        write()
        given += awarding.give(program_id, [person_id], now, zone, silent=True)
        db.session.commit()
    return given
