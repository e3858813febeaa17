"""`flask sponsor`: whether the program is used and who waits, as the sponsor's page says it."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.oversight import sponsor_page
from app.domain.oversight.scope import Question, Span
from app.domain.oversight.sponsor_page import Asked, SponsorPage
from app.language import in_language
from app.words import measures
from app.words.candidates import stage_label
from app.words.sponsor import closed_sentence
from app.words.sponsor_facts import closed_facts, facts
from app.words.verdict import verdict_sentence


def register(app: Flask) -> None:
    app.cli.add_command(sponsor)


@click.command("sponsor")
@click.option("--at", "moment", default="", metavar="ISO", help="The moment; without a zone it is UTC. Default: now.")
@click.option(
    "--period", type=click.Choice([str(span) for span in Span]), default="4", help="As on the page. Default: 4 weeks."
)
@click.option("--team", type=int, help="Only of the team with this number.")
@click.option("--branch", type=int, help="Only of the branch with this number.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@with_appcontext
def sponsor(*, moment: str, period: str, team: int | None, branch: int | None, as_json: bool) -> None:
    """The sponsor's figures; people are named nowhere, and zeros are said as zeros."""
    agency, settings = the_agency(), current_app.config["SETTINGS"]
    try:
        at = clock.parse(moment) if moment else clock.now()
    except ValueError as error:
        raise click.BadParameter(f"{moment} is no ISO 8601 moment", param_hint="--at") from error
    question = Question(Span(period), team, branch)
    zone = agency.zone if agency else ZoneInfo(settings.timezone)
    asked = sponsor_page.ask(None, question, at, zone)
    with in_language("en"):
        click.echo(as_text(asked) if not as_json else json.dumps(as_facts(asked), ensure_ascii=False, indent=2))


def as_facts(asked: Asked) -> dict[str, Any]:
    """For a program."""
    return closed_facts(asked) if asked.closed else facts(sponsor_page.draw(asked))


def as_text(asked: Asked) -> str:
    """For people."""
    return closed_sentence() if asked.closed else text(sponsor_page.draw(asked))


def text(page: SponsorPage) -> str:
    """The same in a few lines: the verdict, every figure with the period before, and the stages."""
    figures = [_line(measures.name(code), _figure(page, code)) for code in page.figures.figures]
    stages = [_line(stage_label(stage.stage), str(stage.candidates)) for stage in page.figures.stages]
    return "\n".join([verdict_sentence(page.verdict), "", *figures, "", *stages])


def _figure(page: SponsorPage, code: str) -> str:
    figure = page.figures.figures[code]
    if figure.hidden:
        return "hidden"
    now, before = (measures.value(code, number) for number in (figure.value, figure.before))
    return f"{now} (before: {before})"


def _line(label: str, said: str) -> str:
    return f"{label:<26}{said}"
