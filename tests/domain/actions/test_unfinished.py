"""Applications that stop half-way: found, told, mailed about, closed and rescued."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import action, nudge, unfinished
from app.domain.actions.outcome import Outcome
from app.domain.candidates import consent, contact_flags, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.game.ledger import LedgerEntry
from app.domain.journey.application import Application
from app.domain.notices.alert import Alert
from app.domain.notices.outbox import OutboxRow
from tests.domain.actions.applying_scene import BEGUN, DAY, DONE, HOUR, LOOKED, MINUTE, Applying
from tests.domain.scoring.scene import MARCH

SENDER = Sender("Vaste Band", "Voorbeeld", "voorbeeld.nl", lambda purpose, token: f"/me/{purpose}/{token}")
STOPPED = MARCH + 61 * MINUTE


class Stopping(Applying):
    """Pieter began on Monday at ten, may be mailed, and was found unfinished an hour later."""

    def __init__(self) -> None:
        super().__init__()
        identity.add(self.pieter, Channel.EMAIL, "pieter@voorbeeld.nl", MARCH)
        consent.give(self.pieter.id, ConsentPurpose.CONTACT, via=Via.FORM, by_id=None, now=MARCH)
        self.take(self.hit(BEGUN, 0, step="cv", job_title="Lasser"))

    def stop(self) -> Application:
        found = unfinished.find(self.row().id, self.pieter.id, STOPPED)
        assert found is not None
        nudge.plan(found, SENDER, STOPPED)
        return found

    def alerts(self) -> list[str]:
        return list(db.session.scalars(select(Alert.state)))

    def mails(self) -> list[str]:
        return list(db.session.scalars(select(OutboxRow.state)))

    def bonuses(self) -> list[tuple[int, int]]:
        rows = select(LedgerEntry.person_id, LedgerEntry.points).where(LedgerEntry.source_kind == "rescue")
        return [(row.person_id, row.points) for row in db.session.execute(rows)]


@pytest.fixture
def scene(session: None) -> Stopping:
    return Stopping()


@pytest.mark.parametrize(("minutes", "found"), [(59, 0), (60, 1), (2 * 24 * 60 - 1, 1), (2 * 24 * 60, 0)])
def test_an_hour_of_silence_is_a_stop(scene: Stopping, minutes: int, found: int) -> None:
    assert len(unfinished.silent_since(MARCH + minutes * MINUTE)) == found


def test_a_stop_is_told_once(scene: Stopping) -> None:
    scene.stop()
    assert (scene.state().trigger, scene.state().trigger_at) == ("unfinished_application", MARCH)
    assert (scene.alerts(), scene.mails()) == (["waiting"], ["pending"])
    assert unfinished.silent_since(STOPPED + HOUR) == []
    assert unfinished.find(scene.row().id, scene.pieter.id, STOPPED + HOUR) is None


@pytest.mark.parametrize("kind", [BEGUN, DONE])
def test_going_on_closes_it(scene: Stopping, kind: str) -> None:
    scene.stop()
    scene.take(scene.hit(kind, 2))
    assert (scene.state().trigger, scene.alerts(), scene.mails()) == (None, ["withdrawn"], ["skipped"])


def test_looking_again_does_not(scene: Stopping) -> None:
    scene.stop()
    scene.take(scene.hit(LOOKED, 2))
    assert (scene.state().trigger, scene.alerts()) == ("unfinished_application", ["waiting"])


@pytest.mark.parametrize("purpose", [None, ConsentPurpose.POOL, ConsentPurpose.CONTACT])
def test_without_consent_nobody_is_mailed(scene: Stopping, purpose: ConsentPurpose | None) -> None:
    consent.withdraw(scene.pieter.id, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=MARCH)
    if purpose:
        consent.give(scene.pieter.id, purpose, via=Via.OWN_PAGE, by_id=None, now=MARCH)
    scene.stop()
    assert (len(scene.mails()), scene.row().mailed_at is None) == ((1, False) if purpose == "contact" else (0, True))


def test_a_refusal_is_respected(scene: Stopping) -> None:
    contact_flags.refused(scene.pieter.id, MARCH)
    scene.stop()
    assert (scene.mails(), scene.row().mailed_at) == ([], None)


def test_the_mail_is_asked_again_when_it_leaves(scene: Stopping) -> None:
    row = scene.stop()
    assert nudge.over(scene.pieter.id, row.vacancy_id, STOPPED) is None
    assert not nudge.plan(row, SENDER, STOPPED)
    scene.take(scene.hit(DONE, 2))
    assert nudge.over(scene.pieter.id, row.vacancy_id, STOPPED + HOUR) == "the candidate went on"
    consent.withdraw(scene.pieter.id, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=STOPPED)
    assert nudge.over(scene.pieter.id, row.vacancy_id, STOPPED + HOUR) == "consent was taken back"


def test_whoever_called_rescued_it_and_stands_beside_it(scene: Stopping) -> None:
    scene.stop()
    logged = scene.log(Outcome.NO_ANSWER, 3)
    scene.take(scene.hit(DONE, 30))
    assert scene.bonuses() == [(scene.people.sanne.id, 50)]
    scene.take(scene.hit(DONE, 31))
    assert len(scene.bonuses()) == 1
    action.undo(scene.people.sanne, logged, MARCH + 20 * HOUR)
    assert sum(points for _, points in scene.bonuses()) == 0


@pytest.mark.parametrize(
    ("called", "done"), [(0.5, 30), (40, 30), (2, 2 + 15 * 24)], ids=["before the stop", "after", "too long ago"]
)
def test_a_call_that_did_not_help_rescues_nothing(scene: Stopping, called: float, done: float) -> None:
    scene.stop()
    scene.log(Outcome.NO_ANSWER, called)
    scene.take(scene.hit(DONE, done))
    assert scene.bonuses() == []


def test_after_two_weeks_it_sets_no_rhythm(scene: Stopping) -> None:
    assert unfinished.let_go(MARCH + 13 * DAY) == 0
    assert unfinished.let_go(MARCH + timedelta(days=14)) == 1
    assert (scene.state().application_state, unfinished.let_go(MARCH + 15 * DAY)) == (None, 0)
