"""The season report: did it work, beside the weeks without a season."""

from flask import Blueprint, Response, render_template, url_for

from app import clock
from app.blueprints.sponsor.asking import allowed, as_files, file
from app.domain.agency.agency import the_zone
from app.domain.oversight import day_mark
from app.domain.oversight import season_report as reports
from app.domain.oversight.season_report import Line, SeasonReport
from app.domain.program import season
from app.domain.program.program import may_name, the_program
from app.domain.program.season import Season
from app.language import gettext as _
from app.web.errors import found
from app.words import season_report as words

NONE = (None,) * 5


@allowed
def of_season(season_id: int = 0) -> str:
    """The report of a season; without one in the address, of the newest that has begun."""
    seasons = _begun()
    row = _chosen(seasons, season_id) if season_id else next(iter(seasons), None)
    return render_template(
        "sponsor/season.html",
        choices=[_tab(each, row) for each in seasons],
        report=_report(row, seasons) if row else None,
        said=words,
    )


def _tab(each: Season, chosen: Season | None) -> dict[str, object]:
    href = url_for("sponsor.of_season", season_id=each.id)
    return {"label": each.name, "href": href, "current": each is chosen}


def of_season_csv(season_id: int) -> Response:
    """The same as a table."""
    seasons = _begun()
    report = _report(_chosen(seasons, season_id), seasons)
    columns = [_("Figure"), _("In the season"), _("In the pauses"), _("Difference"), _("At least"), _("At most")]
    return file("season", columns, (_row(each) for each in report.lines))


def _row(line: Line) -> list[object]:
    cells = [line.during, line.between, *(line.uplift or NONE)[2:]]
    return [words.name(line.code), *("" if cell is None else round(cell, 2) for cell in cells)]


def _report(row: Season, seasons: list[Season]) -> SeasonReport:
    now, program = clock.now(), found(the_program())
    return reports.report(row, seasons, day_mark.known(now), now=now, zone=the_zone(), named=may_name(program))


def _begun() -> list[Season]:
    """Newest first."""
    program, today = the_program(), clock.local_day(clock.now(), the_zone())
    return [each for each in season.all_of(program.id) if each.first <= today] if program else []


def _chosen(seasons: list[Season], season_id: int) -> Season:
    return found(next((each for each in seasons if each.id == season_id), None))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/season")(of_season)
    bp.get("/season/<int:season_id>")(of_season)
    as_files(bp, "/season/<int:season_id>", of_season_csv)
