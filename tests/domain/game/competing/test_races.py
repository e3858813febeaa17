"""What happens at the same moment takes its turn: publishing, objecting, making final; beside the controls."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread
from unittest.mock import patch

import pytest
from flask import Flask

from app.db import db, is_sqlite, write
from app.domain.agency.person import Person
from app.domain.game.competing import disputing, draft, finalising, life, publishing, taking_part
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import NotADraft
from app.domain.game.competing.planned import plan_of
from app.domain.game.competing.taking_part import TooMany
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, GRACE_OVER, PLACES
from tests.domain.game.scene import ZONE
from tests.torture import prizes

THREE, MOMENT, CONTROL = 3, 0.3, 20.0
"""Seconds for which somebody is waited for whom a guard holds back, and for whom nothing does."""
SECOND = timedelta(seconds=1)


def drafts(app: Flask) -> tuple[list[int], int]:
    """Three of them for the same people, and who publishes them."""
    with app.app_context():
        here = arena.start()
        found = [here.draft().id for _ in range(THREE)], here.scene.people.ines.id
        db.session.commit()
    return found


def publish(app: Flask, competition_id: int, by_id: int) -> bool:
    with app.app_context():
        write()
        row, by = db.session.get_one(Competition, competition_id), db.session.get_one(Person, by_id)
        try:
            publishing.publish(row, by=by, now=BEFORE, zone=ZONE)
        except TooMany:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def published(app: Flask) -> int:
    rows, by_id = drafts(app)
    with ThreadPoolExecutor(THREE) as pool:
        return sum(pool.map(lambda each: publish(app, each, by_id), rows))


def looking_together(ask: Callable[..., set[int]], patience: float = MOMENT) -> Callable[..., set[int]]:
    """All have looked before anybody writes."""
    together = Barrier(THREE)

    def look(competition: Competition, people: set[int]) -> set[int]:
        found = ask(competition, people)
        try:
            together.wait(timeout=patience)
        except BrokenBarrierError:
            together.reset()
        return found

    return look


def test_of_three_published_at_once_two_are(real_app: Flask) -> None:
    with patch.object(publishing, "too_many", looking_together(taking_part.too_many)):
        assert published(real_app) == 2


def test_control_without_holding_the_people_three_are(real_app: Flask) -> None:
    with real_app.app_context():
        if is_sqlite():
            pytest.skip("SQLite has one writer at a time")
    looking = patch.object(publishing, "too_many", looking_together(taking_part.too_many, CONTROL))
    with looking, patch.object(publishing, "hold_people"):
        assert published(real_app) == THREE


def objected_while_it_was_made_final(app: Flask, patience: float) -> bool:
    """Whether a result became final although somebody objected a second before."""
    with app.app_context():
        here = arena.start()
        row = here.publish(prizes=PLACES)
        finalising.review(row, GRACE_OVER)
        db.session.commit()
        write()
        disputing.object_to(row, here.scene.people.bram, "Nee", FINAL - SECOND)
        made: list[bool] = []
        other = Thread(target=lambda: made.append(finalise(app, row.id)))
        other.start()
        other.join(patience)
        db.session.commit()
        other.join()
        return made[0]


def finalise(app: Flask, competition_id: int) -> bool:
    with app.app_context():
        write()
        made = finalising.finalise(db.session.get_one(Competition, competition_id), FINAL)
        db.session.commit()
        return made is not None


@pytest.mark.parametrize("held", [True, False])
def test_an_objection_of_the_last_second_is_heard(real_app: Flask, held: bool) -> None:
    with real_app.app_context():
        guarded = held or is_sqlite()
    with nullcontext() if held else patch.object(life, "hold", return_value=True):
        assert objected_while_it_was_made_final(real_app, MOMENT if guarded else CONTROL) is not guarded


def test_a_draft_that_is_changed_while_it_is_published_is_not(real_app: Flask) -> None:
    with real_app.app_context():
        here = arena.start()
        row_id = here.draft(prizes=PLACES).id
        db.session.commit()
        stale = db.session.get_one(Competition, row_id)
        plan = plan_of(stale)
        db.session.rollback()
        assert publish(real_app, row_id, here.scene.people.ines.id)
        assert stale.published_at is None or stale.published_at == BEFORE
        write()
        with pytest.raises(NotADraft):
            draft.change(stale, plan)
        with pytest.raises(NotADraft):
            draft.drop(stale)
        db.session.rollback()
        assert here.pots() == (30_00, 70_00, 0, 0)


def test_control_without_the_guard_it_is_final_more_than_once(real_app: Flask) -> None:
    assert prizes.twice_without(real_app, prizes.prepare(real_app, THREE)) > 0


def test_a_little_of_everything_at_once(real_app: Flask) -> None:
    field = prizes.prepare(real_app, THREE)
    with ThreadPoolExecutor(THREE) as pool:
        acted = pool.map(lambda seed: prizes.act(real_app, field, seed, FINAL - prizes.HOUR, 12), range(THREE))
        assert sum(sum(done.values()) for done in acted)
    prizes.finish(real_app, field)
    assert prizes.faults(real_app, field) == []


def test_held_by_nobody_when_it_is_gone(session: None) -> None:
    here = arena.start()
    row = here.draft()
    draft.drop(row)
    assert not life.hold(row)
