"""What candidates thought is told by stage and team, and never so that it tells who said what."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions.recovery import Cause, Recovery
from app.domain.journey.feedback import Feedback
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.put_right import put_right
from app.domain.oversight.satisfaction import Result, hide, satisfaction
from tests import make
from tests.domain.scoring.scene import NOW
from tests.people import People, make_people

DAY = timedelta(days=1)
MONTH = Scope(NOW - 28 * DAY, NOW)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def asked(people: People, scores: Sequence[int | None], stage: str = "engage", **facts: int | None) -> None:
    for number, score in enumerate(scores):
        row = Feedback(
            candidate_id=make.candidate().id, stage=stage, question="clear", team_id=people.sanne.team_id,
            asked_at=NOW - DAY, lapses_at=NOW, score=score, answer=score,
        )  # fmt: skip
        row.recommends = facts.get("recommends", number) if facts.get("ends") else None
        row.at_the_end = bool(facts.get("ends"))
        db.session.add(row)
    db.session.flush()


def test_five_answers_are_told(people: People) -> None:
    asked(people, [5, 4, 4, 2, 5, None, None, None])
    found = satisfaction(MONTH)
    assert (found.whole.average, found.whole.rate, found.whole.spread) == (4, 62, [0, 20, 0, 40, 40])
    assert [(one.name, one.average) for one in found.stages] == [("engage", 4)]
    assert [(one.name, one.average) for one in found.teams] == [("Zwolle", 4)]
    assert [(one.name, one.average) for one in found.questions] == [("clear", 4), ("easy", None)]


def test_four_are_not(people: People) -> None:
    asked(people, [5, 4, 4, 2])
    whole = satisfaction(MONTH).whole
    assert (whole.hidden, whole.average, whole.rate, whole.spread, whole.promoters) == (True, None, None, [], None)


def test_nor_what_the_sum_would_tell(people: People) -> None:
    for stage, answers in (("engage", 6), ("nurture", 9), ("convert", 2)):
        asked(people, [4] * answers, stage)
    assert {one.name: one.hidden for one in satisfaction(MONTH).stages} == {
        "engage": True, "nurture": False, "convert": True
    }  # fmt: skip


def test_two_that_are_few_hide_each_other() -> None:
    results = [Result(name, 9, Counter({4: times})) for name, times in (("a", 3), ("b", 3), ("c", 9), ("d", 0))]
    assert [one.hidden for one in hide(results)] == [True, True, False, False]


@pytest.mark.parametrize(("recommends", "score"), [(9, 100), (8, 0), (6, -100)])
def test_whether_they_recommend_us(people: People, recommends: int, score: int) -> None:
    asked(people, [4] * 5, ends=1, recommends=recommends)
    assert satisfaction(MONTH).recommends.promoters == score


def test_only_of_the_period(people: People) -> None:
    asked(people, [4] * 5)
    assert satisfaction(Scope(NOW, NOW + DAY)).whole.asked == 0


def test_what_was_put_right(people: People) -> None:
    for number, hours in enumerate((2, 30, None, None)):
        row = Recovery(candidate_id=make.candidate().id, cause=Cause.COMPLAINT, about=str(number),
                       opened_at=NOW - DAY * 3, due_at=NOW - DAY * 2 if number != 3 else NOW + DAY)  # fmt: skip
        row.closed_at = row.opened_at + timedelta(hours=hours) if hours else None
        db.session.add(row)
    db.session.flush()
    assert put_right(MONTH, NOW) == (4, 1, 1, 2, 1)
