"""`flask import-candidates`: brings a file of candidates, or rehearses it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app import clock
from app.db import db, write
from app.domain.agency.person import Person, Role
from app.domain.candidates.importing import candidate_import, trace
from app.domain.candidates.importing.candidate_import import CandidateImport, State, Unclear
from app.domain.candidates.importing.columns import Guess, Sure, guess
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.table_row import Unusable
from app.language import in_language
from app.web.importing import finish
from app.words.importing import column_label, fault_sentence, refusal_sentence, unclear_sentence

SAMPLES = 200
SHOWN = 20


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(import_candidates)


@click.command("import-candidates")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nobody.")
@click.option("--as", "email", help="Mail address of the administrator who brings it; else the first one.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, without a progress bar.")
@with_appcontext
def import_candidates(path: Path, email: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Import FILE, a CSV or XLSX of candidates, with the columns as they are guessed or were chosen before.

    Exits with 1 when nothing could be read, and with 2 when some rows were refused.
    """
    with in_language("en"):
        report = _bring(path, email, dry_run=dry_run, quiet=as_json)
        click.echo(json.dumps(report) if as_json else _told(report))
    sys.exit(2 if report["refused"] else 0)


def _bring(path: Path, email: str | None, *, dry_run: bool, quiet: bool) -> dict[str, Any]:
    row, guesses = _receive(path, _person(email))
    _rehearse(row, [each.column for each in guesses])
    _work(row, "rehearsal", quiet=quiet)
    if not dry_run:
        _in_a_transaction(lambda: candidate_import.go_on(row.id))
        _work(row, "writing", quiet=quiet)
    report = _report(row, guesses)
    if dry_run:
        _in_a_transaction(lambda: candidate_import.remove(row))
    return report


def _person(email: str | None) -> Person:
    admins = select(Person).where(Person.role == Role.ADMIN, Person.deactivated_at.is_(None))
    person = db.session.scalar((admins.where(Person.email == email) if email else admins).order_by(Person.id).limit(1))
    return person or _fail("there is no such administrator; run the setup first")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _receive(path: Path, person: Person) -> tuple[CandidateImport, list[Guess]]:
    try:
        brought = candidate_import.read(path.read_bytes(), current_app.config["SETTINGS"].import_rows)
    except Unusable as unusable:
        _fail(f"{path}: {fault_sentence(unusable)}")
    write()
    row = candidate_import.receive(person, path.name, brought, clock.now())
    db.session.commit()
    known = candidate_import.remembered(row)
    guesses = guess(row.header, [each.cells for each in candidate_import.sample(row, SAMPLES)])
    return row, [Guess(column, Sure.CERTAIN) for column in known] or guesses


def _rehearse(row: CandidateImport, guessed: list[Column]) -> None:
    try:
        columns = candidate_import.checked_columns(guessed)
    except Unclear as unclear:
        _fail(unclear_sentence(unclear))
    _in_a_transaction(lambda: candidate_import.rehearse(row.id, columns))


def _in_a_transaction(command: Callable[[], object]) -> None:
    write()
    command()
    db.session.commit()


def _work(row: CandidateImport, label: str, *, quiet: bool) -> None:
    with click.progressbar(length=row.rows, label=f"{label:12}", file=sys.stderr, hidden=quiet) as bar:
        finish(row.id, lambda: bar.update(row.written - bar.pos))
    db.session.refresh(row)


def _report(row: CandidateImport, guesses: list[Guess]) -> dict[str, Any]:
    return {
        "file": row.file_name,
        "vendor": row.vendor,
        "rows": row.rows,
        "written": row.state == State.DONE,
        "columns": [
            {"header": name, "column": str(each.column), "sure": str(each.sure)}
            for name, each in zip(row.header, guesses, strict=True)
        ],
        **{verdict: row.counts.get(verdict, 0) for verdict in ("new", "changed", "same", "refused")},
        "unknown_owners": row.unknown_owners,
        "refusals": [[each.line, refusal_sentence(each)] for each in trace.refusals(row.id, SHOWN)],
    }


def _told(report: dict[str, Any]) -> str:
    columns = [
        f"  {each['header']} -> {column_label(Column(each['column']))} ({each['sure']})" for each in report["columns"]
    ]
    counts = ", ".join(f"{report[verdict]} {verdict}" for verdict in ("new", "changed", "same", "refused"))
    done = "imported" if report["written"] else "would be imported"
    owners = [f"unknown owners, left out: {', '.join(report['unknown_owners'])}"] if report["unknown_owners"] else []
    refusals = [f"  line {line}: {sentence}" for line, sentence in report["refusals"]]
    more = [f"  and {report['refused'] - SHOWN} more"] if report["refused"] > SHOWN else []
    return "\n".join([*columns, f"{report['rows']} rows {done}: {counts}", *owners, *refusals, *more])
