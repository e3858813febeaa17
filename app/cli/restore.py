"""`flask restore`: a backup into an empty place; whoever was erased since stays erased."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import clock, schema
from app.backup import container, restoring, taking
from app.backup.container import ERASURES, Damaged, Manifest
from app.backup.guards import DanglingRow
from app.cli import doctor
from app.cli.backup import progress
from app.config import Settings
from app.db import db
from app.domain.custody import erasure_log
from app.web.custody import replay_erasures

MEND = "Mend the log, then run flask erasures --replay --log FILE before anybody signs in"


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(restore)


@click.command("restore")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures", "log", type=click.Path(exists=True, path_type=Path), help="The log of the lost installation."
)
@click.option(
    "--other-key", is_flag=True, help="Although it was made under another secret key: erasures cannot follow."
)
@with_appcontext
def restore(path: Path, log: Path | None, *, other_key: bool) -> None:
    """Put the backup at PATH back into an empty place, compare every row, and forget anew who was erased since."""
    lines = list(_erasures(path, log))
    try:
        with container.opened(path) as (file, manifest):
            _suits(manifest, other_key=other_key)
            lines += (line.decode().strip() for line in container.read(file, ERASURES, manifest.parts[ERASURES]))
            _make_ready(manifest)
            restoring.put_back(db.engine, file, manifest, progress)
    except restoring.Occupied as error:
        raise click.ClickException(_occupied(str(error))) from error
    except (Damaged, restoring.Differs, DanglingRow) as error:
        raise click.ClickException(f"{error}. Nothing was restored; use another backup") from error
    except SQLAlchemyError as error:
        raise click.ClickException(f"the database refused: {_cause(error)}. Nothing was restored") from error
    rows = sum(part.rows for part in manifest.parts.values())
    click.echo(f"{rows:,} rows of {len(manifest.shapes)} tables are back as they were at {manifest.made_at}")
    _follow_up(lines)


def _occupied(table: str) -> str:
    return (
        f"this place is in use, there are rows in {table}. Nothing was restored: name an empty database in"
        " FANFARE_DATABASE_URL, or an empty folder in FANFARE_INSTANCE"
    )


def _cause(error: Exception) -> str:
    return str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]


def _erasures(path: Path, given: Path | None) -> Iterator[str]:
    """The logs that are at hand: given, beside the backup, and of this place."""
    for log in (given, path.parent / erasure_log.NAME, _settings().instance / erasure_log.NAME):
        yield from erasure_log.lines(log) if log else ()


def _suits(manifest: Manifest, *, other_key: bool) -> None:
    """This code can read it, under this key."""
    if not schema.knows(manifest.head):
        raise click.ClickException(
            f"the backup is of a newer version of Fanfare, at migration {manifest.head}, and this one knows none beyond"
            f" {schema.head()}. Nothing was restored: install that version"
        )
    if manifest.key != taking.fingerprint(_settings().key) and not other_key:
        raise click.ClickException(
            "the backup was made under another FANFARE_SECRET_KEY, without which nobody who was erased since can be"
            " recognised. Nothing was restored: set that key, or say --other-key"
        )


def _make_ready(manifest: Manifest) -> None:
    """Empty tables, as they were in the version that made the backup."""
    with db.engine.connect() as connection:
        there = restoring.tables_of(db.engine)
        found = schema.found(connection) if there else None
    if found not in {None, manifest.head}:
        downgrade(revision="base")
    upgrade(revision=manifest.head)


def _follow_up(lines: list[str]) -> None:
    """What follows when the rows are back: newer tables, erasures, and the doctor's word."""
    upgrade()
    try:
        again = replay_erasures(lines, clock.now())
    except ValueError as error:
        raise click.ClickException(f"the rows are back, but nobody was forgotten again: {error}. {MEND}") from error
    erasure_log.bring(_settings().instance, lines)
    click.echo(f"{len(again)} candidates forgotten again, of {len(set(lines))} erasures")
    doctor.examine(doctor.AT_REST)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
