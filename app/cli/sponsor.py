"""`flask sponsor`: whether the program is used and who waits, as the sponsor's page says it."""

import json
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.oversight.coverage import Coverage
from app.domain.oversight.overview import Overview, overview
from app.domain.program.program import the_program
from app.language import in_language
from app.words.verdict import verdict_sentence


def register(app: Flask) -> None:
    app.cli.add_command(sponsor)


@click.command("sponsor")
@click.option("--at", "moment", default="", metavar="ISO", help="The moment; without a zone it is UTC. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def sponsor(*, moment: str, as_json: bool) -> None:
    """The sponsor's figures; people are named nowhere, and zeros are said as zeros."""
    agency, settings = the_agency(), current_app.config["SETTINGS"]
    try:
        at = clock.parse(moment) if moment else clock.now()
    except ValueError as error:
        raise click.BadParameter(f"{moment} is no ISO 8601 moment", param_hint="--at") from error
    found = overview(the_program(), at, agency.zone if agency else ZoneInfo(settings.timezone))
    with in_language("en"):
        sentence = verdict_sentence(found.verdict)
    click.echo(json.dumps(facts(found, sentence), ensure_ascii=False, indent=2) if as_json else text(found, sentence))


def facts(found: Overview, sentence: str) -> dict[str, object]:
    """What the page shows; figures about fewer than five people are null until they may be told."""
    people = found.adoption.so_far
    told = found.told
    return {
        "at": found.at.isoformat(),
        "verdict": {"use": found.verdict.use, "waiting": found.verdict.waiting, "sentence": sentence},
        "adoption": {**people._asdict(), "change": found.adoption.change} if told else None,
        "coverage": _coverage(found.coverage),
        "coverage_a_week_ago": _coverage(found.coverage_before),
        "stages": [stage._asdict() for stage in found.stages],
        "weeks": [{**week._asdict(), "monday": week.monday.isoformat()} for week in found.weeks.rows] if told else None,
        "gone_quiet": [
            {
                "candidate": one.candidate_id,
                "stage": one.stage,
                "contact_at": one.contact_at.isoformat() if one.contact_at else None,
            }
            for one in found.quiet
        ],
    }


def text(found: Overview, sentence: str) -> str:
    """The same in a few lines."""
    people, covered = found.adoption.so_far, found.coverage
    running = found.weeks.rows[-1]
    told = [
        f"taking part   {people.active} of {people.expected} ({found.adoption.change:+d})",
        f"this week     {running.answered} answered, {running.other} other",
    ]
    rest = [
        f"in time       {covered.on_time} of {covered.on_time + covered.late}",
        f"waiting       {covered.late} ({covered.late - found.coverage_before.late:+d})",
        *(f"{stage.stage:<13} {stage.candidates}" for stage in found.stages),
    ]
    return "\n".join([sentence, *(told if found.told else []), *rest])


def _coverage(coverage: Coverage) -> dict[str, int | None]:
    return {**coverage._asdict(), "percent": coverage.percent}
