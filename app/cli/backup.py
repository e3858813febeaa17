"""`flask backup`: all of the installation in one file, made while it is in use, and looked through."""

from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock, schema
from app.backup import taking
from app.backup.container import Damaged, Manifest
from app.config import Settings
from app.db import Base, db
from app.domain.custody import erasure_log

DIGIT = "[0-9]"
NAMED = f"fanfare-{DIGIT * 8}T{DIGIT * 6}Z.zip"
"""Those that were named by their moment; one to which somebody gave a name is theirs to remove."""
MANY = 10_000


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(backup)


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="In a folder: remove the oldest beyond so many.")
@click.option("--verify", "verifies", is_flag=True, help="Make none; read this one and say whether it is whole.")
@with_appcontext
def backup(path: Path, keep: int | None, *, verifies: bool) -> None:
    """Write every row of this moment to PATH, a new file, or a folder in which it is named by its moment."""
    if verifies:
        _say(path, look_through(path))
        return
    now = clock.now()
    if keep and not path.is_dir():
        raise click.UsageError("--keep needs a folder to keep them in")
    file = path / f"fanfare-{now:%Y%m%dT%H%M%SZ}.zip" if path.is_dir() else path
    take(file, now)
    _say(file, look_through(file))
    for old in sorted(path.glob(NAMED))[:-keep] if keep else ():
        old.unlink()
        click.echo(f"removed {old}")


def take(path: Path, now: datetime) -> Manifest:
    """Make a backup under a new name."""
    settings: Settings = current_app.config["SETTINGS"]
    if path.exists():
        raise click.ClickException(f"{path} exists already: choose another name, or name a folder")
    erasures = erasure_log.lines(settings.instance / erasure_log.NAME)
    try:
        return taking.take(
            db.engine,
            Base.metadata,
            path,
            head=schema.head(),
            key=settings.key,
            erasures=erasures,
            now=now,
            tell=progress,
        )
    except taking.Behind as error:
        raise click.ClickException(
            f"{error}: back up with the version that it belongs to, or flask db upgrade"
        ) from error
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}. Nothing of it was kept") from error


def look_through(path: Path) -> Manifest:
    """Read a backup to its end."""
    try:
        return taking.verify(path, _silent)
    except Damaged as error:
        raise click.ClickException(f"{error}. Use another backup") from error
    except OSError as error:
        raise click.ClickException(f"{path} could not be read: {error.strerror}") from error


def progress(table: str, rows: int) -> None:
    """A long table is told of, so that nobody wonders whether it goes on."""
    if rows >= MANY:
        click.echo(f"{rows:>12,} {table}", err=True)


def _silent(_part: str, _rows: int) -> None:
    """Reading takes a tenth of the time of writing."""


def _say(path: Path, manifest: Manifest) -> None:
    rows = sum(part.rows for part in manifest.parts.values())
    click.echo(
        f"{path} is whole: {rows:,} rows of {len(manifest.shapes)} tables at {manifest.made_at},"
        f" migration {manifest.head}, {path.stat().st_size / 1e6:,.1f} MB"
    )
