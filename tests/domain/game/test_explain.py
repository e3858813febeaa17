"""Tests of the explanation: every total on every board is the sum of the rows behind it, whatever happened."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.db import db
from app.domain.game import appearance, ledger
from app.domain.game.excerpt import BoardKey
from app.domain.game.explain import explain
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.running_total import Standing, period_from
from app.domain.program import season
from app.domain.program.program import Program, the_program
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, show_names, start

LATE = timedelta(days=12)


class Deed(NamedTuple):
    """Somebody earns on a day, at once or late; perhaps it is taken back, at once or late."""

    who: int
    points: int
    days_ago: int
    late: bool
    undone: bool


DEEDS = st.lists(
    st.builds(
        Deed,
        st.integers(0, 2),
        st.sampled_from([0, 5, 10, 30, -20]),
        st.integers(0, 40),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@pytest.fixture
def scene(session: None) -> Scene:
    scene = start()
    show_names(scene)
    season.add(scene.program_id, "Herfst", date(2026, 10, 19), date(2026, 11, 8), by_id=None, now=scene.now)
    return scene


def _program() -> Program:
    program = the_program()
    assert program
    return program


def _play(scene: Scene, deeds: list[Deed]) -> None:
    people = (scene.people.sanne, scene.people.bram, scene.people.otto)
    first = (db.session.scalar(select(func.max(LedgerEntry.source_id))) or 0) + 1
    for number, deed in enumerate(deeds, first):
        person, day = people[deed.who], WEDNESDAY - timedelta(days=deed.days_ago)
        recorded = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + (LATE if deed.late else timedelta())
        facts: dict[str, Any] = {
            "person_id": person.id,
            "team_id": person.team_id,
            "source_id": number,
            "recorded_at": recorded,
        }
        scene.earn(deed.points, on=day, kind="adjust" if deed.points < 0 else "earn", candidate_id=number, **facts)
        if deed.undone:
            ledger.reverse("action", number, by_id=None, now=recorded)


def _pages(scene: Scene, row: Standing, key: BoardKey) -> Iterator[int]:
    dates = period_from(row.period, row.period_start)
    viewer = next(person for person in vars(scene.people).values() if person.id == row.subject_id)
    assert dates
    number = last = 1
    while number <= last:
        shown = explain(_program(), key, dates, viewer=viewer, person_id=viewer.id, number=number)
        assert shown
        yield sum(each.points for each in shown.page.rows)
        number, last = number + 1, shown.page.last


@settings(max_examples=20)
@given(deeds=DEEDS)
def test_every_total_is_the_sum_of_its_rows(scene: Scene, deeds: list[Deed]) -> None:
    _play(scene, deeds)
    rows = db.session.scalars(select(Standing).where(Standing.scope == "person")).all()
    for row in rows:
        key = BoardKey(row.program_id, row.period, row.period_start)  # type: ignore[arg-type] # one of its kinds
        assert sum(_pages(scene, row, key)) == row.points, (row.period, row.period_start)


def _opens(scene: Scene, viewer: str, of: str) -> bool:
    key, people = BoardKey(scene.program_id, "week", WEEK.start), vars(scene.people)
    return explain(_program(), key, WEEK, viewer=people[viewer], person_id=people[of].id) is not None


@pytest.mark.parametrize(
    ("viewer", "opens"),
    [("sanne", True), ("lead", True), ("ada", True), ("bram", False), ("ines", False), ("otto", False)],
)
def test_rows_are_for_oneself_and_who_may_see_days_off(scene: Scene, viewer: str, opens: bool) -> None:
    assert _opens(scene, viewer, "sanne") == opens


@pytest.mark.parametrize("mode", ["hidden", "pseudonym", "team", "off"])
def test_nobody_opens_those_of_whoever_is_not_there_by_name(scene: Scene, mode: str) -> None:
    if mode == "hidden":
        appearance.choose(scene.people.sanne, "hidden", scene.now)
    else:
        appearance.set_mode(_program(), mode, all_time=False)
    assert [_opens(scene, viewer, "sanne") for viewer in ("lead", "ada", "sanne")] == [False, False, True]
