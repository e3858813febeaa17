"""`flask tune-half-life`: proposes a half-life from the agency's own past, and changes nothing."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.domain.lab import half_life
from app.domain.lab.half_life import Proposal
from app.domain.scoring import tuning
from app.domain.scoring.tuning import Found, Quality


def register(app: Flask) -> None:
    app.cli.add_command(tune_half_life)


@click.command("tune-half-life")
@with_appcontext
def tune_half_life() -> None:
    """Find the half-life that best foretold who answered within seven days of a contact."""
    proposal = half_life.propose(clock.now())
    for line in _lines(proposal, proposal.found) if proposal.found else [_too_little(proposal)]:
        click.echo(line)


def _too_little(proposal: Proposal) -> str:
    least, each = tuning.LEAST_OUTCOMES, tuning.LEAST_OF_EACH
    known = f"there are {proposal.outcomes}, {proposal.answered} of them answered"
    return f"not enough data: needs {least} contacts a week old or older, {each} answered and {each} not; {known}"


def _lines(proposal: Proposal, found: Found) -> list[str]:
    if proposal.is_better:
        verdict = "better: publish it under Program, Score if you agree"
    elif not proposal.foretells:
        verdict = f"no better than chance (AUC below {proposal.chance:.3f}): keep what is in use"
    elif found.days == found.present_days:
        verdict = "the same: nothing to change"
    else:
        verdict = "no better: keep what is in use"
    chosen = f"half-life {found.days:g} days (in use: {found.present_days:g}), chosen on the older {found.outcomes}"
    before = f"with {found.present_days:g} days"
    return [
        f"{proposal.outcomes} contacts, {proposal.answered} answered within seven days",
        f"{chosen}: {_both(found.quality)}; {before} {_both(found.present)}",
        f"on the newest {proposal.newest}: {_both(proposal.then)}; {before} {_both(proposal.present)}: {verdict}",
    ]


def _both(quality: Quality | None) -> str:
    return f"AUC {quality.auc:.3f} top {quality.top:.3f}" if quality else "-"
