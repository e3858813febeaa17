"""The improvement log: from an idea to what came of it, and its days as markers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.oversight import improvement, sponsor_deed
from app.domain.oversight.improvement import Improvement, Marker, NotNow, State
from tests import make

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
DAY = date(2026, 10, 1)
LATER = DAY + timedelta(days=20)


@pytest.fixture
def row(session: None) -> Improvement:
    make.agency()
    by = make.person("Sanne de Vries")
    return improvement.raise_idea(make.program().id, "Bel elke afwijzing.", by_id=by.id, now=NOW)


def take_up(row: Improvement, day: date = DAY) -> None:
    improvement.take_up(row, make.person(f"L{day} Mulder"), "satisfaction", day)


def states(row: Improvement) -> list[State]:
    return [state for state in State if improvement.of_program(row.program_id, state).rows]


def test_from_idea_to_result(row: Improvement) -> None:
    found = [states(row)]
    take_up(row)
    found.append(states(row))
    improvement.finish(row, "Het werkt.", LATER, dropped=False)
    assert [*found, states(row)] == [[State.RAISED], [State.RUNNING], [State.DONE]]


def test_an_idea_can_be_dropped_at_once_but_not_carried_out(row: Improvement) -> None:
    with pytest.raises(NotNow):
        improvement.finish(row, "Gedaan.", DAY, dropped=False)
    improvement.finish(row, "Past niet.", DAY, dropped=True)
    assert states(row) == [State.DROPPED]
    with pytest.raises(NotNow):
        improvement.finish(row, "Toch.", DAY, dropped=True)
    with pytest.raises(NotNow):
        take_up(row)


def test_another_owner_does_not_begin_anew_and_reopening_goes_on(row: Improvement) -> None:
    take_up(row)
    take_up(row, LATER)
    improvement.finish(row, "Klaar.", LATER, dropped=False)
    improvement.reopen(row)
    assert (row.started_on, row.ended_on, row.result, states(row)) == (DAY, None, "", [State.RUNNING])


def test_names_of_who_raised_it_and_who_takes_care(row: Improvement) -> None:
    take_up(row)
    (entry,) = improvement.named([row])
    assert (entry.raised_by, entry.owner) == ("Sanne de Vries", f"L{DAY} Mulder")


def test_its_days_are_markers_within_the_period(row: Improvement) -> None:
    assert improvement.markers(row.program_id, DAY, LATER) == []
    take_up(row)
    improvement.finish(row, "Klaar.", LATER, dropped=False)
    begun, done = Marker(DAY, row.idea, done=False), Marker(LATER, row.idea, done=True)
    assert improvement.markers(row.program_id, DAY, LATER) == [begun, done]
    assert improvement.markers(row.program_id, DAY + timedelta(days=1), LATER) == [done]
    assert improvement.markers(row.program_id, DAY, LATER - timedelta(days=1)) == [begun]


def test_what_was_dropped_marks_only_its_beginning(row: Improvement) -> None:
    take_up(row)
    improvement.finish(row, "Niets.", LATER, dropped=True)
    assert [each.done for each in improvement.markers(row.program_id, DAY, LATER)] == [False]


def test_deeds_are_read_by_their_day_and_can_be_taken_back(row: Improvement) -> None:
    by, program = row.raised_by_id or 0, row.program_id
    for days, text in ((3, "Later."), (9, "Eerder.")):
        sponsor_deed.write_down(program, DAY - timedelta(days=days), text, by_id=by, now=NOW)
    newest, _ = found = sponsor_deed.latest(program)
    assert [each.text for each in found] == ["Later.", "Eerder."]
    sponsor_deed.take_back(newest)
    assert [each.text for each in sponsor_deed.latest(program)] == ["Eerder."]
    assert sponsor_deed.find(program + 1, found[1].id) is None
