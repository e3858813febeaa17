"""`flask explain`: ranks a logged list again from what was kept of it, and says what was done with it."""

from collections.abc import Iterator, Mapping, Sequence

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from app.db import db
from app.domain.actions.list_followed import Done, done_after
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.scoring.list_again import ListAgain, RowAgain, rank_again
from app.domain.scoring.list_log import ROWS, ShownList

INDENT = " " * 13


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(explain)


@click.command("explain")
@click.argument("list_id", type=int, required=False)
@click.option("--newest", type=click.IntRange(1), metavar="N", help="Only say of the newest N lists whether they hold.")
@with_appcontext
def explain(list_id: int | None, newest: int | None) -> None:
    """Rank the list LIST_ID again: every row with its components, and whether it comes out exactly."""
    if newest is not None:
        _check(newest)
    elif list_id is None:
        raise click.UsageError("name a list, or say --newest")
    else:
        _tell(list_id)


def _check(newest: int) -> None:
    ids = db.session.scalars(select(ShownList.id).order_by(ShownList.id.desc()).limit(newest)).all()
    wrong = [each for each in ids if (found := rank_again(each)) and not found.exact]
    click.echo(f"{len(ids) - len(wrong)} of {len(ids)} lists reproduced exactly")
    if wrong:
        raise click.ClickException(f"not these: {', '.join(map(str, wrong[:20]))}")


def _tell(list_id: int) -> None:
    found = rank_again(list_id)
    if found is None:
        raise click.ClickException(f"there is no list {list_id}")
    click.echo(_head(found))
    names, done = _names(list_id), done_after(found.shown)
    for row in found.rows:
        click.echo("\n".join(_row(row, names, done.get(row.kept.candidate_id, ()))))
    erased = sum(row.erased for row in found.rows)
    if not found.exact:
        raise click.ClickException("; ".join(_differences(found)))
    click.echo(f"reproduced exactly: {len(found.rows)} rows" + (f", {erased} of them erased" if erased else ""))


def _head(found: ListAgain) -> str:
    shown = found.shown
    person, owner = db.session.get_one(Person, shown.person_id), db.session.get_one(Person, shown.owner_id)
    pool = f"a pool of {shown.pool_size}" if owner is person else f"{owner.name}'s pool of {shown.pool_size}"
    rules = f"ruleset {shown.ruleset_id}" if shown.ruleset_id else "the preset rules"
    moments = f"shown {shown.shown_at:%Y-%m-%d %H:%M} UTC, ranked for {shown.ranked_for:%Y-%m-%d %H:%M} UTC"
    return f"list {shown.id} ({shown.surface}): {person.name}, {pool}, {rules}; {moments}"


def _names(list_id: int) -> dict[int, str]:
    listed = select(ROWS.c.candidate_id).where(ROWS.c.list_id == list_id)
    rows = db.session.execute(select(Candidate.id, Candidate.name).where(Candidate.id.in_(listed)))
    return {row.id: row.name for row in rows}


def _row(row: RowAgain, names: Mapping[int, str], done: Sequence[Done]) -> Iterator[str]:
    kept = row.kept
    if kept.ranked is None:
        yield f"{kept.position:3}          erased"
        return
    name = f"{names.get(kept.candidate_id, '')} (candidate {kept.candidate_id})"
    yield f"{kept.position:3} {kept.ranked.priority / 100:7.2f}  {name}, {kept.slot.replace('_', ' ')}"
    parts = [f"{one.component} {one.hundredths / 100:.2f}" for one in kept.ranked.contributions]
    yield f"{INDENT}{' · '.join(parts) or 'nothing presses'}"
    for each in done:
        yield f"{INDENT}{each.at:%Y-%m-%d %H:%M}: {each.outcome} by {each.by or 'a system'}"


def _differences(found: ListAgain) -> Iterator[str]:
    for row in found.rows:
        for name, was, now in row.differences:
            yield f"row {row.kept.position}: {name} was {was / 100:.2f} and comes out as {now / 100:.2f}"
    if not found.in_order:
        yield "the order is not that of the rules"
