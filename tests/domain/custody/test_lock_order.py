"""Whoever changes a candidate's own row holds the contact state first, so that no two writers wait for each other."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import bulk, candidate, changed, contact_state, ownership
from app.domain.candidates.candidate import Candidate, Facts
from app.domain.custody import merge, retention_run
from tests import make
from tests.domain.actions.test_action import NOW
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import carried_out, meanwhile
from tests.people import make_people


class Scene(NamedTuple):
    """Two candidates whom sanne looks after, one of nobody, and lead, who hands them on to bram."""

    noor: int
    other: int
    loose: int
    lead: int
    bram: int


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    only_postgresql(real_app)
    with real_app.app_context():
        people = make_people()
        rows = [make.candidate(name, owner=people.sanne) for name in ("Noor Willems", "Noortje Willems")]
        loose = make.candidate("Iemand Anders")
        db.session.commit()
        scene = Scene(rows[0].id, rows[1].id, loose.id, people.lead.id, people.bram.id)
        db.session.remove()
    return scene


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def them(candidate_id: int) -> Candidate:
    return db.session.get_one(Candidate, candidate_id)


def handed(scene: Scene) -> int:
    return bulk.assign(person(scene.lead), [scene.other, scene.noor], scene.bram, NOW).id


def changed_by_hand(scene: Scene) -> None:
    candidate.change(them(scene.noor), Facts("Noor Willems", owner_id=scene.bram), NOW)


def merged(scene: Scene) -> None:
    merge.merge(them(scene.other), them(scene.noor), {}, person(scene.lead), NOW)


def forgotten(scene: Scene) -> None:
    them(scene.noor).keep_until = them(scene.other).keep_until = NOW
    db.session.commit()
    counts = retention_run.carry_out([scene.noor, scene.other], NOW.replace(year=2036), None)
    assert counts["anonymised"] == 2


CHANGES: dict[str, Callable[[Scene], object]] = {
    "handed": handed,
    "changed by hand": changed_by_hand,
    "merged": merged,
    "forgotten": forgotten,
}


def meets(app: Flask, candidate_id: int, change: Callable[[], object]) -> object:
    """What came of a change that met somebody who holds the contact state and then notes that something is new."""
    hold = partial(contact_state.hold, candidate_id)
    return meanwhile(app, hold, change, partial(changed.note, [candidate_id], NOW + clock.DAY))


@pytest.mark.parametrize("name", CHANGES)
def test_the_contact_state_comes_first(real_app: Flask, scene: Scene, name: str) -> None:
    assert not isinstance(meets(real_app, scene.noor, partial(CHANGES[name], scene)), Exception)


def test_and_where_it_is_undone(real_app: Flask, scene: Scene) -> None:
    change_id = carried_out(real_app, partial(handed, scene))
    assert isinstance(change_id, int)
    assert meets(real_app, scene.noor, lambda: bulk.undo(person(scene.lead), change_id, NOW)) == 2


def test_and_where_somebody_takes_over(real_app: Flask, scene: Scene) -> None:
    assert meets(real_app, scene.loose, lambda: ownership.take_over(person(scene.bram), scene.loose, NOW)) is True
