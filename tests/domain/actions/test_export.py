"""The day's actions as rows; a spreadsheet runs none of their cells."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions import action
from app.domain.actions.export import HEADER, daily_csv
from tests.domain.actions.test_action import NOW, Desk

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def test_a_day_without_the_undone_and_without_other_days(desk: Desk) -> None:
    desk.log(at=NOW, note="Belt terug")
    desk.log(at=NOW - timedelta(days=1))
    action.undo(desk.people.sanne, desk.log(at=NOW - timedelta(hours=1)).action_id, NOW)
    header, row = daily_csv(NOW.date(), ZONE)
    assert header == HEADER
    found = dict(zip(header, row, strict=True))
    assert found["time"] == "2026-03-04T11:00:00+01:00"
    assert (found["recruiter"], found["kind"], found["points"], found["note"]) == (
        "Sanne de Vries",
        "conversation",
        "30",
        "Belt terug",
    )


@pytest.mark.parametrize("note", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(desk: Desk, note: str) -> None:
    desk.log(note=note)
    assert list(daily_csv(NOW.date(), ZONE))[1][HEADER.index("note")] == f"'{note}"
