"""Touchpoints taken in: what follows from each, in one go, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import MOST, take_back, take_in, take_in_many
from app.domain.candidates import candidate as candidates
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.game.ledger import LedgerEntry
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.domain.scoring.scene import MARCH, NOW, hit
from tests.people import People, make_people

DAY = timedelta(days=1)


class Scene:
    """Sanne's candidate, in a program whose action kinds are worth something."""

    def __init__(self) -> None:
        self.people: People = make_people()
        self.candidate: Candidate = make.candidate(owner=self.people.sanne)

    def hit(self, kind: str, day: float) -> Hit:
        return hit(self.candidate.id, kind, day)

    def log(self, outcome: Outcome, day: float) -> None:
        at = MARCH + day * DAY
        action.log(self.people.sanne, self.candidate, outcome, at=at, now=at)

    def bonuses(self) -> list[tuple[int, int]]:
        query = select(LedgerEntry.person_id, LedgerEntry.points).where(LedgerEntry.kind == "bonus")
        return [(person_id or 0, points) for person_id, points in db.session.execute(query)]

    def state(self) -> ContactState:
        query = select(ContactState).where(ContactState.candidate_id == self.candidate.id)
        return db.session.scalars(query.execution_options(populate_existing=True)).one()


@pytest.fixture
def scene(session: None) -> Scene:
    return Scene()


def test_a_touchpoint_is_taken_in_once(scene: Scene) -> None:
    first, again = take_in(scene.hit("form", 0), NOW), take_in(scene.hit("form", 0), NOW)
    assert (first.fresh, again.fresh, again.touchpoint_id) == (True, False, None)


@pytest.mark.parametrize(
    ("kind", "heard", "trigger"),
    [("form", True, "form"), ("inbound_reply", True, None), ("job_view", False, None), ("Brochure", False, None)],
)
def test_what_a_kind_means_for_contact(scene: Scene, kind: str, heard: bool, trigger: str | None) -> None:
    take_in(scene.hit(kind, 0), NOW)
    assert (scene.state().last_inbound_at is not None, scene.state().trigger) == (heard, trigger)


def test_the_newest_counts_whatever_the_order(scene: Scene) -> None:
    take_in_many([scene.hit("form", 3), scene.hit("form", 1)], NOW)
    take_in(scene.hit("form", 2), NOW)
    assert (scene.state().last_inbound_at, scene.state().trigger_at) == (MARCH + 3 * DAY, MARCH + 3 * DAY)


def test_a_reply_rewards_the_message_once(scene: Scene) -> None:
    scene.log(Outcome.MESSAGE_SENT, 0)
    assert [take_in(scene.hit("inbound_reply", day), NOW).bonus for day in (1, 2)] == [20, 0]
    assert scene.bonuses() == [(scene.people.sanne.id, 20)]


@pytest.mark.parametrize("day", [-1, 15])
def test_a_reply_to_nothing_rewards_nobody(scene: Scene, day: float) -> None:
    scene.log(Outcome.MESSAGE_SENT, 0)
    take_in(scene.hit("inbound_reply", day), NOW)
    assert scene.bonuses() == []


def test_a_form_is_no_reply(scene: Scene) -> None:
    scene.log(Outcome.MESSAGE_SENT, 0)
    take_in(scene.hit("form", 1), NOW)
    assert scene.bonuses() == []


def test_too_many_at_once_is_refused(scene: Scene) -> None:
    with pytest.raises(ValueError, match="at most 500"):
        take_in_many([scene.hit("form", 0)] * (MOST + 1), NOW)


def test_taking_back_forgets_that_they_turned_to_us(scene: Scene) -> None:
    scene.log(Outcome.NO_ANSWER, 0)
    taken = take_in(scene.hit("form", 1), NOW)
    assert scene.state().unanswered_1 is None
    assert take_back(taken.touchpoint_id or 0, NOW)
    assert (scene.state().last_inbound_at, scene.state().unanswered_1) == (None, MARCH)


def test_before_there_is_an_agency_days_are_utc(session: None) -> None:
    row = candidates.add(None, candidates.Facts("Bram"), NOW)
    assert take_in(hit(row.id, "form", 0), NOW).fresh


def test_a_completion_that_is_taken_back_was_never_applied(scene: Scene) -> None:
    taken = take_in(scene.hit("application_completed", 0), NOW)
    assert scene.state().application_state == "completed"
    take_back(taken.touchpoint_id or 0, NOW)
    assert (scene.state().application_state, scene.state().application_owed_at) == (None, None)
