"""`flask tune-half-life`: what the lab proposes from the agency's own past; changes nothing."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.domain.lab import proposal
from app.domain.lab.proposal import Learned, Proposal
from app.domain.scoring import tuning
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset
from app.domain.scoring.tuning import Quality


def register(app: Flask) -> None:
    app.cli.add_command(tune_half_life)


@click.command("tune-half-life")
@with_appcontext
def tune_half_life() -> None:
    """Find the half-life and points that best foretold who answered within seven days of a contact."""
    found = proposal.from_own_past(clock.now())
    for line in _lines(found, found.learned, live().ruleset) if found.learned else [_too_little(found)]:
        click.echo(line)


def _too_little(found: Proposal) -> str:
    least, each = tuning.LEAST_OUTCOMES, tuning.LEAST_OF_EACH
    known = f"there are {found.chances}, {found.acted} of them answered"
    return f"not enough data: needs {least} contacts a week old or older, {each} answered and {each} not; {known}"


def _lines(found: Proposal, learned: Learned, present: Ruleset) -> list[str]:
    changes = [
        f"{kind} {learned.rules.rule(kind).points:g} points (in use: {present.rule(kind).points:g})"
        for kind in learned.changed
    ]
    half_life = f"half-life {learned.rules.half_life_days:g} days (in use: {present.half_life_days:g})"
    same = not changes and learned.rules.half_life_days == present.half_life_days
    verdict = _verdict(found, same=same)
    return [
        f"{found.chances} contacts, {found.acted} answered within seven days",
        *(half_life, *changes),
        f"on the older: {_both(learned.quality)}; as in use {_both(learned.present)}",
        f"on the newest {found.newest}: {_both(found.then)}; as in use {_both(found.present)}: {verdict}",
    ]


def _verdict(found: Proposal, *, same: bool) -> str:
    if found.is_better:
        return "better: look for a proposal in the lab, and accept it if you agree"
    if not found.foretells:
        return f"no better than chance (AUC below {found.chance:.3f}): keep what is in use"
    return "the same: nothing to change" if same else "no better: keep what is in use"


def _both(quality: Quality | None) -> str:
    return f"AUC {quality.auc:.3f} top {quality.top:.3f}" if quality else "-"
