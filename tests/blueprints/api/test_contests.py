"""Competitions through the API: those that the pages show, with what they are and whether one takes part."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.game.competing.competition import Competition
from tests.blueprints.api.conftest import client_of
from tests.blueprints.contests.conftest import NOW, Field
from tests.domain.game import scene
from tests.domain.game.competing import arena
from tests.people import Browser


@pytest.fixture
def field(app: Flask, browser: Browser) -> Iterator[Field]:
    with time_machine.travel(NOW, tick=False):
        with app.app_context():
            here = arena.start()
            scene.show_names(here.scene)
            db.session.commit()
        yield Field(app, here, browser)


def test_a_competition_is_told_as_it_is(field: Field) -> None:
    contest = field.contest()
    row = field.do(lambda: db.session.get_one(Competition, contest))
    sanne = client_of(field.browser, field.people.sanne)
    told = sanne.get(f"/contests/{contest}").json
    assert told == {
        "id": contest,
        "name": row.name,
        "about": row.about,
        "format": "most",
        "metric": row.metric,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "state": "live",
        "takes_part": True,
    }
    assert sanne.get("/contests").json == {"items": [told], "next": None}


def test_who_is_asked_takes_part_once_they_said_so(field: Field) -> None:
    contest = field.contest(by_choice=True)
    sanne = client_of(field.browser, field.people.sanne)
    assert sanne.get(f"/contests/{contest}").json["takes_part"] is False
    url = f"/contests/{contest}"
    field.page(field.people.sanne).post(f"{url}/entry", at=url)
    assert sanne.get(f"/contests/{contest}").json["takes_part"] is True
