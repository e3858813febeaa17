"""`flask raffle-verify ID`: draw again what a competition's raffle drew."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app.db import db
from app.domain.game.competing import checking
from app.domain.game.competing.competition import Competition


@click.command("raffle-verify")
@click.argument("competition_id", type=int)
@with_appcontext
def raffle_verify(competition_id: int) -> None:
    """Draw again what the raffle of a competition drew; exits 1 when anything differs."""
    competition = db.session.get(Competition, competition_id)
    checked = checking.check(competition) if competition else None
    if checked is None:
        raise click.ClickException(f"nothing was drawn in competition {competition_id}")
    shown = "as shown before the draw" if checked.secret_holds else "ANOTHER ONE"
    click.echo(f"secret {checked.secret.hex()}: {shown}")
    click.echo(f"list {checked.list_hash}: {'unchanged' if checked.list_holds else 'CHANGED'}")
    for number, (kept, again) in enumerate(zip(checked.drawn, checked.again, strict=False), 1):
        same = "the same" if kept == again else f"NOW ticket {again.ticket}, person {again.person_id}"
        click.echo(f"draw {number}: ticket {kept.ticket}, person {kept.person_id}: {same}")
    if not checked.holds:
        raise click.ClickException("this is not what was drawn")


def register(app: Flask) -> None:
    app.cli.add_command(raffle_verify)
