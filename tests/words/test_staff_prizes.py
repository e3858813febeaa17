"""What the works council reads of competitions, rewards and kudos follows the settings."""

import pytest
from flask import Flask

from app.domain.program.program import Program, the_program, withdraw_consent
from app.words.staff_prizes import prizes
from tests import make
from tests.people import make_people


@pytest.fixture
def program(app: Flask, session: None) -> Program:
    make_people()
    found = the_program()
    assert found
    return found


def said(program: Program) -> str:
    chapter = prizes(program)
    return " ".join([*chapter.said, *chapter.points])


def test_it_says_how_many_kudos_there_are(program: Program) -> None:
    program.kudos_a_month = 3
    assert "3 pluimen per maand" in said(program)
    program.kudos_a_month = 0
    assert "Niemand kan pluimen geven." in said(program)


def test_without_consent_only_teams_compete(program: Program) -> None:
    assert "tussen mensen en tussen teams" in said(program)
    withdraw_consent(program.id, make.START)
    assert "alleen wedstrijden met teams" in said(program)


def test_levels_are_mentioned_where_they_are_shown(program: Program) -> None:
    assert "Niveaus" not in said(program)
    program.levels = True
    assert "Niveaus zijn zichtbaar" in said(program)
