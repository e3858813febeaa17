"""`flask streaks`: how everybody's streak stands; with --rebuild the settled weeks are counted anew."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.db import db, write
from app.domain.actions import attendance, block_settling
from app.domain.agency.person import Person


def register(app: Flask) -> None:
    app.cli.add_command(streaks)


@click.command("streaks")
@click.option("--rebuild", is_flag=True, help="Count every settled week anew from the actions, moves and days off.")
@with_appcontext
def streaks(*, rebuild: bool) -> None:
    """Say how many weeks in a row everybody kept the follow-up block."""
    now = clock.now()
    if rebuild:
        write()
        changed = block_settling.settle_all(now)
        db.session.commit()
        click.echo(f"{changed} weeks changed")
    for person in attendance.keepers():
        click.echo(_line(person, attendance.current(person, now)))


def _line(person: Person, streak: attendance.Streak) -> str:
    figures = f"{streak.weeks} weeks, {streak.freezes} freezes, best {streak.best}"
    return f"{person.name}: {figures}, this week {streak.done} of {streak.needed}"
