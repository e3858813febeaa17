"""The sponsor's page: one sentence that says whether it works, the figures behind it, and the same as files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, url_for
from flask_babel import to_user_timezone

from app import clock
from app.domain.agency.person import Role
from app.domain.candidates import table_file
from app.domain.oversight.adoption import adoption
from app.domain.oversight.coverage import StageFigures, stages
from app.domain.oversight.overview import may_name, may_tell, overview
from app.domain.oversight.quiet import MOST, Quiet, gone_quiet
from app.domain.oversight.waiting_for_word import TOP, Waiting, waiting_for_word
from app.domain.oversight.week import last_weeks
from app.domain.program.program import the_program
from app.domain.scoring import rhythm
from app.language import current, ngettext
from app.language import gettext as _
from app.mail import public_url
from app.web import auth
from app.web.errors import found
from app.web.language import zone_name
from app.words.applications import waits_about
from app.words.candidates import stage_label
from app.words.verdict import verdict_sentence, verdict_tone

bp = Blueprint("sponsor", __name__, url_prefix="/sponsor")
allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@bp.get("")
@allowed
def page() -> str:
    figures = overview(the_program(), clock.now(), _zone())
    return render_template(
        "sponsor/page.html",
        figures=figures,
        sentence=verdict_sentence(figures.verdict),
        tone=verdict_tone(figures.verdict),
        stage_label=stage_label,
        waits_about=waits_about,
        shown_waiting=TOP,
        week_labels=[_("wk %(number)s", number=week.monday.isocalendar().week) for week in figures.weeks.rows],
        stages=[_bar(stage) for stage in figures.stages],
        terms=", ".join(f"{stage_label(stage)} {limit.days:g}" for stage, limit in rhythm.by_stage().items()),
        may_record=auth.person().role == Role.ADMIN,
    )


@bp.get("/weeks.csv")
@allowed
def weeks_csv() -> Response:
    now, zone = clock.now(), _zone()
    weeks = last_weeks(now, zone)
    found(may_tell(adoption(now, zone), weeks, named=may_name(the_program())) or None)
    return _file(
        "weeks",
        [_("Week"), _("Monday"), _("With an answer"), _("Other actions"), _("All actions")],
        ([clock.week_name(one.monday), one.monday, one.answered, one.other, one.actions] for one in weeks.rows),
    )


@bp.get("/funnel.csv")
@allowed
def funnel_csv() -> Response:
    return _file(
        "funnel",
        [_("Stage"), _("Candidates"), _("Without owner"), _("In contact in time"), _("Waiting too long")],
        ([stage_label(one.stage), *one[1:]] for one in stages(clock.now())),
    )


@bp.get("/quiet.csv")
@allowed
def quiet_csv() -> Response:
    named = may_name(the_program())
    rows = gone_quiet(clock.now(), MOST, named=named)
    columns = [_("Candidate"), _("Stage"), _("Last contact"), _("Registered"), _("Link")]
    return _file("quiet", columns + [_("Owner")] * named, (_quiet_row(one, named=named) for one in rows))


@bp.get("/waiting.csv")
@allowed
def waiting_csv() -> Response:
    named = may_name(the_program())
    rows = waiting_for_word(clock.now(), named=named)
    columns = [_("Candidate"), _("What it is about"), _("Word was due"), _("Link")]
    return _file("waiting", columns + [_("Owner")] * named, (_waiting_row(one, named=named) for one in rows))


def _waiting_row(one: Waiting, *, named: bool) -> list[str]:
    link = public_url(url_for("candidates.page", candidate_id=one.candidate_id))
    return [one.name, waits_about(one.about), _local_day(one.since), link, *[one.owner or ""] * named]


def _quiet_row(one: Quiet, *, named: bool) -> list[str]:
    return [
        one.name,
        stage_label(one.stage),
        _local_day(one.contact_at),
        _local_day(one.registered_at),
        public_url(url_for("candidates.page", candidate_id=one.candidate_id)),
        *[one.owner or ""] * named,
    ]


def _bar(figures: StageFigures) -> dict[str, object]:
    late = ngettext("%(num)d waits too long", "%(num)d wait too long", figures.late)
    label = stage_label(figures.stage)
    return {"label": label[:1].upper() + label[1:], "value": figures.candidates, "detail": late if figures.late else ""}


def _zone() -> ZoneInfo:
    return ZoneInfo(zone_name())


def _local_day(moment: datetime | None) -> str:
    return cast("datetime", to_user_timezone(moment)).date().isoformat() if moment else ""


def _file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as the reader's spreadsheet opens it: Dutch ones expect semicolons; no cell becomes a formula."""
    cells = ([str(cell) for cell in row] for row in rows)
    response = make_response(table_file.write(header, cells, ";" if current() == "nl" else ","))
    response.content_type = "text/csv; charset=utf-8"
    today = clock.local_day(clock.now(), _zone())
    response.headers["Content-Disposition"] = f"attachment; filename={name}-{today}.csv"
    return response
