"""Every move between stages is kept, the first one too."""

from datetime import timedelta

import pytest

from app.domain.candidates import candidate
from app.domain.candidates.candidate import Candidate, Facts, Stage
from tests import make

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


def moves(row: Candidate) -> list[tuple[str | None, str, str]]:
    return [(each.from_stage, each.to_stage, each.reason) for each in make.moves_of(row.id)]


def test_coming_in_is_a_move() -> None:
    assert moves(candidate.add(None, Facts("Jan", stage=Stage.ENGAGE), NOW)) == [(None, "engage", "")]


def test_moving() -> None:
    row = make.candidate("Jan")
    candidate.move(row, Stage.CONVERT, reason="geplaatst", by_id=None, now=NOW + timedelta(1))
    assert make.moves_of(row.id)[0].moved_at == row.updated_at == NOW + timedelta(1)
    assert (row.stage, moves(row)) == (Stage.CONVERT, [("engage", "convert", "geplaatst")])


def test_staying_is_no_move() -> None:
    row = make.candidate("Jan")
    candidate.move(row, Stage.ENGAGE, reason="", by_id=None, now=NOW + timedelta(1))
    assert (moves(row), row.updated_at) == ([], NOW)


def test_changing_the_facts_moves_too() -> None:
    row = candidate.add(None, Facts("Jan"), NOW)
    candidate.change(row, Facts("Jan", stage=Stage.NURTURE), NOW, reason="later")
    candidate.change(row, Facts("Jan", stage=Stage.NURTURE), NOW, reason="nog eens")
    assert moves(row) == [("attract", "nurture", "later"), (None, "attract", "")]


def test_names_sort_by_what_was_told_apart() -> None:
    row = candidate.add(None, Facts("Jan op den Camp", "Jan", prefix="op den", family_name="Camp"), NOW)
    assert row.sort_name == "camp, jan op den"
    row = candidate.add(None, Facts("Van Gogh", family_name="Van Gogh"), NOW)
    assert row.sort_name == "van gogh"
