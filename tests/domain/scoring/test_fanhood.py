"""When somebody is a fan: a high score, borne out by their own acts on two days at least."""

from datetime import date

import pytest

from app.domain.scoring import fanhood
from app.domain.scoring.fanhood import Act
from app.domain.scoring.ruleset import PRESET

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("acts", "borne_out"),
    [
        ([("form", MONDAY), ("application_completed", MONDAY)], False),
        ([("form", MONDAY), ("form", TUESDAY)], True),
        ([("job_view", MONDAY), ("site_visit", TUESDAY)], True),
        ([("job_view", MONDAY), ("job_view", TUESDAY)], False),
        ([("job_view", MONDAY), ("mail_open", TUESDAY)], False),
        ([("form", MONDAY), ("Brochure", TUESDAY)], False),
    ],
)
def test_two_days_and_a_strong_act_or_two_kinds(acts: list[tuple[str, date]], borne_out: bool) -> None:
    assert fanhood.borne_out([Act(*each) for each in acts], PRESET) is borne_out


def test_it_begins_at_seventy_and_ends_below_forty_five() -> None:
    acts = [Act("form", MONDAY), Act("form", TUESDAY)]
    assert [fanhood.enters(shown, acts, PRESET) for shown in (69.9, 70.0)] == [False, True]
    assert [fanhood.stays(shown, PRESET) for shown in (45.0, 44.9)] == [True, False]


def test_the_points_of_a_score() -> None:
    assert fanhood.points(70, 25) == pytest.approx(58.333, abs=0.001)
