"""A score that stands in Carerix under a number that is nobody's here is taken back: there it may be a stranger's."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import crm_id
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing.headers import Column
from app.domain.custody import anonymise, merge
from app.domain.scoring import carerix_score, carerix_standing, objection
from app.domain.scoring.carerix_score import CarerixScore
from app.domain.scoring.carerix_standing import CarerixStanding
from jobs import carerix
from jobs.carerix_door import Door
from tests import importing, make
from tests.fakes.carerix import Carerix
from tests.jobs.desk import TUESDAY
from tests.jobs.test_carerix import NUMBER, aisha, known_as, others, there, work
from tests.people import make_people

__all__ = ["aisha", "there"]
pytestmark = pytest.mark.usefixtures("session")
HOUR = timedelta(hours=1)
RIGHT = "91"


def lose(them: Candidate) -> None:
    crm_id.take_away(crm_id.ids_of(them.id)[0], TUESDAY)


def correct(them: Candidate) -> None:
    lose(them)
    known_as(them, RIGHT)


def forget(them: Candidate) -> None:
    anonymise.anonymise_many([them.id], TUESDAY)


def object_to_it(them: Candidate) -> None:
    objection.record(them.id, TUESDAY, objects=True)


@pytest.mark.parametrize("happens", [lose, correct, forget, object_to_it])
def test_it_is_taken_back(there: Carerix, aisha: Candidate, happens: Callable[[Candidate], None]) -> None:
    work()
    assert NUMBER in there.scores
    happens(aisha)
    work(TUESDAY + HOUR)
    assert (NUMBER in there.scores, there.writes[-1]) == (False, (NUMBER, None))
    assert carerix_standing.left() == []
    assert not carerix_standing.is_noted(NUMBER)
    before = len(there.writes)
    work(TUESDAY + 3 * HOUR)
    assert len(there.writes) == before


def test_an_import_with_the_wrong_column_that_was_undone_leaves_none(there: Carerix) -> None:
    ada, columns = make_people().ada, [Column.NAME, Column.CARERIX_ID]
    row = importing.written(ada, b"Naam;Nummer\nEls Kok;88\n", columns, TUESDAY)
    (them,) = db.session.scalars(select(Candidate).where(Candidate.name == "Els Kok"))
    carerix_score.plan(them.id, TUESDAY.date(), TUESDAY, "voorbeeld.nl")
    work()
    assert there.scores == {NUMBER: 0}
    importing.undone(row, ada, TUESDAY + HOUR)
    work(TUESDAY + HOUR)
    assert there.scores == {}


def test_whoever_gets_the_number_is_written_in_the_place_of_the_one_before(there: Carerix, aisha: Candidate) -> None:
    """Also when they did nothing yet: otherwise the score of another would stand there."""
    work()
    lose(aisha)
    known_as(make.candidate("Bilal Amrani"), NUMBER)
    work(TUESDAY + HOUR)
    assert there.scores == {NUMBER: 0}
    assert None not in [shown for _, shown in there.writes]


def test_the_number_that_was_given_again_has_its_score_again(there: Carerix, aisha: Candidate) -> None:
    work()
    lose(aisha)
    work(TUESDAY + HOUR)
    known_as(aisha, NUMBER)
    work(TUESDAY + timedelta(days=1))
    assert there.scores[NUMBER] > 0


def test_of_two_who_are_one_the_number_that_counts_keeps_it(there: Carerix, aisha: Candidate) -> None:
    (other,) = others(RIGHT)
    there.employees.add(RIGHT)
    work()
    assert set(there.scores) == {NUMBER, RIGHT}
    by = db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()
    merge.merge(aisha, other, {}, by, TUESDAY)
    work(TUESDAY + HOUR)
    assert set(there.scores) == {RIGHT}


@pytest.mark.parametrize("fault", [500, 429, 403])
def test_trouble_is_waited_out(there: Carerix, aisha: Candidate, fault: int) -> None:
    work()
    lose(aisha)
    there.trouble.append(fault)
    work(TUESDAY + HOUR)
    assert NUMBER in there.scores
    work(TUESDAY + 2 * HOUR + timedelta(minutes=1))
    assert NUMBER not in there.scores


def test_where_nothing_goes_through_the_others_wait(there: Carerix, aisha: Candidate) -> None:
    them = others("1", "2")
    there.employees |= {"1", "2"}
    work()
    for each in (aisha, *them):
        lose(each)
    there.trouble.extend([500] * 3)
    work(TUESDAY + HOUR)
    assert len(there.trouble) == 2


def test_a_number_that_nobody_has_there_is_done(there: Carerix, aisha: Candidate) -> None:
    work()
    lose(aisha)
    there.employees.clear()
    work(TUESDAY + HOUR)
    assert not carerix_standing.is_noted(NUMBER)


def refuses(there: Carerix) -> None:
    there.errors.append("BAD_USER_INPUT")


def passes_over_it(there: Carerix) -> None:
    there.keeps = True


@pytest.mark.parametrize(
    ("does", "fault"), [(refuses, "declined: BAD_USER_INPUT"), (passes_over_it, "declined: STAYS")]
)
def test_what_carerix_keeps_is_listed_and_tried_for_a_month(
    there: Carerix, aisha: Candidate, does: Callable[[Carerix], None], fault: str
) -> None:
    work()
    lose(aisha)
    does(there)
    noticed = TUESDAY + HOUR
    work(noticed)
    assert [(row.number, row.fault, row.free_since) for row in carerix_standing.left()] == [(NUMBER, fault, noticed)]
    assert carerix_standing.how_many_left() == 1
    tried = len(there.writes)
    work(noticed + timedelta(hours=20))
    assert len(there.writes) == tried
    there.keeps = True
    work(noticed + timedelta(days=1, hours=1))
    assert len(there.writes) == tried + 1
    work(noticed + timedelta(days=31))
    assert db.session.scalars(select(CarerixStanding)).all() == []


def test_a_score_that_arrived_just_before_the_process_was_killed_is_found(
    there: Carerix, aisha: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was written down of what Carerix answered, and meanwhile the number was corrected."""
    write = Door.write

    def killed(self: Door, number: str, shown: int) -> None:
        write(self, number, shown)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Door, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            work()
    db.session.rollback()
    assert (NUMBER in there.scores, db.session.scalars(select(CarerixScore)).all()) == (True, [])
    lose(aisha)
    work(TUESDAY + HOUR)
    assert there.scores == {}


def test_somebody_forgotten_while_they_were_written_is_found(there: Carerix, aisha: Candidate) -> None:
    work()
    forget(aisha)
    work(TUESDAY + HOUR)
    carerix_score.written(aisha.id, carerix_score.Written(NUMBER, 5), TUESDAY)
    assert carerix_standing.freed() == [NUMBER]


def test_two_processes_take_back_once(there: Carerix, aisha: Candidate) -> None:
    work()
    lose(aisha)
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    assert [carerix_standing.claim(NUMBER, TUESDAY) for _ in range(2)] == [True, False]


def test_what_is_somebodys_again_is_not_taken_back(there: Carerix, aisha: Candidate) -> None:
    work()
    lose(aisha)
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    assert carerix_standing.due(TUESDAY) == [NUMBER]
    known_as(make.candidate("Bilal Amrani"), NUMBER)
    assert (carerix_standing.due(TUESDAY), carerix_standing.claim(NUMBER, TUESDAY)) == ([], False)
    carerix_standing.forget(TUESDAY + timedelta(days=99))
    assert carerix_standing.is_noted(NUMBER)
    assert carerix_standing.left() == []


def test_while_nothing_is_written_numbers_are_not_kept_for_good(there: Carerix, aisha: Candidate, app: Flask) -> None:
    work()
    lose(aisha)
    on = app.config["SETTINGS"]
    app.config["SETTINGS"] = on.model_copy(update={"carerix_user": ""})

    def look(at: datetime) -> bool:
        work(at)
        return carerix_standing.is_noted(NUMBER)

    assert [look(TUESDAY + timedelta(days=days)) for days in (1, 30, 32)] == [True, True, False]
    assert there.writes[-1] != (NUMBER, None)
