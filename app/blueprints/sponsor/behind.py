"""Behind every figure: the rows that it counts, page by page and as a file, with what it means."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request

from app.blueprints.sponsor.asking import MOST, allowed, as_files, candidate_link, file, local_day, told
from app.domain.oversight import behind as rows_behind
from app.domain.oversight import behind_staff, sponsor_page
from app.domain.oversight.behind import BEHIND, Row
from app.domain.oversight.behind_staff import StaffRow
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.sponsor_page import Asked
from app.domain.oversight.window import OF_PEOPLE
from app.language import gettext as _
from app.web import auth, looking
from app.web.errors import found
from app.words import measures, sponsor
from app.words.candidates import stage_label


class Rows(NamedTuple):
    """One page of them; `more`: there is another."""

    people: Sequence[StaffRow]
    candidates: Sequence[Row]
    more: bool


def add_to(bp: Blueprint) -> None:
    """By the code of each measure."""
    bp.get("/figure/<code>")(allowed(behind))
    as_files(bp, "/figure/<code>", behind_csv)


def behind(code: str) -> str:
    """What a figure is, and the first of its rows."""
    found(MEASURES.get(code))
    which, number = told(), max(1, request.args.get("page", 1, int))
    figure = sponsor_page.figures_of(which, sponsor_page.waiting(which)).figures[code]
    facts = {"which": which, "scope": which.scope, "figure": figure, "number": number, "stage_label": stage_label}
    return render_template("sponsor/behind.html", **facts, rows=_rows(which, code, number))


def behind_csv(code: str) -> Response:
    """All of them."""
    found(MEASURES.get(code))
    which = told()
    rows = _rows(which, code, 1, MOST)
    if rows.people:
        header = [_("Name"), _("Team"), sponsor.done_label(code), sponsor.whole_label(code)]
        return file(code, header, ([one.name, one.team or "", one.done, one.whole] for one in rows.people))
    header = [_("Candidate"), _("When"), measures.name(code), _("Link"), *[_("Owner")] * which.named]
    link = candidate_link()
    cells = ([*_cells(one, code), link(one.candidate_id), *[one.owner or ""] * which.named] for one in rows.candidates)
    return file(code, header, cells, cut=rows.more)


def _cells(row: Row, code: str) -> list[str]:
    cell = sponsor.behind_cell(code, row.at, row.since, row.to)
    return [row.name, local_day(row.at), cell]


def _rows(which: Asked, code: str, number: int, size: int = rows_behind.SIZE) -> Rows:
    """People, of whom it is written down that somebody looked at them, or candidates."""
    if code in OF_PEOPLE:
        people = behind_staff.people(which, code)[(number - 1) * size :]
        looking.at([one.person_id for one in people[:size]], "sponsor")
        return Rows(people[:size], [], more=len(people) > size)
    if code not in BEHIND:
        return Rows([], [], more=False)
    page = rows_behind.candidates(auth.person(), which.scope, code, number, size)
    return Rows([], page.rows, more=page.more)
