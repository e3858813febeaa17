"""Tests of what is said of competitions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.domain.game.competing.competition import Competition, Format, Metric, State
from app.domain.game.competing.ranking import Line, Ranking
from app.language import in_language
from app.words import competition as words
from app.words import competition_gaps as gaps

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
CLOSES = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_dutch(app: Flask) -> Iterator[None]:
    with app.test_request_context(), in_language("nl"):
        yield


def contest(format_: Format = Format.MOST, **facts: object) -> Competition:
    moments = {"made_by_id": 1, "made_at": CLOSES, "closes_at": CLOSES}
    return Competition(
        program_id=1,
        name="Sprint",
        format=format_,
        first=MONDAY,
        last=FRIDAY,
        goal=400,
        step=100,
        **moments | facts,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("state", "day", "said"),
    [
        (State.DRAFT, 1, "nog niet gepubliceerd"),
        (State.PUBLISHED, 15, "begint morgen"),
        (State.PUBLISHED, 13, "begint over 3 dagen"),
        (State.LIVE, 18, "nog 3 dagen"),
        (State.LIVE, 20, "laatste dag"),
        (State.GRACE, 22, "voorbij; de voorlopige uitslag komt maandag 23 november om"),
        (State.FINAL, 30, "op 20 november afgelopen"),
    ],
)
def test_the_countdown(state: State, day: int, said: str) -> None:
    assert words.countdown(contest(), state, date(2026, 11, day)).startswith(said)


def test_every_state_has_a_name() -> None:
    assert all(words.state_label(state) for state in State)


def test_what_is_counted_by_each_metric() -> None:
    said = [words.counted(contest(metric=metric), 2) for metric in Metric]
    assert said == ["2 punten", "2 kandidaten", "2 beantwoorde contacten"]


def test_a_score_reads_as_its_format_is_won() -> None:
    assert words.score(contest(Format.IMPROVEMENT), 12400) == "124%"
    assert words.score(contest(Format.FIRST), 3) == "wo 18 nov"
    assert words.score(contest(), 12345) == "123"


def test_how_far_the_threshold_is_and_then_the_next_ticket() -> None:
    row = contest(Format.THRESHOLD)
    assert gaps.to_threshold(row, 39901) == "Nog 1 tot de drempel"
    assert gaps.to_threshold(row, 45000) == "Nog 50 tot het volgende lot"


def test_how_far_the_place_above_is() -> None:
    assert gaps.to_next_place(contest(), (2, 2301)) == "Nog 24 tot plaats 2"
    assert gaps.to_next_place(contest(Format.IMPROVEMENT), (1, 1200)) == "Nog 12% tot plaats 1"
    assert gaps.to_next_place(contest(), (1, 0)) == "Evenveel als plaats 1"


def test_a_goal_is_whole_only_when_it_is_reached() -> None:
    assert words.percent(399, 400) == "99%"
    assert words.percent(400, 400) == "100%"


def test_who_won_together_is_named_together() -> None:
    first, second = Line(1, 1, 10, 10, 0, 5), Line(2, 1, 10, 10, 0, 5)
    ranking = Ranking([first, second], [], 0, [])
    assert words.outcome(contest(), ranking, {1: "Bram"}) == "Gewonnen door Bram en een collega"
    assert words.outcome(contest(Format.TEAM_GOAL), ranking._replace(together=100), {}) == "100 van 400 punten"
