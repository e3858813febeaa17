"""Somebody is forgotten, or their number goes, while Bullhorn or a file tells of them: nobody waits for each other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.db import db
from app.domain.actions.bullhorn import astray, bringing, notes
from app.domain.actions.bullhorn.bringing import Brought
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import contact_state, crm_id
from app.domain.candidates.crm_id import Crm, CrmId
from app.domain.custody.anonymise import anonymise_many
from jobs import bullhorn_settling as settling
from jobs.bullhorn_settling import Look
from tests import make
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import carried_out, meanwhile
from tests.jobs.bullhorn_desk import NOTE, PERSON, make_known_desk
from tests.jobs.desk import TUESDAY

OTHER, HOUR = 502, timedelta(hours=1)


class Scene(NamedTuple):
    """Aisha and Noor, each known by a number; a note about Aisha counted, one about each is in a file."""

    aisha: int
    noor: int
    counted: Note

    def told(self, number: int, about: int) -> Note:
        return self.counted._replace(number=number, about=about, at=TUESDAY - HOUR)


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    with real_app.app_context():
        desk = make_known_desk()
        noor = make.candidate("Noor Willems", owner=desk.sanne, branch_id=desk.aisha.branch_id)
        crm_id.give(noor.id, Crm.BULLHORN, str(OTHER), origin="", now=TUESDAY)
        counted = Note(NOTE, "Outbound Call", PERSON, desk.sanne.email or "", TUESDAY)
        notes.settle(counted, NOTE, TUESDAY)
        notes.settle(counted._replace(number=NOTE + 1, at=TUESDAY - 300 * HOUR), NOTE + 1, TUESDAY)
        db.session.commit()
        found = Scene(desk.aisha.id, noor.id, counted)
        db.session.remove()
    return found


def forget(scene: Scene) -> None:
    anonymise_many([scene.aisha], TUESDAY)


def settle(told: Note) -> None:
    settling.settle(Entity.NOTE, told.number, Look(told), ())


def bring(scene: Scene) -> Brought:
    """The note that was too old is about whoever is forgotten."""
    log = bringing.begin(TUESDAY, lambda _holders, _after: {})
    assert log
    old = scene.told(NOTE + 1, PERSON)
    return bringing.take_in(bringing.decide([old, scene.told(NOTE + 2, OTHER)], log), log)


def come_off(_scene: Scene) -> None:
    """Its number was taken away before."""
    for row_id in astray.waiting():
        astray.come_off(row_id, TUESDAY)


def take_away(scene: Scene) -> None:
    contact_state.hold(scene.aisha)
    crm_id.take_away(db.session.scalars(select(CrmId).where(CrmId.candidate_id == scene.aisha)).one(), TUESDAY)


CHANGES: dict[str, Callable[[Scene], object]] = {
    "deleted": lambda scene: settle(scene.counted._replace(deleted=True)),
    "changed": lambda scene: settle(scene.counted._replace(name="Left Message")),
    "brought": bring,
    "came off": come_off,
}


def prepare(app: Flask, scene: Scene, name: str) -> Callable[[], object]:
    """What is to be done; a number is taken away before that."""
    if name == "came off":
        carried_out(app, partial(take_away, scene))
    return partial(CHANGES[name], scene)


def reasons(app: Flask) -> dict[int, str]:
    with app.app_context():
        rows = select(BullhornRecord.number, BullhornRecord.reason).where(BullhornRecord.entity == Entity.NOTE)
        return dict(db.session.execute(rows).all())


@pytest.mark.parametrize("name", CHANGES)
def test_whoever_is_held_is_forgotten_while_the_other_waits(real_app: Flask, scene: Scene, name: str) -> None:
    only_postgresql(real_app)
    hold = partial(contact_state.hold, scene.aisha)
    found = meanwhile(real_app, hold, prepare(real_app, scene, name), lambda: forget(scene))
    assert not isinstance(found, Exception)
    assert Reason.FAULT not in reasons(real_app).values()


def test_what_a_file_tells_of_the_others_counts(real_app: Flask, scene: Scene) -> None:
    only_postgresql(real_app)
    found = meanwhile(real_app, lambda: forget(scene), lambda: bring(scene))
    assert found == Brought(1, 0, {NOTE + 1: Reason.UNKNOWN_CANDIDATE})
    with real_app.app_context():
        standing = select(EngagementAction.external_id).where(EngagementAction.candidate_id == scene.noor)
        assert db.session.scalars(standing).all() == [str(NOTE + 2)]


def test_a_number_that_goes_meanwhile_brings_nothing(real_app: Flask, scene: Scene) -> None:
    """Decided before, when it was theirs; looked at again once they are held."""
    with real_app.app_context():
        log = bringing.begin(TUESDAY, lambda _holders, _after: {})
        assert log
        decided = bringing.decide([scene.told(NOTE + 1, PERSON), scene.told(NOTE + 2, OTHER)], log)
        db.session.remove()
    carried_out(real_app, partial(take_away, scene))
    found = carried_out(real_app, partial(bringing.take_in, decided, log))
    assert found == Brought(1, 0, {NOTE + 1: Reason.UNKNOWN_CANDIDATE})


def test_what_was_told_meanwhile_is_known(real_app: Flask, scene: Scene) -> None:
    with real_app.app_context():
        log = bringing.begin(TUESDAY, lambda _holders, _after: {})
        assert log
        decided = bringing.decide([scene.told(NOTE + 2, OTHER)], log)
        db.session.remove()
    carried_out(real_app, lambda: notes.settle(scene.told(NOTE + 2, OTHER), NOTE + 2, TUESDAY))
    assert carried_out(real_app, partial(bringing.take_in, decided, log)) == Brought(0, 1, {})


@pytest.fixture
def said(real_app: Flask) -> Iterator[list[str]]:
    """What the database is told, in order."""
    found: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - as it comes
        found.append(statement)

    with real_app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("name", CHANGES)
def test_candidates_are_held_before_their_records(real_app: Flask, scene: Scene, said: list[str], name: str) -> None:
    change = prepare(real_app, scene, name)
    said.clear()
    carried_out(real_app, change)
    held = next(at for at, text in enumerate(said) if "FROM contact_state" in text)
    written = ("INSERT INTO bullhorn_record", "UPDATE bullhorn_record")
    assert held < next(at for at, text in enumerate(said) if text.startswith(written))


def test_deciding_asks_as_much_for_many_notes_as_for_two(real_app: Flask, scene: Scene, said: list[str]) -> None:
    counts = []
    with real_app.app_context():
        log = bringing.begin(TUESDAY, lambda _holders, _after: {})
        assert log
        for many in (2, 40):
            told = [scene.told(NOTE + 10 + number, (PERSON, OTHER)[number % 2]) for number in range(many)]
            said.clear()
            assert len(bringing.decide(told, log).contacts) == many
            counts.append(len(said))
        db.session.remove()
    assert counts[1] <= counts[0]
