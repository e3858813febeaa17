"""What candidates thought of a team: credited once a month, by share and average, and never on four answers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates.link import LIVES, LinkPurpose
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.feedback import Feedback
from app.domain.oversight import team_credit
from app.domain.oversight.team_credit import Asked
from tests import make
from tests.people import People, make_people

ASKED = datetime(2026, 2, 10, 9, tzinfo=UTC)
OVER = datetime(2026, 3, 1, tzinfo=UTC) + LIVES[LinkPurpose.FEEDBACK]


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def ask(team_id: int | None, scores: list[int | None], at: datetime = ASKED) -> None:
    for score in scores:
        db.session.add(
            Feedback(
                candidate_id=make.candidate().id,
                stage="engage",
                question="clear",
                team_id=team_id,
                asked_at=at,
                lapses_at=at + LIVES[LinkPurpose.FEEDBACK],
                answered_at=at if score else None,
                score=score,
            )
        )
    db.session.flush()


def rows() -> list[LedgerEntry]:
    return list(db.session.scalars(select(LedgerEntry)))


@pytest.mark.parametrize(
    ("asked", "faces", "points"), [(10, [5] * 10, 100), (20, [5] * 10, 50), (10, [3] * 5, 25), (6, [1] * 5, 0)]
)
def test_the_share_that_answered_times_how_good_it_was(asked: int, faces: list[int], points: int) -> None:
    assert Asked(1, asked, len(faces), sum(faces)).points == points


def test_a_team_is_credited_once_for_each_member_and_nobody_in_it(people: People) -> None:
    ask(people.sanne.team_id, [5, 5, 5, 5, 5, None, None, None, None, None])
    assert [team_credit.credit(OVER) for _ in range(2)] == [1, 0]
    (row,) = rows()
    assert (row.person_id, row.team_id, row.source_id, row.points % 50) == (None, people.sanne.team_id, 202602, 0)


def test_four_answers_tell_too_much(people: People) -> None:
    ask(people.sanne.team_id, [5, 5, 5, 5, None])
    assert team_credit.credit(OVER) == 0


def test_what_is_of_no_team_or_may_still_be_answered_waits(people: People) -> None:
    ask(None, [5] * 5)
    ask(people.sanne.team_id, [5] * 5, at=datetime(2026, 3, 2, tzinfo=UTC))
    assert team_credit.credit(OVER) == 0


def test_before_there_is_a_program_nobody_is_credited(session: None) -> None:
    assert team_credit.credit(OVER) == 0
