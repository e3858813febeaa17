"""Words of the plan: how goals stand and are read out, why one is refused, and how a pulse changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.domain.oversight.goal import Behind, Course, Full, Goal, Standing, Twice
from app.domain.oversight.pulse import Question
from app.domain.oversight.pulse_result import Share
from app.domain.oversight.window import OF_PEOPLE
from app.language import in_language
from app.words import plan, pulse


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def standing(baseline: float | None = 40.0, value: float | None = 60.0, course: Course = Course.BEHIND) -> Standing:
    made = datetime(2026, 10, 1, tzinfo=UTC)
    row = Goal(program_id=1, measure="coverage", target=80, due_on=date(2026, 12, 30), made_at=made, baseline=baseline)
    return Standing(row, value, course, 50)


@pytest.mark.parametrize(("baseline", "said"), [(40.0, "van 40% naar 80%, nu 60%"), (None, "naar 80%, nu 60%")])
def test_the_way_of_a_goal(baseline: float | None, said: str) -> None:
    assert plan.way(standing(baseline)) == said


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        (40.0, "Op tijd gesproken: van 40% naar 80% vóór 30 december"),
        (None, "Op tijd gesproken: naar 80% vóór 30 december"),
    ],
)
def test_a_goal_is_read_out(baseline: float | None, said: str) -> None:
    assert plan.aim(standing(baseline).goal, told=True) == said


@pytest.mark.parametrize("measure", sorted(OF_PEOPLE))
def test_where_a_figure_about_people_began_goes_untold_with_the_figure(measure: str) -> None:
    told, untold = standing(), standing(value=None)
    for each in (told, untold):
        each.goal.measure = measure
    assert (told.baseline, untold.baseline) == (40.0, None)
    assert plan.way(untold).startswith("naar 80%")
    assert "40%" not in plan.aim(untold.goal, told=False)
    assert "40%" in plan.aim(told.goal, told=True)


def test_every_course_has_a_word() -> None:
    words = [plan.course(standing(course=each)) for each in Course]
    assert len(set(words)) == len(Course)
    assert plan.tone(standing(course=Course.MISSED)) == "hot"


def test_why_one_is_refused() -> None:
    assert len({plan.refused(each) for each in (Full(), Twice(), Behind())}) == 3


def test_how_a_share_changed() -> None:
    assert pulse.change(Share(Question.HELP, 60, 9, 5)) == "+5 procentpunten sinds het kwartaal ervoor"
    assert pulse.change(Share(Question.HELP, 60, 9, 0)) == "gelijk aan het kwartaal ervoor"
