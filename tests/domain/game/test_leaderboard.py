"""Tests of the leaderboard: what somebody sees of a board, with the whole board in memory as the judge."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from app.clock import Period, month_of
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.game import appearance, benchmarks, standings
from app.domain.game.excerpt import BoardKey, Kind
from app.domain.game.fairness import Weight, person_score
from app.domain.game.leaderboard import Board, MyPlace, people_board, place_of, team_board
from app.domain.game.risen import moved_since, places_then, risen
from app.domain.game.running_total import Standing
from app.domain.game.standings import Row
from app.domain.program.program import Program, the_program, withdraw_consent
from tests import make
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, show_names, start

WEIGHT = Weight(5, 5)
SCORES = st.lists(
    st.tuples(st.integers(-1, 6).map(lambda points: points * 10), st.integers(1, 2), st.integers(2, 5)), max_size=14
)


@pytest.fixture
def scene(session: None) -> Scene:
    places_then.cache_clear()
    scene = start()
    show_names(scene)
    return scene


@pytest.fixture
def crowd(scene: Scene) -> list[int]:
    return [scene.person_id, *(make.person(f"Persoon{number} Zus").id for number in range(13))]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every board is one of thousands, of which the benchmarks are kept."""
    monkeypatch.setattr(benchmarks, "LARGE", 1)
    benchmarks.forget()
    yield
    benchmarks.forget()


def _program() -> Program:
    program = the_program()
    assert program
    return program


def _key(
    period: Kind = "week", start: date = WEEK.start, team: int | None = None, branch: int | None = None
) -> BoardKey:
    return BoardKey(_program().id, period, start, team, branch)


def _stand(
    scene: Scene, person_id: int, points: int, tie: int = 1, *, days: int = 5, team_id: int | None = None
) -> Row:
    weight = Weight(5, days)
    score = person_score(points, weight)
    facts = {"program_id": scene.program_id, "scope": "person", "period": "week", "period_start": WEEK.start}
    counted = {"points": points, "helped": tie, "actions": 1, "verified": 0, "worked_days": 1}
    weighed = weight._asdict() | {"sort_key": score, "tie_key": tie, "hidden": False}
    db.session.execute(insert(Standing).values(subject_id=person_id, team_id=team_id, **facts, **counted, **weighed))
    return Row(person_id, score, tie, points, tie, weight)


def _board(
    scene: Scene,
    *,
    everyone: bool = False,
    viewer: Person | None = None,
    team: int | None = None,
    branch: int | None = None,
) -> Board:
    viewer = viewer or scene.people.sanne
    return people_board(_program(), _key(team=team, branch=branch), WEEK, viewer=viewer, everyone=everyone)


def _mine(scene: Scene) -> MyPlace:
    return place_of(_program(), _key(), scene.person_id)


def _shown(board: Board) -> list[tuple[int, int | None, bool]]:
    return sorted((row.subject_id, row.place, row.shared) for row in board.rows)


@settings(max_examples=30)
@given(scores=SCORES)
def test_what_is_shown_is_what_the_whole_board_would_show(
    scene: Scene, crowd: list[int], scores: list[tuple[int, int, int]]
) -> None:
    db.session.execute(delete(Standing))
    rows = [_stand(scene, who, points, tie, days=days) for who, (points, tie, days) in zip(crowd, scores, strict=False)]
    whole = standings.standings(rows or [Row(scene.person_id, 0)])
    upper = standings.upper_half(whole, scene.person_id)
    assert _shown(_board(scene, everyone=True)) == sorted((p.person_id, p.place, p.shared) for p in upper)
    mine = _board(scene).mine
    assert mine == _mine(scene)
    assert mine.gap == (standings.to_next_place(whole, scene.person_id) if mine.place else None)


@settings(max_examples=30)
@given(scores=SCORES)
def test_a_large_board_shows_the_same_without_looking_its_benchmarks_up_again(
    scene: Scene, crowd: list[int], large: None, scores: list[tuple[int, int, int]]
) -> None:
    benchmarks.forget()
    db.session.execute(delete(Standing))
    for who, (points, tie, days) in zip(crowd, scores, strict=False):
        _stand(scene, who, points, tie, days=days)
    for everyone in (False, True):
        looked_up = _board(scene, everyone=everyone)
        assert _board(scene, everyone=everyone) == looked_up


def test_the_rows_of_a_large_board_are_those_of_now(scene: Scene, crowd: list[int], large: None) -> None:
    for number, who in enumerate(crowd):
        _stand(scene, who, 100 + 10 * number)
    before = _board(scene)
    move = update(Standing).where(Standing.subject_id == scene.person_id)
    db.session.execute(move.values(points=225, sort_key=22_500))
    after = _board(scene)
    assert (before.mine.place, after.mine.place) == (14, 2)
    assert [row.place for row in after.rows] == [1, 2, 3, 4]
    assert (after.quarter, after.median) == (before.quarter, before.median)


def test_near_me_is_the_top_three_and_two_on_either_side(scene: Scene, crowd: list[int]) -> None:
    for number, who in enumerate(reversed(crowd)):
        _stand(scene, who, 500 - 10 * number if who != scene.person_id else 435)
    assert [row.place for row in _board(scene).rows] == [1, 2, 3, 6, 7, 8, 9, 10]
    assert [row.points for row in _board(scene).rows if row.me] == [435]


def test_the_gap_leads_to_the_nearest_place_above(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (40, 100, 70, 70, 10), strict=False):
        _stand(scene, who, points)
    assert _mine(scene) == MyPlace(40, 4, 30, 2, score=4000)


def test_who_works_less_needs_fewer_points_for_the_same_score(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, crowd[1], 70)
    _stand(scene, crowd[0], 30, days=2)
    mine = _mine(scene)
    assert (mine.score, mine.gap) == (30 * 100 * 7 // 4, 10)


def test_others_are_seen_by_their_score_alone(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, crowd[1], 70, days=3)
    _stand(scene, scene.person_id, 40)
    other, me = _board(scene, viewer=scene.people.sanne).rows
    assert (other.score, other.points, other.days) == (9800, None, None)
    assert (me.score, me.points, me.days) == (4000, 40, 5)


def test_benchmarks_are_the_end_of_the_top_quarter_and_of_the_upper_half(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (80, 70, 60, 50, 40, 30, 20, 10), strict=False):
        _stand(scene, who, points)
    board = _board(scene)
    assert (board.quarter, board.median) == (7000, 5000)


def test_few_people_have_no_benchmarks(scene: Scene, crowd: list[int]) -> None:
    for who, points in zip(crowd, (80, 70, 60, 50), strict=False):
        _stand(scene, who, points)
    assert (_board(scene).quarter, _board(scene).median) == (None, None)


def test_whoever_has_no_points_sees_themselves_without_a_place(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, crowd[1], 40)
    assert [(row.name, row.place, row.score) for row in _board(scene).rows] == [
        (None, 1, 4000),
        ("Sanne de Vries", None, 0),
    ]


def test_a_sponsor_who_does_not_play_is_not_on_it(scene: Scene) -> None:
    assert scene.people.ines.role == Role.SPONSOR
    assert list(_board(scene, viewer=scene.people.ines).rows) == []


def test_a_team_and_a_branch_have_their_own_places(scene: Scene, crowd: list[int]) -> None:
    _stand(scene, scene.person_id, 40, team_id=scene.team_id)
    _stand(scene, crowd[1], 90, team_id=scene.other_team_id)
    branch = db.session.get_one(Team, scene.team_id).branch_id
    for board in (_board(scene, team=scene.team_id), _board(scene, branch=branch)):
        assert _shown(board) == [(scene.person_id, 1, False)]


def test_somebody_who_left_stays_on_boards_of_the_past(scene: Scene) -> None:
    _stand(scene, scene.people.gone.id, 40)
    assert [row.name for row in _board(scene).rows][:1] == ["Gerrit Los"]


def test_equals_are_in_order_of_name_and_who_has_none_comes_last(scene: Scene) -> None:
    for person in (make.person("Aad Zus"), scene.people.otto, scene.people.sanne, scene.people.bram):
        _stand(scene, person.id, 40)
    rows = _board(scene).rows
    assert [row.name for row in rows] == ["Otto van der Berg", "Bram Jansen", "Sanne de Vries", None]
    assert {(row.place, row.shared) for row in rows} == {(1, True)}


@pytest.mark.parametrize("mode", [None, "team", "off"])
def test_where_people_are_not_compared_there_are_only_my_own_points(scene: Scene, mode: str | None) -> None:
    scene.earn(30)
    scene.earn(60, person_id=scene.colleague_id, candidate_id=2)
    if mode:
        appearance.set_mode(_program(), mode, all_time=False)
    else:
        withdraw_consent(scene.program_id, scene.now)
    board = _board(scene, everyone=True)
    assert [(row.name, row.place, row.points) for row in board.rows] == [("Sanne de Vries", None, 30)]
    assert (board.compared, board.mine.points, board.mine.place) == (False, 30, None)
    assert _mine(scene).place is None


def _teams(scene: Scene) -> Board:
    for person in (scene.people.sanne, scene.people.otto):
        for name in "abc":
            make.person(f"{name}{person.id}", team=db.session.get_one(Team, person.team_id))
        scene.earn(30 + person.id, person_id=person.id, team_id=person.team_id, candidate_id=person.id)
    return team_board(_program(), _key(), WEEK, viewer=scene.people.sanne)


def test_teams_are_there_without_consent(scene: Scene) -> None:
    withdraw_consent(scene.program_id, scene.now)
    board = _teams(scene)
    assert [(row.name, row.place, row.points, row.me) for row in board.rows] == [
        ("Breda", 1, None, False),
        ("Zwolle", 2, None, True),
    ]
    assert board.mine.next_place == 1


def test_where_the_board_is_off_there_are_no_teams_either(scene: Scene) -> None:
    appearance.set_mode(_program(), "off", all_time=False)
    board = _teams(scene)
    assert (list(board.rows), board.compared) == ([], False)


def test_whoever_is_hidden_is_on_no_board_and_sees_their_own_points(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(60, person_id=scene.colleague_id, candidate_id=2)
    appearance.choose(scene.people.sanne, "hidden", scene.now)
    assert [row.subject_id for row in _board(scene, viewer=scene.people.bram).rows] == [scene.colleague_id]
    assert [(row.place, row.points) for row in _board(scene).rows if row.me] == [(None, 30)]
    appearance.choose(scene.people.sanne, "named", scene.now)
    assert len(_board(scene, viewer=scene.people.bram).rows) == 2


def test_movement_in_a_week_is_since_monday(scene: Scene) -> None:
    scene.earn(30, on=WEEK.start)
    scene.earn(40, on=WEEK.start, person_id=scene.colleague_id, candidate_id=2)
    scene.earn(30, on=WEDNESDAY, candidate_id=3)
    board = _board(scene)
    since = moved_since(board, WEDNESDAY)
    assert since == date(2026, 11, 17)
    assert risen(board, since, scene.now) == {scene.person_id: 1, scene.colleague_id: -1}


def test_movement_in_a_month_is_since_monday(scene: Scene) -> None:
    november = month_of(WEDNESDAY)
    board = people_board(_program(), _key("month", november.start), november, viewer=scene.people.sanne)
    assert moved_since(board, WEDNESDAY) == date(2026, 11, 16)


@pytest.mark.parametrize("today", [WEEK.start, WEEK.end])
def test_on_the_first_day_and_on_boards_of_the_past_nobody_moves(scene: Scene, today: date) -> None:
    assert moved_since(_board(scene), today) is None


def test_nor_inside_a_team_or_on_the_board_of_all_time(scene: Scene) -> None:
    assert moved_since(_board(scene, team=scene.team_id), WEDNESDAY) is None
    always = Period(date(1970, 1, 1), date.max)
    board = people_board(_program(), _key("all", always.start), always, viewer=scene.people.sanne)
    assert moved_since(board, WEDNESDAY) is None


def test_who_had_no_place_has_not_risen(scene: Scene) -> None:
    scene.earn(30, on=WEDNESDAY)
    assert risen(_board(scene), WEDNESDAY, scene.now) == {}
