"""The day's actions as rows; a spreadsheet runs none of their cells."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions import action
from app.domain.actions.export import HEADER, daily_csv
from app.domain.actions.outcome import Outcome
from app.domain.candidates import table_file
from app.domain.candidates.candidate import branch_of
from tests import make
from tests.domain.actions.test_action import NOW, Desk

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def test_a_day_without_the_undone_and_without_other_days(desk: Desk) -> None:
    desk.log(at=NOW, note="Belt terug")
    desk.log(at=NOW - timedelta(days=1))
    action.undo(desk.people.sanne, desk.log(at=NOW - timedelta(hours=1)).action_id, NOW)
    header, row = daily_csv(desk.people.ada, NOW.date(), ZONE)
    assert header == HEADER
    found = dict(zip(header, row, strict=True))
    assert found["time"] == "2026-03-04T11:00:00+01:00"
    assert (found["recruiter"], found["kind"], found["points"], found["note"]) == (
        "Sanne de Vries",
        "conversation",
        "30",
        "Belt terug",
    )


@pytest.mark.parametrize("note", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "'=1"])
def test_no_cell_is_a_formula(desk: Desk, note: str) -> None:
    desk.log(note=note)
    header, *rows = daily_csv(desk.people.ada, NOW.date(), ZONE)
    content = table_file.compose(header, rows, ";")
    assert f"'{note}".encode() in content
    assert table_file.read(content, 10).rows[0].cells[HEADER.index("note")] == note


def test_a_lead_gets_only_whom_they_may_see(desk: Desk) -> None:
    desk.log(at=NOW)
    elsewhere = branch_of(desk.people.otto.id)
    hidden = make.candidate("Zoë Zuid", owner=desk.people.otto, branch_id=elsewhere)
    action.log(desk.people.otto, hidden, Outcome.SPOKE, at=NOW, now=NOW)
    found = {who: list(daily_csv(getattr(desk.people, who), NOW.date(), ZONE)) for who in ("ada", "lead")}
    assert [len(rows) for rows in found.values()] == [3, 2]
    assert "Zoë Zuid" not in str(found["lead"])
