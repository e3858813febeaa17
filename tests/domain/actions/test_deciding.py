"""What a recruiter tells of an application, and taking it back."""

from datetime import date, timedelta

import pytest

from app.db import db
from app.domain.actions import deciding, promise, taking_back
from app.domain.actions.deciding import Rejection
from app.domain.candidates import consent
from app.domain.candidates.candidate import Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.journey import application
from app.domain.journey.application import Application, ApplicationState
from app.domain.journey.vacancy import Vacancy
from tests.domain.actions.applying_scene import BEGUN, DAY, HOUR, Applying
from tests.domain.scoring.scene import MARCH

POOL = (ConsentPurpose.POOL, None)
KEPT = Rejection("te ver", told=True, kept_in_mind=True, next_on=date(2026, 5, 4))


@pytest.fixture
def scene(session: None) -> Applying:
    return Applying()


def test_somebody_who_applied_without_the_website(scene: Applying) -> None:
    row = deciding.begin(scene.pieter, "Kok", scene.people.sanne, MARCH)
    again = deciding.begin(scene.pieter, "kok", scene.people.sanne, MARCH + HOUR)
    assert (row.id, row.state) == (again.id, "in_procedure")
    assert db.session.get_one(Vacancy, row.vacancy_id).title == "Kok"
    assert scene.state().application_state == "in_procedure"


def test_a_step_is_told_once(scene: Applying) -> None:
    row, sanne = scene.applied(), scene.people.sanne
    assert deciding.move(row, ApplicationState.INTERVIEWED, sanne, MARCH + HOUR)
    assert not deciding.move(row, ApplicationState.INTERVIEWED, sanne, MARCH + 2 * HOUR)
    assert scene.moves()[-1] == ("completed", "interviewed", MARCH + HOUR)


def test_a_rejection_tells_consent_and_a_next_date(scene: Applying) -> None:
    deciding.reject(scene.applied(), KEPT, scene.people.sanne, MARCH + DAY)
    row, (planned,) = scene.row(), promise.planned_of([scene.row().id])
    assert (row.reason, row.kept_in_mind, row.next_on) == ("te ver", True, KEPT.next_on)
    assert consent.current(scene.pieter.id)[POOL].given
    assert (planned.kind, planned.due_at.date()) == ("agreed", KEPT.next_on)
    assert row.told_at == MARCH + DAY


def test_nobody_asked_means_no_consent_either_way(scene: Applying) -> None:
    deciding.reject(scene.applied(), Rejection(), scene.people.sanne, MARCH + DAY)
    assert (consent.current(scene.pieter.id), scene.row().told_at) == ({}, None)


def test_a_placement_moves_the_stage(scene: Applying) -> None:
    deciding.place(scene.applied(), date(2026, 3, 9), None, scene.people.sanne, MARCH)
    assert (scene.pieter.stage, scene.row().state) == (Stage.CONVERT, "placed")


def test_taking_back_a_placement(scene: Applying) -> None:
    row, sanne = scene.applied(), scene.people.sanne
    deciding.place(row, date(2026, 3, 9), None, sanne, MARCH + HOUR)
    assert taking_back.undo(row, sanne, MARCH + 2 * HOUR)
    assert (row.state, row.state_at, row.starts_on, scene.pieter.stage) == ("completed", MARCH, None, Stage.ENGAGE)
    assert promise.planned_of([row.id]) == []
    assert [to for _, to, _ in scene.moves()] == ["completed"]


@pytest.mark.parametrize("before", [True, False])
def test_taking_back_a_rejection_leaves_consent_as_it_was(scene: Applying, *, before: bool) -> None:
    row, sanne = scene.applied(), scene.people.sanne
    if before:
        consent.give(scene.pieter.id, ConsentPurpose.POOL, via=Via.FORM, by_id=None, now=MARCH - DAY)
    deciding.reject(row, KEPT, sanne, MARCH + HOUR)
    taking_back.undo(row, sanne, MARCH + 2 * HOUR)
    assert consent.current(scene.pieter.id)[POOL].given is before
    assert (row.reason, row.kept_in_mind, row.next_on, row.told_at) == ("", None, None, None)


def test_taking_back_what_was_only_told_leaves_nothing(scene: Applying) -> None:
    row = deciding.begin(scene.pieter, "Kok", scene.people.sanne, MARCH)
    taking_back.undo(row, scene.people.sanne, MARCH + HOUR)
    assert application.of_candidate(scene.pieter.id) == []


def test_taking_back_a_placement_and_then_all_of_it(scene: Applying) -> None:
    """The check-ins that it had are withdrawn, and stay where they were told."""
    row = deciding.begin(scene.pieter, "Kok", scene.people.sanne, MARCH)
    deciding.place(row, date(2026, 3, 9), None, scene.people.sanne, MARCH + HOUR)
    for _ in range(2):
        taking_back.undo(row, scene.people.sanne, MARCH + 2 * HOUR)
    assert application.of_candidate(scene.pieter.id) == []


@pytest.mark.parametrize(
    ("who", "later", "may"),
    [("sanne", HOUR, True), ("bram", HOUR, False), ("ada", HOUR, True), ("sanne", timedelta(hours=25), False)],
)
def test_who_may_take_back(scene: Applying, who: str, later: timedelta, *, may: bool) -> None:
    row = _interviewed(scene)
    assert taking_back.undo(row, getattr(scene.people, who), MARCH + HOUR + later) is may


def _interviewed(scene: Applying) -> Application:
    row = scene.applied()
    deciding.move(row, ApplicationState.INTERVIEWED, scene.people.sanne, MARCH + HOUR)
    return row


def test_what_the_candidate_did_is_not_ours_to_take_back(scene: Applying) -> None:
    scene.take(scene.hit(BEGUN, 0))
    assert not taking_back.undo(scene.row(), scene.people.ada, MARCH + HOUR)
