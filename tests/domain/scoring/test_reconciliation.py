"""The nightly check finds a score that is not what the touchpoints say, and no other."""

import pytest
from sqlalchemy import update

from app.db import db
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import reconciliation, versions
from app.domain.scoring.cell import EngagementScore
from tests import make
from tests.domain.scoring.scene import NOW, make_candidate, take


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def test_scores_that_are_right_pass(candidate_id: int) -> None:
    take(candidate_id, ("form", 0), ("job_view", 1), ("job_view", 2))
    take(make.candidate().id, ("mail_open", 0))
    found = reconciliation.check(NOW)
    assert (found.sampled, found.differing, found.worst, found.example) == (2, 0, 0.0, None)
    assert versions.newest_check() is found


@pytest.mark.parametrize("table", [ContactState, EngagementScore])
def test_a_score_that_drifted_is_found(candidate_id: int, table: type[ContactState | EngagementScore]) -> None:
    take(candidate_id, ("form", 0))
    db.session.execute(update(table).values(tau=table.tau + 5))
    found = reconciliation.check(NOW)
    assert (found.differing, found.example, round(found.worst)) == (1, candidate_id, 5)


def test_a_score_that_was_lost_is_found(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    db.session.execute(update(ContactState).values(tau=None))
    assert reconciliation.check(NOW).differing == 1
