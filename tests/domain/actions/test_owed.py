"""Word about an application that we owe within working days."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.actions import action, deciding, owed, unfinished
from app.domain.actions.outcome import Outcome
from app.domain.journey.application import ApplicationState
from tests.domain.actions.applying_scene import BEGUN, DAY, HOUR, Applying
from tests.domain.scoring.scene import MARCH


@pytest.fixture
def scene(session: None) -> Applying:
    return Applying()


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (0, datetime(2026, 3, 4, 9, tzinfo=UTC)),  # Monday 10:00 is Wednesday 10:00
        (96, datetime(2026, 3, 10, 9, tzinfo=UTC)),  # Friday is Tuesday
        (120, datetime(2026, 3, 11, 8, tzinfo=UTC)),  # Saturday begins on Monday 9:00
    ],
)
def test_a_completed_application_hears_within_two_working_days(scene: Applying, hours: float, due: datetime) -> None:
    scene.applied(hours)
    assert (scene.state().application_state, scene.state().application_owed_at) == ("completed", due)


def test_an_interview_hears_within_one(scene: Applying) -> None:
    deciding.move(scene.applied(), ApplicationState.INTERVIEWED, scene.people.sanne, MARCH + DAY)
    assert scene.state().application_owed_at == MARCH + 2 * DAY


def test_somebody_who_only_began_waits_for_nothing(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0))
    assert scene.state().application_owed_at is None


@pytest.mark.parametrize(
    ("outcome", "told"), [(Outcome.SPOKE, True), (Outcome.MESSAGE_SENT, True), (Outcome.NO_ANSWER, False)]
)
def test_a_word_of_ours_is_told_and_undone_it_was_not(scene: Applying, outcome: Outcome, *, told: bool) -> None:
    scene.applied()
    logged = scene.log(outcome, 3)
    assert (scene.state().application_owed_at is None) is told
    action.undo(scene.people.sanne, logged, MARCH + 4 * HOUR)
    assert scene.state().application_owed_at is not None


def test_a_word_before_the_application_is_none(scene: Applying) -> None:
    scene.log(Outcome.SPOKE, -1)
    scene.applied()
    assert scene.state().application_owed_at is not None


def test_the_button_tells_and_takes_back(scene: Applying) -> None:
    row = scene.applied()
    deciding.give_word(row, MARCH + HOUR)
    assert scene.state().application_owed_at is None
    deciding.take_word_back(scene.row(), MARCH + 2 * HOUR)
    assert scene.state().application_owed_at is not None


def test_the_earliest_word_is_the_one_that_is_told(scene: Applying) -> None:
    scene.applied(0, "V-1")
    scene.take(scene.hit("application_completed", 20, "V-2"))
    assert scene.state().application_owed_at == MARCH + 2 * DAY


def test_a_later_word_is_told_when_the_first_was_due_too_long_ago(scene: Applying) -> None:
    """Nobody does anything on the day: the job looks."""
    scene.take(scene.hit("application_completed", 0, "V-1"))
    scene.take(scene.hit("application_completed", 20 * 24, "V-2"))
    first = MARCH + 2 * DAY
    assert (unfinished.let_go(first + 30 * DAY), scene.state().application_owed_at) == (0, first)
    assert unfinished.let_go(first + 30 * DAY + HOUR) == 1
    second = scene.state().application_owed_at
    assert second is not None
    assert MARCH + 20 * DAY < second < MARCH + 26 * DAY
    assert unfinished.let_go(first + 30 * DAY + HOUR) == 0


def test_what_was_due_too_long_ago_stays_the_day_of_our_word_while_nothing_else_waits(scene: Applying) -> None:
    scene.applied()
    owed.tell(scene.pieter.id, MARCH + 60 * DAY)
    assert scene.state().application_owed_at == MARCH + 2 * DAY


def test_a_rejection_sets_the_rhythm_for_a_while(scene: Applying) -> None:
    deciding.reject(scene.applied(), deciding.Rejection(), scene.people.sanne, MARCH + DAY)
    assert scene.state().application_state == "rejected"
    owed.tell(scene.pieter.id, MARCH + timedelta(days=90))
    assert scene.state().application_state is None
