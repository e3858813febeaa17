"""What lies open for a person, in one question."""

from app.domain.actions import open_ends, promise
from tests.domain.actions.applying_scene import DAY, Applying


def test_an_answer_and_a_promise_may_be_due_in_the_same_moment(session: None) -> None:
    scene = Applying()
    scene.applied()
    due = scene.state().application_owed_at
    assert due
    promise.make(scene.pieter.id, scene.people.sanne.id, due, channel=None, action_id=None, now=due - 2 * DAY)
    assert [each.what for each in open_ends.of(scene.people.sanne, due).promised] == ["answer", "agreed"]
