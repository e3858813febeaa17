"""Tests of the leaderboard: what somebody sees of a board, with the whole board in memory as the judge."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from app.db import db
from app.domain.agency.person import Role
from app.domain.game import standings
from app.domain.game.leaderboard import Board, moved_since, people_board, place_of, risen, team_board
from app.domain.game.running_total import Standing
from app.domain.game.standings import Row
from app.domain.program.program import withdraw_consent
from tests import make
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, start

SCORES = st.lists(st.tuples(st.integers(-1, 6).map(lambda points: points * 10), st.integers(1, 2)), max_size=14)


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.fixture
def crowd(scene: Scene) -> list[int]:
    return [scene.person_id, *(make.person(f"Persoon{number} Zus").id for number in range(13))]


def _stand(scene: Scene, person_id: int, points: int, helped: int = 1, team_id: int | None = None) -> Row:
    db.session.execute(
        insert(Standing).values(
            program_id=scene.program_id,
            scope="person",
            period="week",
            period_start=WEEK.start,
            subject_id=person_id,
            team_id=team_id,
            points=points,
            sort_key=points,
            helped=helped,
            actions=1,
        )
    )
    return Row(person_id, points, helped)


def _board(scene: Scene, *, everyone: bool = False, team_id: int | None = None) -> Board:
    return people_board(
        scene.program_id, "week", WEDNESDAY, viewer=scene.people.sanne, everyone=everyone, team_id=team_id
    )


def _shown(board: Board) -> list[tuple[int, int | None, bool]]:
    return sorted((row.subject_id, row.place, row.shared) for row in board.rows)


@settings(max_examples=60)
@given(scores=SCORES)
def test_what_is_shown_is_what_the_whole_board_would_show(
    scene: Scene, crowd: list[int], scores: list[tuple[int, int]]
) -> None:
    db.session.execute(delete(Standing))
    rows = [_stand(scene, who, *score) for who, score in zip(crowd, scores, strict=False)]
    whole = standings.standings(rows or [Row(scene.person_id, 0)])
    upper = standings.upper_half(whole, scene.person_id)
    assert _shown(_board(scene, everyone=True)) == sorted((p.person_id, p.place, p.shared) for p in upper)
    mine = _board(scene).mine
    assert mine == place_of(scene.program_id, "week", WEDNESDAY, scene.person_id)
    assert mine.gap == (standings.to_next_place(whole, scene.person_id) if mine.place else None)


def test_near_me_is_the_top_three_and_two_on_either_side(scene: Scene, crowd: list[int]) -> None:
    for number, who in enumerate(reversed(crowd)):
        _stand(scene, who, 500 - 10 * number if who != scene.person_id else 435)
    assert [row.place for row in _board(scene).rows] == [1, 2, 3, 6, 7, 8, 9, 10]
    assert [row.points for row in _board(scene).rows if row.me] == [435]


def test_the_gap_leads_to_the_nearest_place_above(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (40, 100, 70, 70, 10), strict=False):
        _stand(scene, who, points)
    mine = place_of(scene.program_id, "week", WEDNESDAY, scene.person_id)
    assert (mine.points, mine.place, mine.gap, mine.next_place, mine.shared) == (40, 4, 30, 2, False)


def test_benchmarks_are_the_end_of_the_top_quarter_and_of_the_upper_half(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (80, 70, 60, 50, 40, 30, 20, 10), strict=False):
        _stand(scene, who, points)
    board = _board(scene)
    assert (board.quarter, board.median) == (70, 50)


def test_few_people_have_no_benchmarks(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (80, 70, 60, 50), strict=False):
        _stand(scene, who, points)
    assert (_board(scene).quarter, _board(scene).median) == (None, None)


def test_whoever_has_no_points_sees_themselves_without_a_place(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, crowd[1], 40)
    assert [(row.name, row.place, row.points) for row in _board(scene).rows][1:] == [("Sanne de Vries", None, 0)]


def test_a_sponsor_who_does_not_play_is_not_on_it(scene: Scene) -> None:
    board = people_board(scene.program_id, "week", WEDNESDAY, viewer=scene.people.ines)
    assert scene.people.ines.role == Role.SPONSOR
    assert list(board.rows) == []


def test_one_team_has_its_own_places(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, scene.person_id, 40, team_id=scene.team_id)
    _stand(scene, crowd[1], 90, team_id=scene.other_team_id)
    board = _board(scene, team_id=scene.team_id)
    assert _shown(board) == [(scene.person_id, 1, False)]


def test_somebody_who_left_stays_on_boards_of_the_past(scene: Scene) -> None:
    _stand(scene, scene.people.gone.id, 40)
    assert [row.name for row in _board(scene).rows][:1] == ["Gerrit Los"]


def test_equals_are_in_order_of_name(scene: Scene) -> None:
    for person in (scene.people.otto, scene.people.sanne, scene.people.bram):
        _stand(scene, person.id, 40)
    rows = _board(scene).rows
    assert [row.name for row in rows] == ["Otto van der Berg", "Bram Jansen", "Sanne de Vries"]
    assert {(row.place, row.shared) for row in rows} == {(1, True)}


def test_without_consent_there_are_only_my_own_points(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(60, person_id=scene.colleague_id, candidate_id=2)
    withdraw_consent(scene.program_id, scene.now)
    board = _board(scene, everyone=True)
    assert [(row.name, row.place, row.points) for row in board.rows] == [("Sanne de Vries", None, 30)]
    assert (board.compared, board.mine.points, board.mine.place) == (False, 30, None)
    assert place_of(scene.program_id, "week", WEDNESDAY, scene.person_id).place is None


def test_teams_are_there_without_consent(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(60, person_id=scene.people.otto.id, team_id=scene.other_team_id, candidate_id=2)
    withdraw_consent(scene.program_id, scene.now)
    board = team_board(scene.program_id, "week", WEDNESDAY, viewer=scene.people.sanne)
    assert [(row.name, row.place, row.points, row.me) for row in board.rows] == [
        ("Breda", 1, 60, False),
        ("Zwolle", 2, 30, True),
    ]
    assert (board.mine.gap, board.mine.next_place) == (30, 1)


def test_movement_in_a_week_is_since_yesterday(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 17))
    scene.earn(40, on=date(2026, 11, 17), person_id=scene.colleague_id, candidate_id=2)
    scene.earn(30, on=WEDNESDAY, candidate_id=3)
    board = _board(scene)
    since = moved_since(board, WEDNESDAY)
    assert since == WEDNESDAY
    assert risen(board, since) == {scene.person_id: 1, scene.colleague_id: -1}


def test_movement_in_a_month_is_since_monday(scene: Scene) -> None:
    board = people_board(scene.program_id, "month", WEDNESDAY, viewer=scene.people.sanne)
    assert moved_since(board, WEDNESDAY) == date(2026, 11, 16)


@pytest.mark.parametrize("today", [WEEK.start, WEEK.end])
def test_on_the_first_day_and_on_boards_of_the_past_nobody_moves(scene: Scene, today: date) -> None:
    assert moved_since(_board(scene), today) is None


def test_who_had_no_place_has_not_risen(scene: Scene) -> None:
    scene.earn(30, on=WEDNESDAY)
    assert risen(_board(scene), WEDNESDAY) == {}
