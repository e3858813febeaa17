"""The tables of the sponsor's page as files for a spreadsheet, of the same scope."""

from flask import Blueprint, Response, jsonify, url_for

from app import clock
from app.blueprints.sponsor.asking import allowed, as_files, asked, file, local_day
from app.domain.oversight import sponsor_page
from app.domain.oversight.quiet import MOST, Quiet
from app.domain.oversight.sponsor_figures import SponsorFigures
from app.domain.oversight.waiting_for_word import Waiting
from app.language import gettext as _
from app.mail import public_url
from app.web.errors import found
from app.words import measures
from app.words.applications import waits_about
from app.words.candidates import stage_label
from app.words.sponsor_facts import facts


def add_to(bp: Blueprint) -> None:
    """Each table by its name."""
    for view in (figures_csv, weeks_csv, funnel_csv, quiet_csv, waiting_csv):
        as_files(bp, f"/{view.__name__.removesuffix('_csv')}", view)
    bp.get("/figures.json")(allowed(figures_json))


def figures_csv() -> Response:
    """Every figure with the same of the period before and of the pauses."""
    figures = _figures().figures.values()
    return file(
        "figures",
        [_("Figure"), _("Value"), _("The period before"), _("In the pauses"), _("What it means")],
        (
            [measures.name(one.code), *map(_cell, (one.value, one.before, one.pause)), measures.definition(one.code)]
            for one in figures
        ),
    )


def figures_json() -> Response:
    """Everything that the page says, for a program."""
    return jsonify(facts(sponsor_page.draw(asked())))


def weeks_csv() -> Response:
    """What was done in each of the last twelve weeks."""
    figures = _figures()
    found(figures.tells_weeks or None)
    weeks = [week.done for week in figures.weeks]
    return file(
        "weeks",
        [_("Week"), _("Monday"), _("With an answer"), _("Other actions"), _("All actions")],
        ([clock.week_name(one.monday), one.monday, one.answered, one.other, one.actions] for one in weeks),
    )


def funnel_csv() -> Response:
    """How many are in each stage, and how they are looked after."""
    return file(
        "funnel",
        [_("Stage"), _("Candidates"), _("Without owner"), _("In contact in time"), _("Waiting too long")],
        ([stage_label(of.stage), of.candidates, of.unowned, of.on_time, of.late] for of in _figures().stages),
    )


def quiet_csv() -> Response:
    """Everybody who waits too long for us."""
    which = asked()
    columns = [_("Candidate"), _("Stage"), _("Last contact"), _("Registered"), _("Link")]
    rows = (_quiet_row(one, named=which.named) for one in sponsor_page.gone_quiet(which, MOST))
    return file("quiet", columns + [_("Owner")] * which.named, rows)


def waiting_csv() -> Response:
    """Everybody who waits for our word."""
    which = asked()
    columns = [_("Candidate"), _("What it is about"), _("Word was due"), _("Link")]
    rows = (_waiting_row(one, named=which.named) for one in sponsor_page.waiting(which))
    return file("waiting", columns + [_("Owner")] * which.named, rows)


def _figures() -> SponsorFigures:
    which = asked()
    return sponsor_page.figures_of(which, sponsor_page.waiting(which))


def _cell(number: float | None) -> str:
    return "" if number is None else f"{round(number, 2):g}"


def _waiting_row(one: Waiting, *, named: bool) -> list[str]:
    return [one.name, waits_about(one.about), local_day(one.since), _link(one.candidate_id), *[one.owner or ""] * named]


def _quiet_row(one: Quiet, *, named: bool) -> list[str]:
    days = local_day(one.contact_at), local_day(one.registered_at)
    return [one.name, stage_label(one.stage), *days, _link(one.candidate_id), *[one.owner or ""] * named]


def _link(candidate_id: int) -> str:
    return public_url(url_for("candidates.page", candidate_id=candidate_id))
