"""The bench of dry runs holds every format on the calls of a desk."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.game.competing.competition import Format
from app.domain.game.ledger_entry import LedgerEntry
from tests.bench import dry_run
from tests.bench.season_replay import SEASON, ZONE, Call

A_DAY = timedelta(days=1)


def calls() -> list[Call]:
    """Two people who each phone somebody new every day of the weeks before the end of the season."""
    days = [SEASON.end - number * A_DAY for number in range(1, 50)]
    return [
        Call(who, f"{who}{day}", day, clock.wall(day, 600, ZONE), timedelta(minutes=2))
        for day in reversed(days)
        for who in ("a", "b")
    ]


@pytest.mark.usefixtures("session")
def test_every_format_is_held_and_timed() -> None:
    assert dry_run.fill(calls()) == 98
    assert db.session.scalar(select(func.sum(LedgerEntry.points))) == 98 * 30
    found = dry_run.figures(SEASON.end, weeks=(2,))
    assert {each.format for each in found} == set(Format)
    assert all(each.runs == 4 for each in found)
    assert "most" in dry_run.told(found)


def test_without_the_data_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dry_run, "DATA", Path("nowhere"))
    assert dry_run.main() == 0
    assert "no data at nowhere" in capsys.readouterr().out
