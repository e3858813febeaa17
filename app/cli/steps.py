"""What commands that take in files share: reading one, taking its rows in by portions, and naming what was left out."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from app.db import db
from app.domain.actions.log_file import Unreadable
from app.domain.actions.log_map import BadMap
from app.web.deadlock import outlast

AT_ONCE = 500
SHOWN = 20
Row = TypeVar("Row")
Part = TypeVar("Part")


def read(path: Path, understand: Callable[[bytes], Row]) -> Row:
    """What a file says; a file that cannot be read ends the command."""
    try:
        return understand(path.read_bytes())
    except (Unreadable, BadMap, UnicodeDecodeError, OSError) as error:
        fail(f"{path}: {error}")


def fail(message: str) -> NoReturn:
    """Say why it cannot be, and exit non-zero."""
    click.echo(message, err=True)
    sys.exit(1)


def steps(label: str, rows: Sequence[Row], take: Callable[[Sequence[Row]], int], *, quiet: bool) -> int:
    """Each portion is committed by itself, so that others can write in between; answers the sum of what it did."""
    return decided_steps(label, rows, (lambda part: part, take), quiet=quiet)


def decided_steps(
    label: str, rows: Sequence[Row], how: tuple[Callable[[Sequence[Row]], Part], Callable[[Part], int]], *, quiet: bool
) -> int:
    """The same in two steps for each portion: the first of them before anybody has to wait for the second."""
    decide, take = how
    done = 0
    with click.progressbar(length=len(rows), label=f"{label:12}", file=sys.stderr, hidden=quiet) as bar:
        for start in range(0, len(rows), AT_ONCE):
            rows_now = rows[start : start + AT_ONCE]
            part = decide(rows_now)
            done += outlast(partial(take, part))
            db.session.expunge_all()
            bar.update(len(rows_now))
    return done


def refusals(refused: Sequence[tuple[str, str]]) -> Iterable[str]:
    """The first of what was left out and why; the others are counted."""
    yield from (f"{what}: left out, {why}" for what, why in refused[:SHOWN])
    if len(refused) > SHOWN:
        yield f"and {len(refused) - SHOWN} more rows left out"
