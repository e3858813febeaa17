"""The tables of the sponsor's page as files for a spreadsheet, of the same scope."""

from flask import Blueprint, Response, jsonify

from app import clock
from app.blueprints.sponsor.asking import MOST, allowed, as_files, asked, candidate_link, file, local_day, told
from app.domain.oversight import sponsor_page
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.sponsor_figures import SponsorFigures
from app.domain.oversight.waiting_for_word import Waiting
from app.domain.oversight.week import Week
from app.language import gettext as _
from app.web.errors import found
from app.words import measures
from app.words.applications import waits_about
from app.words.candidates import stage_label
from app.words.sponsor_facts import closed_facts, facts


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
    which = asked()
    return jsonify(closed_facts(which) if which.closed else facts(sponsor_page.draw(which)))


def weeks_csv() -> Response:
    """What was done in each of the last twelve weeks."""
    figures = _figures()
    found(figures.tells_weeks or None)
    return file(
        "weeks",
        [_("Week"), _("Monday"), _("With an answer"), _("Other actions"), _("All actions")],
        map(_week_row, figures.weeks),
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
    which = told()
    columns = [_("Candidate"), _("Stage"), _("Last contact"), _("Registered"), _("Link")]
    found_ = sponsor_page.gone_quiet(which, MOST + 1)
    link = candidate_link()
    rows = ([*_quiet_cells(one), link(one.candidate_id), *[one.owner or ""] * which.named] for one in found_[:MOST])
    return file("quiet", columns + [_("Owner")] * which.named, rows, cut=len(found_) > MOST)


def waiting_csv() -> Response:
    """Everybody who waits for our word."""
    which = told()
    columns = [_("Candidate"), _("What it is about"), _("Word was due"), _("Link")]
    found_, link = sponsor_page.waiting(which), candidate_link()
    rows = ([*_waiting_cells(one), link(one.candidate_id), *[one.owner or ""] * which.named] for one in found_)
    return file("waiting", columns + [_("Owner")] * which.named, rows, cut=len(found_) >= MOST)


def _figures() -> SponsorFigures:
    which = told()
    return sponsor_page.figures_of(which, sponsor_page.waiting(which))


def _week_row(week: Week) -> list[object]:
    numbers = (week.answered, week.other, week.done.actions if week.told else None)
    return [clock.week_name(week.done.monday), week.done.monday, *map(_cell, numbers)]


def _cell(number: float | None) -> str:
    return "" if number is None else f"{round(number, 2):g}"


def _waiting_cells(one: Waiting) -> list[str]:
    return [one.name, waits_about(one.about), local_day(one.since)]


def _quiet_cells(one: Quiet) -> list[str]:
    return [one.name, stage_label(one.stage), local_day(one.contact_at), local_day(one.registered_at)]
