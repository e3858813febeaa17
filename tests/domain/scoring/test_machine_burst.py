"""A burst of a link scanner reverses: whatever else somebody did, before, between or after, counts as if alone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.response import take_in
from app.domain.journey.settling import WINDOW, Click
from app.domain.journey.touchpoint import Hit
from app.domain.scoring.engagement import score_of
from tests import make

NOON = datetime(2026, 3, 10, 11, tzinfo=make.START.tzinfo)
SECOND = timedelta(seconds=1)
Act = tuple[str, int]
ACTS = st.lists(st.tuples(st.sampled_from(("form", "site_visit", "mail_click", "job_view")), st.integers(-9, 9)))


def act(who: int, at: datetime, kind: str, *, link: str = "") -> None:
    """Something that happened; with a link, in one message."""
    name = f"{who}-{kind}-{at.isoformat()}-{link}"
    taken = take_in(Hit(who, kind, at, "s", name, "unknown" if link else "human"), NOON + 10 * clock.DAY)
    if link and taken.touchpoint_id:
        verdicts.watch([Click(taken.touchpoint_id, who, "s", "week 11", link, at)], NOON)


def tau(who: int) -> float | None:
    return score_of(who, NOON).tau


@given(acts=ACTS, links=st.lists(st.sampled_from("abcdef"), min_size=3, max_size=6, unique=True), after=st.integers(0))
@settings(max_examples=25)
def test_machine_burst_reverses(session: None, acts: list[Act], links: list[str], after: int) -> None:
    make.agency()
    with_burst, without = make.candidate().id, make.candidate().id
    scanned = [("mail_click", second, link) for second, link in enumerate(links)]
    own = [(kind, day * 86_400 + 3_600, "") for kind, day in dict.fromkeys(acts)]
    at = after % (len(own) + 1)
    for kind, seconds, link in [*own[:at], *scanned, *own[at:]]:
        act(with_burst, NOON + seconds * SECOND, kind, link=link)
    for kind, seconds, _ in own:
        act(without, NOON + seconds * SECOND, kind)
    verdicts.settle(NOON + WINDOW)
    assert tau(with_burst) == (None if tau(without) is None else pytest.approx(tau(without), abs=0.01))
    db.session.rollback()
