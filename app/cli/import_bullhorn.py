"""`flask import-bullhorn`: takes in the notes of Bullhorn that it did not tell, from a file."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.cli.steps import decided_steps, fail, read, refusals
from app.config import Settings
from app.domain.actions import log_file
from app.domain.actions.bullhorn import bringing
from app.domain.actions.bullhorn.bringing import Bringing, Brought, Decided, NoNumber
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.log_file import NOTE_COLUMNS, LogRow
from app.domain.candidates.crm_id import Crm
from app.domain.custody import forgotten

LeftOut = list[tuple[str, str]]
WHY = {
    Reason.UNKNOWN_CANDIDATE: "nobody here has the number of its candidate",
    Reason.UNKNOWN_RECRUITER: "nobody who works here has the mail address of its recruiter",
    Reason.SOMEBODY_ELSE: "whoever has the number of its candidate here is somebody else in Bullhorn",
    Reason.NOT_THEIRS: "its recruiter may not see the candidate, who is of another branch",
    Reason.UNMAPPED: "nobody said yet what notes of this name are",
    Reason.PASSED: "notes of this name are passed over",
    Reason.UNKNOWN_KIND: "what its name is mapped to is not logged",
    Reason.DELETED: "it was deleted in Bullhorn",
    Reason.FORGOTTEN: "whoever it is about was forgotten here after it",
}


def register(app: Flask) -> None:
    """Add the command to `flask`."""
    app.cli.add_command(import_bullhorn)


@click.command("import-bullhorn")
@click.argument("notes", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, without a progress bar.")
@with_appcontext
def import_bullhorn(notes: Path, *, as_json: bool) -> None:
    """Import NOTES of Bullhorn, a CSV file (docs/import-log.md); what arrived before is known and not counted twice."""
    settings: Settings = current_app.config["SETTINGS"]

    def forgotten_since(holders: Mapping[str, int], after: datetime) -> Mapping[str, datetime]:
        return forgotten.since(Crm.BULLHORN, holders, after, settings.key.encode())

    log = bringing.begin(clock.now(), forgotten_since)
    if log is None:
        fail("there is no agency with a program yet")
    file = read(notes, lambda content: log_file.read(content, NOTE_COLUMNS, log.now, settings.import_rows, log.zone))
    left_out: LeftOut = [(f"line {line}", reason) for line, reason in file.refused]
    found = _notes(file.rows, left_out)
    if not found:
        fail("\n".join([*refusals(left_out), "nothing could be read"]))
    told = _take_in(found, log, quiet=as_json)
    left_out += [(f"note {number}", WHY[why]) for each in told for number, why in each.left_out.items()]
    recorded, known = sum(each.recorded for each in told), sum(each.known for each in told)
    report = {"notes": recorded, "notes_known": known, "left_out": left_out}
    said = "\n".join([f"{recorded} notes recorded ({known} were known)", *refusals(left_out)])
    click.echo(json.dumps(report) if as_json else said)


def _notes(rows: Sequence[LogRow], left_out: LeftOut) -> list[Note]:
    """What the rows say; a note that stands there twice counts as it stands there first."""
    found: dict[int, Note] = {}
    for row in rows:
        what = f"note {row.external_id}"
        try:
            note = bringing.note_of(row)
        except NoNumber as error:
            left_out.append((what, f"{str(error)!r} is no number of Bullhorn's"))
            continue
        if found.setdefault(note.number, note) is not note:
            left_out.append((what, "it stands in the file more than once"))
    return list(found.values())


def _take_in(found: Sequence[Note], log: Bringing, *, quiet: bool) -> list[Brought]:
    told: list[Brought] = []

    def decide(part: Sequence[Note]) -> Decided:
        return bringing.decide(part, log)

    def take(part: Decided) -> int:
        told.append(bringing.take_in(part, log))
        return told[-1].recorded

    decided_steps("notes", found, (decide, take), quiet=quiet)
    return told
