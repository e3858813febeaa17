"""The audit log, for administrators: newest first, narrowed by what, who and when, and as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import to_user_timezone
from sqlalchemy import select

from app import clock
from app.blueprints.audit.forms import NarrowForm
from app.clock import DAY
from app.db import db, page_of
from app.domain.agency import audit
from app.domain.agency.audit import Asked, AuditEntry
from app.domain.agency.person import Person, Role, names_of
from app.domain.agency.team import team_names
from app.domain.candidates import table_file
from app.language import current
from app.language import gettext as _
from app.web import auditing, auth
from app.web.language import zone_name
from app.words import audit_entry as words
from app.words.audit import by_group, group_labels, labels

bp = Blueprint("audit", __name__, url_prefix="/audit")
allowed = auth.only(Role.ADMIN)
MOST = 50_000
MOST_PEOPLE = 2_000


@bp.get("")
@allowed
def page() -> Response:
    form = _form()
    asked = _asked(form)
    rows = page_of(audit.entries(asked), request.args.get("page", 1, int), 25)
    html = render_template(
        "audit/page.html",
        form=form,
        page=rows,
        people=_people(rows.rows),
        teams=team_names(),
        words=words,
        labels=labels(),
        most=MOST,
    )
    return make_response(html, 422 if form.errors else 200)


@bp.get("/file")
@allowed
def file() -> Response:
    """The same rows for a spreadsheet; fetching them is recorded too."""
    rows = db.session.scalars(audit.entries(_asked(_form())).limit(MOST)).all()
    header = [_("When"), _("Who"), _("What happened"), _("About whom or what"), _("More"), _("Browser")]
    content = table_file.compose(header, _lines(rows), ";" if current() == "nl" else ",")
    auditing.tell(count=len(rows))
    response = make_response(content)
    response.content_type = "text/csv; charset=utf-8"
    today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
    response.headers["Content-Disposition"] = f"attachment; filename=audit-log-{today}.csv"
    return response


def _form() -> NarrowForm:
    """What the address asks for; a group or a person that is not there is none."""
    form = NarrowForm(request.args)
    form.offer(group_labels(), _everybody())
    form.validate()
    return form


def _asked(form: NarrowForm) -> Asked:
    zone, codes = ZoneInfo(zone_name()), by_group().get(form.what.data or "", {})
    first, last = (None if each.errors else each.data for each in (form.first, form.last))
    return Asked(
        tuple(codes),
        form.chosen,
        clock.midnight(first, zone) if first else None,
        clock.midnight(last + DAY, zone) if last else None,
    )


def _everybody() -> Sequence[tuple[int, str]]:
    """Those who work here, and those who left: what they did stays."""
    rows = db.session.execute(select(Person.id, Person.name).order_by(Person.sort_name, Person.id).limit(MOST_PEOPLE))
    return [(row.id, row.name) for row in rows]


def _people(rows: Sequence[AuditEntry]) -> dict[int, str]:
    """Who did something in these rows, and to whom, by name."""
    acted = {row.person_id for row in rows if row.person_id is not None}
    return names_of(acted | {row.about_id for row in rows if row.about_kind == "person" and row.about_id is not None})


def _lines(rows: Sequence[AuditEntry]) -> Iterator[list[str]]:
    people, teams, sentences = _people(rows), team_names(), labels()
    for row in rows:
        who = people.get(row.person_id or 0) or words.nobody(row)
        yield [
            _moment(row.at),
            who,
            sentences.get(row.what, row.what),
            words.about(row, people),
            words.facts(row, teams),
            row.agent,
        ]


def _moment(at: datetime) -> str:
    return str(to_user_timezone(at).replace(tzinfo=None).isoformat(" ", "seconds"))
