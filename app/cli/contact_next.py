"""`flask contact-next`: who a recruiter should contact next, and why, as of any moment."""

import json
from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, by_email
from app.domain.scoring import contact_next as ranking
from app.domain.scoring.contact_next import NextUp, Upcoming
from app.language import in_language
from app.words.reasons import headline


def register(app: Flask) -> None:
    app.cli.add_command(contact_next)


@click.command("contact-next")
@click.argument("recruiter")
@click.option("--at", help="A moment in ISO 8601; now when it is left out. Without a zone it is UTC.")
@click.option("--count", "count", type=click.IntRange(1, 1000), default=10, help="How many candidates; 10.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, with the figures.")
@with_appcontext
def contact_next(recruiter: str, at: str | None, count: int, *, as_json: bool) -> None:
    """Whom RECRUITER (mail address, or name) should contact next, the first one first."""
    person = _person(recruiter)
    upcoming = ranking.for_person(person, _moment(at), count)
    agency = the_agency()
    with in_language(person.language or (agency.language if agency else "nl")):
        click.echo(json.dumps(_facts(person, upcoming), indent=2) if as_json else _lines(person, upcoming))


def _person(recruiter: str) -> Person:
    found = by_email(recruiter) if "@" in recruiter else None
    if found is None:
        named = db.session.scalars(select(Person).where(Person.name == recruiter).limit(2)).all()
        if len(named) > 1:
            raise click.ClickException(f"several people are called {recruiter}: use the mail address")
        found = named[0] if named else None
    if found is None:
        raise click.ClickException(f"nobody is called {recruiter}")
    return found


def _moment(at: str | None) -> datetime:
    try:
        return clock.parse(at) if at else clock.now()
    except ValueError as error:
        raise click.ClickException(f"no moment in ISO 8601: {at}") from error


def _lines(person: Person, upcoming: Upcoming) -> str:
    head = f"{person.name}: {upcoming.pool} candidates, {upcoming.waiting} waiting"
    rows = [f"{n:3} {row.ranked.priority / 100:7.2f}  {headline(row)}" for n, row in enumerate(upcoming.rows, 1)]
    return "\n".join([head, *rows])


def _facts(person: Person, upcoming: Upcoming) -> dict[str, object]:
    return {
        "recruiter": person.name,
        "pool": upcoming.pool,
        "waiting": upcoming.waiting,
        "list_is_for": upcoming.opens_at.isoformat() if upcoming.opens_at else None,
        "candidates": [_row(row) for row in upcoming.rows],
    }


def _row(row: NextUp) -> dict[str, object]:
    return {
        "id": row.candidate.id,
        "external_id": row.candidate.external_id,
        "name": row.candidate.name,
        "priority": row.ranked.priority / 100,
        "slot": row.ranked.slot,
        "channel": row.channel,
        "why": headline(row),
        "components": {one.component: one.hundredths / 100 for one in row.ranked.contributions},
    }
