"""Applications that follow from what candidates do."""

from itertools import permutations

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import applying, deciding
from app.domain.actions.deciding import Rejection
from app.domain.journey import touchpoint
from app.domain.journey.application import Application, ApplicationState
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.domain.journey.vacancy import Vacancy
from tests.domain.actions.applying_scene import BEGUN, DAY, DONE, HOUR, LOOKED, Applying
from tests.domain.scoring.scene import MARCH


@pytest.fixture
def scene(session: None) -> Applying:
    return Applying()


def test_an_application_begins_with_its_step_and_its_vacancy(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0, step="cv", job_title="Heftruckchauffeur", url="https://werk.nl/v12"))
    vacancy = db.session.scalars(select(Vacancy)).one()
    assert (scene.row().state, scene.row().step, scene.row().started_at) == ("started", "cv", MARCH)
    assert (vacancy.reference, vacancy.title, vacancy.url) == ("V-12", "Heftruckchauffeur", "https://werk.nl/v12")
    assert scene.state().application_state == "started"


def test_any_order_of_hearing_gives_the_same_application(scene: Applying) -> None:
    hits = [scene.hit(BEGUN, 0, step="naam"), scene.hit(LOOKED, 1), scene.hit(BEGUN, 2, step="cv"), scene.hit(DONE, 3)]
    told = {_heard(scene, *order) for order in permutations(hits)}
    moves = ((None, "started", MARCH), ("started", "completed", MARCH + 3 * HOUR))
    assert told == {("completed", MARCH, MARCH + 3 * HOUR, MARCH + 3 * HOUR, "cv", moves)}


def _heard(scene: Applying, *hits: Hit) -> tuple[object, ...]:
    """What these hits make, one by one; afterwards it is as if they had never been."""
    before = db.session.begin_nested()
    for one in hits:
        scene.take(one)
    row = scene.row()
    told = (row.state, row.started_at, row.completed_at, row.active_at, row.step, tuple(scene.moves()))
    before.rollback()
    return told


def test_what_was_completed_is_not_begun_again(scene: Applying) -> None:
    scene.take(scene.hit(DONE, 0))
    scene.take(scene.hit(BEGUN, 5))
    assert (scene.row().state, scene.row().active_at) == ("completed", MARCH + 5 * HOUR)


def test_without_a_vacancy_it_is_the_open_application(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0, None), scene.hit(DONE, 1, None))
    assert db.session.get_one(Vacancy, scene.row().vacancy_id).reference == ""


@pytest.mark.parametrize("kind", [LOOKED, "site_visit"])
def test_only_looking_at_a_vacancy_is_no_application(scene: Applying, kind: str) -> None:
    scene.take(scene.hit(kind, 0))
    assert db.session.scalar(select(Application)) is None


def test_a_machine_applies_for_nothing(scene: Applying) -> None:
    scene.take(scene.hit(DONE, 0, verdict="machine"))
    assert db.session.scalar(select(Application)) is None


def test_looking_on_keeps_an_application_alive(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0))
    scene.take(scene.hit(LOOKED, 0.5))
    assert scene.row().active_at == MARCH + 0.5 * HOUR


def test_another_vacancy_keeps_nothing_alive(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0))
    scene.take(scene.hit(LOOKED, 0.5, "V-99"))
    assert scene.row().active_at == MARCH


@pytest.mark.parametrize("state", [ApplicationState.IN_PROCEDURE, ApplicationState.PLACED])
def test_what_a_recruiter_told_stands(scene: Applying, state: ApplicationState) -> None:
    deciding.move(scene.applied(), state, scene.people.sanne, MARCH + HOUR)
    scene.take(scene.hit(DONE, 5))
    assert scene.row().state == state


def test_whoever_was_turned_away_may_apply_anew(scene: Applying) -> None:
    row = scene.applied()
    deciding.reject(row, Rejection("te ver", told=True), scene.people.sanne, MARCH + DAY)
    scene.take(scene.hit(BEGUN, 48))
    again = scene.row()
    assert (again.state, again.started_at, again.completed_at) == ("started", MARCH + 2 * DAY, None)
    assert (again.reason, again.told_at) == ("", None)


def test_what_came_before_a_rejection_opens_nothing(scene: Applying) -> None:
    row = scene.applied()
    deciding.reject(row, Rejection(), scene.people.sanne, MARCH + DAY)
    scene.take(scene.hit(BEGUN, 3))
    assert scene.row().state == "rejected"


def test_a_completion_that_was_wrong_is_taken_back(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0), scene.hit(DONE, 1))
    _wrong(DONE)
    applying.again([scene.pieter.id], MARCH + DAY)
    assert (scene.row().state, scene.row().completed_at) == ("started", None)
    assert [to for _, to, _ in scene.moves()] == ["started"]


def test_an_application_of_nothing_but_mistakes_is_gone(scene: Applying) -> None:
    scene.applied()
    _wrong(DONE)
    applying.again([scene.pieter.id], MARCH + DAY)
    assert (db.session.scalar(select(Application)), scene.state().application_state) == (None, None)


def _wrong(kind: str) -> None:
    row = db.session.scalars(select(Touchpoint).where(Touchpoint.kind == kind)).one()
    touchpoint.take_back(row.id, MARCH + DAY)
    db.session.flush()


def test_the_past_is_told_as_stopped_and_nobody_is_nudged(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0), silent=True)
    assert scene.row().stopped_at == MARCH
