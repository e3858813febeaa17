"""The rhythm of a program: the usual cadences, with its own rules in their place."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.program import cadence
from app.domain.program.program import the_program
from app.domain.scoring.situation import APPLICATION_CADENCES, STAGE_CADENCES, Cadence, Model


def model(s50: float, own: Mapping[str, int]) -> Model:
    """The settings of a ranking under a program's own rules; working days stay working days."""
    stages, applications = _with(own, STAGE_CADENCES), _with(own, APPLICATION_CADENCES)
    return Model(s50=s50, stage_cadences=stages, application_cadences=applications)


def usual(stage: str, application_state: str | None) -> Cadence:
    """How long somebody with whom nothing was agreed may go without an attempt."""
    return model(1.0, _own()).usual_cadence(stage, application_state)


def by_stage() -> dict[str, Cadence]:
    """How long somebody in each stage may go without an attempt."""
    return _with(_own(), STAGE_CADENCES)


def _own() -> Mapping[str, int]:
    program = the_program()
    return cadence.rules_of(program) if program else {}


def _with(own: Mapping[str, int], cadences: Mapping[str, Cadence]) -> dict[str, Cadence]:
    return {name: replace(one, days=own.get(name, one.days)) for name, one in cadences.items()}
