"""What the weekly reminder tells of competitions: how each stands for its reader, and whom they meet by name."""

from types import SimpleNamespace

import pytest

from app.domain.actions.reminder import Taking, reminder_for
from app.domain.game import appearance
from app.domain.game.competing import glance
from app.domain.game.competing.competition import Format
from app.domain.game.competing.own_part import OwnPart
from app.domain.program.program import the_program
from app.language import in_language
from app.words.weekly_reminder import lines
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import Arena
from tests.jobs.waiting import FRIDAY


@pytest.fixture
def here(session: None) -> Arena:
    glance.counted.cache_clear()
    found = arena.start()
    found.publish(Format.TEAM_GOAL, goal=200, name="Samen naar 200")
    the_program().remind_when_empty = True  # type: ignore[union-attr] # there is one
    return found


def contests(here: Arena) -> list[Taking]:
    found = reminder_for(here.scene.people.sanne, FRIDAY) or pytest.fail("nothing to tell")
    return found.contests


def said(here: Arena) -> list[str]:
    found = reminder_for(here.scene.people.sanne, FRIDAY) or pytest.fail("nothing to tell")
    with in_language("nl"):
        return list(lines(found, FRIDAY.date()))


def test_how_it_stands(here: Arena) -> None:
    here.scene.earn(240, source_id=1)
    assert [(each.competition.name, each.part and each.part.together) for each in contests(here)] == [
        ("Samen naar 200", 240)
    ]
    assert "Samen naar 200: samen 240 van 200 punten, laatste dag." in said(here)


def test_whom_they_meet_is_named_as_they_appear(here: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    bram = here.scene.people.bram
    pair = OwnPart(Format.HEAD_TO_HEAD, "points", None, 0, round=1, rounds=1, other_id=bram.id, ahead=1)
    parts = SimpleNamespace(parts={here.scene.people.sanne.id: pair})
    monkeypatch.setattr(glance, "at_a_glance", lambda *_: parts)
    assert contests(here)[0].other is None
    appearance.choose(bram, appearance.NAMED, FRIDAY)
    assert contests(here)[0].other == "Bram Jansen"
    assert any("Bram Jansen" in each for each in said(here))
