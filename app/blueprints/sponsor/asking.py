"""What a request asks of the sponsor's figures, and the files in which they can be had."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, request
from flask_babel import to_user_timezone

from app import clock
from app.domain.agency.person import Role
from app.domain.candidates import table_file, table_workbook
from app.domain.oversight import sponsor_page
from app.domain.oversight.scope import read
from app.domain.oversight.sponsor_page import Asked
from app.language import current
from app.web import auth
from app.web.language import zone_name

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
allowed = auth.only(Role.SPONSOR, Role.ADMIN)


def asked() -> Asked:
    """Of when and of whom the address of this request asks."""
    return sponsor_page.ask(auth.person(), read(request.args), clock.now(), ZoneInfo(zone_name()))


def local_day(moment: datetime | None) -> str:
    """The day of a moment where the agency is; nothing without one."""
    return cast("datetime", to_user_timezone(moment)).date().isoformat() if moment else ""


def as_files(bp: Blueprint, address: str, view: Callable[..., Response]) -> None:
    """A table as CSV and as a workbook, by the end of its address; `view` is named `..._csv` and answers by `file`."""
    name = view.__name__.removesuffix("_csv")
    bp.get(f"{address}.csv", endpoint=f"{name}_csv")(allowed(view))
    bp.get(f"{address}.xlsx", endpoint=f"{name}_xlsx")(allowed(view))


def file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as the reader's spreadsheet opens it: Dutch ones expect semicolons; no cell becomes a formula."""
    cells, ending = ([str(cell) for cell in row] for row in rows), request.path.rpartition(".")[2]
    if ending == "xlsx":
        response = make_response(table_workbook.write(header, cells))
        response.content_type = WORKBOOK
    else:
        response = make_response(table_file.write(header, cells, ";" if current() == "nl" else ","))
        response.content_type = "text/csv; charset=utf-8"
    today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
    response.headers["Content-Disposition"] = f"attachment; filename={name}-{today}.{ending}"
    return response
