"""Who meets whom: rounds asked at once are those asked week by week, and what ended reads as it did."""

from datetime import timedelta

import pytest

from app.domain.agency.person import Person
from app.domain.game.competing import bracket, finalising, meeting, pairing, taking_part, tally
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import active
from app.domain.game.competing.life import dates_of
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FRIDAY, GRACE_OVER, MONDAY, Arena
from tests.page import counted

pytestmark = pytest.mark.usefixtures("session")
WEEK = timedelta(weeks=1)


def _played(format_: Format) -> tuple[Arena, Competition, list[int]]:
    """Sanne, Otto, Bram and Lea meet; in the first week Lea and Otto win, in the second Otto."""
    here = arena.start()
    row = here.publish(format_, last=FRIDAY + WEEK)
    people: list[Person] = [getattr(here.scene.people, name) for name in ("sanne", "otto", "bram", "lead")]
    for person, points in zip(people, (400, 300, 200, 100), strict=True):
        _earn(here, person, points, -WEEK)
    pairing.seat(row)
    for person, points in ((people[3], 300), (people[1], 200), (people[0], 100)):
        _earn(here, person, points)
    _earn(here, people[1], 100, WEEK)
    return here, row, [person.id for person in people]


def _earn(here: Arena, person: Person, points: int, later: timedelta = timedelta()) -> None:
    on = MONDAY + later
    here.scene.earn(points, person_id=person.id, on=on, source_id=person.id * 100 + on.day)


def test_all_weeks_at_once_are_the_weeks_one_by_one() -> None:
    _here, row, people = _played(Format.BRACKET)
    weeks = bracket.weeks(dates_of(row))
    with counted() as asked:
        found = tally.facts_in(row, people, weeks)
    assert [tally.scored(row, facts) for facts in found] == [tally.people_scores(row, people, week) for week in weeks]
    assert [len(facts.had) for facts in found] == [3, 1]
    assert len(asked) <= 5


def test_the_rounds_of_a_bracket_while_it_runs_and_afterwards() -> None:
    _here, row, people = _played(Format.BRACKET)
    sanne, otto, bram, lead = people
    first, final = meeting.rounds_now(row, [], 1)
    assert [each[:3] for each in first] == [(sanne, lead, lead), (otto, bram, otto)]
    assert [each[:3] for each in final] == [(lead, otto, otto)]


def test_before_the_first_point_nobody_is_ahead_in_a_round() -> None:
    here = arena.start()
    row = here.publish(Format.BRACKET, last=FRIDAY + WEEK)
    assert meeting.rounds(row, 0) == []
    pairing.seat(row)
    assert [each.ahead for each in meeting.rounds(row, 0)[0][:1]] == [None]
    assert meeting.rounds(row, 2)[1][0].ahead, "when it is over the higher seat went on"


def test_a_result_keeps_the_rounds_of_who_won_and_declined_later() -> None:
    """By places alone it would seem that whoever lost to them went on."""
    here, row, (sanne, otto, bram, _lead) = _played(Format.BRACKET)
    taking_part.decline(row, here.scene.people.lead, GRACE_OVER + timedelta(days=2))
    result = finalising.review(row, GRACE_OVER + WEEK)
    assert result
    first, final = meeting.rounds_kept(result)
    assert list(map(tuple, first)) == [(sanne, None, None, {}), (otto, bram, otto, {})]
    assert list(map(tuple, final)) == [(None, otto, otto, {})]


def test_a_result_keeps_the_pairs() -> None:
    _here, row, (sanne, otto, *_rest) = _played(Format.HEAD_TO_HEAD)
    result = finalising.review(row, GRACE_OVER + WEEK)
    assert result
    assert meeting.rounds_kept(result)[0][0][:3] == (sanne, otto, otto)


def test_pairs_while_they_run() -> None:
    _here, row, (sanne, otto, *_rest) = _played(Format.HEAD_TO_HEAD)
    (running,) = meeting.rounds_now(row, active(row.id), 0)
    assert (running[0].first, running[0].second, running[0].ahead) == (sanne, otto, otto)
    assert running[0].of(otto)
    assert set(running[0].scores) == {sanne, otto}


def test_who_is_left_over_meets_the_middle() -> None:
    _here, row, _people = _played(Format.HEAD_TO_HEAD)
    ((*_, alone),) = meeting.rounds_now(row, active(row.id), 0)
    assert alone.second is None
    assert alone.ahead is None, "without points they are below the middle"
