"""Who keeps coming back: on three days of seven on the website, once in a fortnight, and never by a machine."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import coming_back
from app.domain.scoring.coming_back import ComingBack
from app.domain.scoring.contribution import TOUCHPOINTS
from tests.domain.scoring.scene import MARCH, hit, make_candidate, take

DAY = timedelta(days=1)


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def visits(candidate_id: int, *days: float, kind: str = "site_visit", now: datetime | None = None) -> None:
    take(candidate_id, *((kind, day) for day in days), now=now or MARCH + max(days) * DAY)


def found() -> int:
    return db.session.scalar(select(func.count()).select_from(ComingBack)) or 0


def state(candidate_id: int) -> ContactState:
    return db.session.get_one(ContactState, candidate_id, populate_existing=True)


@pytest.mark.parametrize(
    ("days", "times"),
    [((0, 1), 0), ((0, 0.1, 0.2), 0), ((0, 1, 2), 1), ((0, 3, 6), 1), ((0, 3, 7), 0)],
)
def test_three_days_of_seven(candidate_id: int, days: tuple[float, ...], times: int) -> None:
    visits(candidate_id, *days)
    assert found() == times


def test_it_asks_for_a_contact(candidate_id: int) -> None:
    visits(candidate_id, 0, 1, 2)
    moment = MARCH + 2 * DAY
    known = state(candidate_id)
    assert (known.trigger, known.trigger_at, known.coming_back_at) == ("keeps_coming_back", moment, moment)


@pytest.mark.parametrize(("later", "times"), [(8, 1), (15, 2)])
def test_once_in_a_fortnight(candidate_id: int, later: int, times: int) -> None:
    visits(candidate_id, 0, 1, 2)
    visits(candidate_id, later + 1, later + 2, later + 3)
    assert found() == times


@pytest.mark.parametrize("kind", ["mail_click", "mail_open", "application_started"])
def test_only_the_website_counts(candidate_id: int, kind: str) -> None:
    visits(candidate_id, 0, 1, 2, kind=kind)
    assert found() == 0


@pytest.mark.parametrize("verdict", ["machine", "unknown"])
def test_only_people_come_back(candidate_id: int, verdict: str) -> None:
    hits = [hit(candidate_id, "site_visit", day)._replace(verdict=verdict) for day in range(3)]
    take_in_many(hits, MARCH + 2 * DAY)
    assert found() == 0


def test_the_past_is_silent(candidate_id: int) -> None:
    take_in_many([hit(candidate_id, "job_view", day) for day in range(3)], MARCH + 2 * DAY, silent=True)
    assert found() == 0


def test_who_objected_is_left_alone(candidate_id: int) -> None:
    contact_flags.objected(candidate_id, MARCH)
    visits(candidate_id, 0, 1, 2)
    assert found() == 0


def test_what_proved_wrong_never_was(candidate_id: int) -> None:
    visits(candidate_id, 0, 1, 2)
    assert not coming_back.reconsider(candidate_id)
    first = TOUCHPOINTS.c.local_date == MARCH.date()
    db.session.execute(TOUCHPOINTS.update().where(first).values(verdict="machine"))
    assert coming_back.reconsider(candidate_id)
    assert (found(), state(candidate_id).coming_back_at) == (0, None)
