"""What the pages of an import show: the files brought before, the columns with their guesses, how far it is."""

from flask import Response, make_response, render_template

from app.domain.agency.person import Role
from app.domain.candidates.importing import candidate_import, trace
from app.domain.candidates.importing.candidate_import import WORKING, CandidateImport, State
from app.domain.candidates.importing.columns import Guess, Sure, guess
from app.domain.candidates.importing.entry import Refusal
from app.domain.candidates.importing.headers import Column
from app.domain.custody import import_undo
from app.web import auth
from app.web.errors import found
from app.web.htmx import wants_part
from app.words import importing as words

ROLES = (Role.LEAD, Role.ADMIN)
SAMPLES = 200
SHOWN = 3
REFUSED_SHOWN = 20
only = auth.only(*ROLES)


def asked_for(import_id: int) -> CandidateImport:
    return found(candidate_import.for_person(auth.person(), import_id))


def start(status: int, error: str = "") -> Response:
    """Choosing a file."""
    latest = candidate_import.latest(auth.person())
    html = render_template(
        "candidates/import.html", latest=latest, error=error, State=State, vendor_label=words.vendor_label
    )
    return make_response(html, status)


def columns(row: CandidateImport, chosen: list[str] | None = None, error: str = "") -> Response:
    """Saying what the columns hold."""
    samples = [each.cells for each in candidate_import.sample(row, SAMPLES)]
    html = render_template(
        "candidates/import_columns.html",
        row=row,
        guesses=_guesses(row, samples, chosen),
        samples=[[cells[at] for cells in samples[:SHOWN] if at < len(cells)] for at in range(len(row.header))],
        options=[(str(column), words.column_label(column)) for column in Column],
        sure_label=words.sure_label,
        vendor=words.vendor_label(row.vendor),
        error=error,
    )
    return make_response(html, 422 if error else 200)


def _guesses(row: CandidateImport, samples: list[list[str]], chosen: list[str] | None) -> list[Guess]:
    """What was chosen, else what was chosen for this layout before, else what the file looks like."""
    known = chosen or row.columns or [str(column) for column in candidate_import.remembered(row)]
    if len(known) == len(row.header):
        return [Guess(Column(each), Sure.CERTAIN) for each in known]
    return guess(row.header, samples)


def progress(row: CandidateImport) -> Response:
    """How far it is, what would happen or what happened."""
    template = "candidates/_import.html" if wants_part() else "candidates/import_progress.html"
    refused = list(trace.refusals(row.id, REFUSED_SHOWN))
    html = render_template(
        template,
        row=row,
        State=State,
        works=row.state in WORKING,
        refused=refused,
        reasons=[(words.reason_label(reason), count) for reason, count in trace.why_refused(row.id).items()],
        sentence=words.refusal_sentence,
        stayed=import_undo.stayed(row.id) if row.state == State.UNDONE else [],
        stays_label=words.stays_label,
        kind="csv" if row.separator else "xlsx",
    )
    return make_response(html)


def with_reason(refused: Refusal, width: int) -> list[str]:
    """The row as it was brought, and why it was refused, in a column of its own."""
    cells = [*refused.cells, *[""] * (width - len(refused.cells))]
    return [*cells, words.refusal_sentence(refused)]
