"""Whoever changes touchpoints holds their candidates first, so that no two writers wait for each other."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from app.db import db
from app.domain.actions import relabelling, response, verdicts
from app.domain.journey import event_name
from app.domain.journey.machine import Verdict
from tests import make
from tests.domain.scoring.scene import NOW, hit, make_candidate


@pytest.fixture
def touchpoint_id(session: None) -> int:
    taken = response.take_in(hit(make_candidate(), "Brochure", 0), NOW)
    event_name.map_to("Brochure", "form", make.person("Mila Kok").id, NOW)
    db.session.flush()
    return taken.touchpoint_id or 0


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What the database is told, in order."""
    found: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - as it comes
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield found
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize(
    "change",
    [
        lambda id_: response.take_back(id_, NOW),
        lambda id_: verdicts.judge_again([id_], Verdict.MACHINE, NOW),
        lambda _: relabelling.advance(NOW),
    ],
    ids=["taken back", "judged again", "under another name"],
)
def test_candidates_are_held_first(touchpoint_id: int, said: list[str], change: Callable[[int], object]) -> None:
    change(touchpoint_id)
    held = next(number for number, text in enumerate(said) if "FROM contact_state" in text)
    assert held < next(number for number, text in enumerate(said) if text.startswith("UPDATE touchpoint SET"))
