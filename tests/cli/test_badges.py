"""`flask badges` and the job: the whole ledger looked through in silence, and what is new told."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.game.feed import FeedItem
from app.domain.program.action_kind import ActionKind
from jobs import badges
from tests.domain.game.scene import Scene, start


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    """Somebody who found three candidates again."""
    with real_app.app_context():
        scene = start()
        kind_id = db.session.scalars(select(ActionKind.id).where(ActionKind.code == "reengaged")).one()
        for each in (1, 2, 3):
            scene.earn(60, action_kind_id=kind_id, candidate_id=each, source_id=each)
        db.session.commit()
        return scene


def told(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(FeedItem.kind)))


def test_a_back_fill_says_what_it_gave_and_tells_nobody(real_app: Flask, scene: Scene) -> None:
    runner = real_app.test_cli_runner()
    assert runner.invoke(args=["badges", "--rebuild"]).output.splitlines() == [
        "1 badges given",
        "Sanne de Vries: redeployer",
    ]
    assert runner.invoke(args=["badges", "--rebuild"]).output.startswith("0 badges given")
    assert told(real_app) == []


def test_the_job_gives_what_is_new_and_tells_it_once(real_app: Flask, scene: Scene) -> None:
    with real_app.app_context():
        at = scene.earn(10, source_id=9, candidate_id=9, recorded_at=Scene.now)
        assert at
        db.session.commit()
        assert [badges.give_due("job", Scene.now) for _ in range(2)] == [1, 0]
        db.session.remove()
    assert told(real_app) == ["badge"]


def test_without_a_program_there_is_nothing_to_do(real_app: Flask) -> None:
    assert "no program" in real_app.test_cli_runner().invoke(args=["badges"]).output
    with real_app.app_context():
        assert badges.give_due("job", Scene.now) == 0
