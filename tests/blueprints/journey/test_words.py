"""How the journey is told: lengths of time, contact points of whoever acted, and until when something is put right."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.domain.actions.recovery import Cause, Recovery
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.oversight.contact_point import Side
from app.language import in_language
from app.words import feedback, journey
from tests.domain.scoring.scene import NOW

VISIT = TouchpointKind(code="site_visit", label_nl="Website bezocht", label_en="Website visited")


@pytest.fixture(autouse=True)
def _dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


@pytest.mark.parametrize(
    ("hours", "told"),
    [(None, "\N{EN DASH}"), (0.4, "minder dan een uur"), (1, "1 uur"), (47, "47 uur"), (60, "2 dagen")],
)
def test_a_length_of_time_is_told_in_what_fits(hours: float | None, told: str) -> None:
    assert journey.duration(hours) == told


def test_a_contact_point_is_called_what_the_reader_calls_it() -> None:
    kinds: journey.Kinds = {(Side.THEY, "site_visit"): VISIT}
    called = [
        journey.point_label(side, code, kinds)
        for side, code in ((Side.THEY, "site_visit"), (Side.WE, "site_visit"), (Side.APPLICATION, "rejected"))
    ]
    assert called == ["Website bezocht", "site_visit", "Afgewezen"]


def test_what_is_too_late_says_since_when() -> None:
    row = Recovery(candidate_id=1, cause=Cause.COMPLAINT, about="1", opened_at=NOW, due_at=NOW)
    assert feedback.recovery_due(row.due_at, NOW) == "Dit had op 1 april hersteld moeten zijn."
    assert feedback.recovery_due(row.due_at, NOW - timedelta(hours=1)) == "Neem uiterlijk op 1 april contact op."


def test_every_stage_has_its_question() -> None:
    asked = {
        feedback.stage_question(stage, at_the_end=end) for stage in ("attract", "redeploy") for end in (True, False)
    }
    assert len(asked) == 4
