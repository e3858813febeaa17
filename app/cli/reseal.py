"""`flask reseal`: what is kept sealed goes under the key of now, after the key was changed."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.db import db, write
from app.domain.agency import authenticator
from app.domain.notices import webhook_secret

KEPT = (authenticator.reseal, webhook_secret.reseal)


def register(app: Flask) -> None:
    app.cli.add_command(reseal)


@click.command("reseal")
@with_appcontext
def reseal() -> None:
    """Seal the secrets of apps and webhooks anew, from FANFARE_SECRET_KEY_BEFORE to FANFARE_SECRET_KEY."""
    settings: Settings = current_app.config["SETTINGS"]
    write()
    counts = [reseal_all(settings.secret_key_before or settings.key, settings.key) for reseal_all in KEPT]
    done, unread = map(sum, zip(*counts, strict=True))
    db.session.commit()
    click.echo(f"sealed under the key of now: {done}")
    if unread:
        raise click.ClickException(
            f"{unread} could be read with neither key: whoever's they are sets the app up anew, after an administrator"
            " took the old one away, and a webhook is given a new secret on its page"
        )
