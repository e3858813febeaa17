"""What a request asks of the sponsor's figures, and the files in which they can be had."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import cast
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_babel import to_user_timezone

from app import clock
from app.domain.agency.person import Role
from app.domain.candidates import table_file, table_workbook
from app.domain.oversight import sponsor_page
from app.domain.oversight.scope import read
from app.domain.oversight.sponsor_page import Asked
from app.language import current
from app.language import gettext as _
from app.mail import public_url
from app.web import auth
from app.web.language import zone_name

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = 987654321
MOST = 100_000
"""Rows of a file: more than any agency of the size for which this is made has behind a figure."""
allowed = auth.only(Role.SPONSOR, Role.ADMIN)


def asked() -> Asked:
    """Of when and of whom the address of this request asks."""
    return sponsor_page.ask(auth.person(), read(request.args), clock.now(), ZoneInfo(zone_name()))


def _not_all() -> str:
    told = _("There are more of them than the %(most)s of this file. Choose a shorter period, a team or a segment.")
    return told % {"most": MOST}


def told() -> Asked:
    """The same, where something may be told of it; else the page says why not, whatever of it was asked for."""
    which = asked()
    if which.closed:
        abort(redirect(url_for("sponsor.page", **which.scope.question.address), code=303))
    return which


def candidate_link() -> Callable[[int], str]:
    """The address of a candidate, by their number: building each of a hundred thousand would take seconds."""
    before, after = public_url(url_for("candidates.page", candidate_id=PLACE)).split(str(PLACE))
    return lambda candidate_id: f"{before}{candidate_id}{after}"


def local_day(moment: datetime | None) -> str:
    """The day of a moment where the agency is; nothing without one."""
    return cast("datetime", to_user_timezone(moment)).date().isoformat() if moment else ""


def as_files(bp: Blueprint, address: str, view: Callable[..., Response]) -> None:
    """A table as CSV and as a workbook, by the end of its address; `view` is named `..._csv` and answers by `file`."""
    name = view.__name__.removesuffix("_csv")
    bp.get(f"{address}.csv", endpoint=f"{name}_csv")(allowed(view))
    bp.get(f"{address}.xlsx", endpoint=f"{name}_xlsx")(allowed(view))


def file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, cut: bool = False) -> Response:
    """A table as the reader's spreadsheet opens it: Dutch ones expect semicolons; no cell becomes a formula.

    `cut`: there are more rows than a file holds, and its last line says so.
    """
    last = [[_not_all(), *[""] * (len(header) - 1)]] * cut
    cells, ending = ([str(cell) for cell in row] for row in chain(rows, last)), request.path.rpartition(".")[2]
    if ending == "xlsx":
        response = make_response(table_workbook.write(header, cells))
        response.content_type = WORKBOOK
    else:
        response = make_response(table_file.compose(header, cells, ";" if current() == "nl" else ","))
        response.content_type = "text/csv; charset=utf-8"
    today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
    response.headers["Content-Disposition"] = f"attachment; filename={name}-{today}.{ending}"
    return response
