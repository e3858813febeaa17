"""The log of lists: a new order is logged once, told again as it was shown, and reproduced to the hundredth."""

from random import Random

import pytest
from hypothesis import given, settings
from sqlalchemy import update

from app.db import db
from app.domain.custody.anonymise import anonymise_many
from app.domain.scoring import contact_next, list_again, list_log, situation_record
from app.domain.scoring.contact_next import Upcoming
from app.domain.scoring.list_log import ShownList, ShownRow
from app.domain.scoring.situation import Situation
from tests import make
from tests.domain.scoring.list_scene import any_list, empty_list
from tests.domain.scoring.pool_scene import DAY, HOUR, NOW, Pool
from tests.domain.scoring.test_ranking import situations

LISTS = {"sqlite": 800, "postgresql": 200}
"""How many of the thousand random lists each engine keeps and gives back."""


@pytest.fixture
def pool(session: None) -> Pool:
    pool = Pool()
    pool.add("Aisha", tau=(NOW + 80 * DAY).timestamp())
    pool.add("Bram", promise_due_at=NOW - DAY, promise_id=1)
    return pool


def upcoming(pool: Pool) -> Upcoming:
    return contact_next.for_person(pool.people.sanne, NOW)


def note(pool: Pool, surface: str = "today", first: int | None = None) -> int | None:
    return list_log.note(pool.people.sanne, upcoming(pool), surface, NOW, first)


def noted(pool: Pool) -> int:
    list_id = note(pool)
    assert list_id
    return list_id


def test_a_list_is_logged_with_all_that_it_came_from(pool: Pool) -> None:
    row = db.session.get_one(ShownList, noted(pool))
    assert (row.person_id, row.owner_id, row.pool_size, row.shown_at) == (*[pool.people.sanne.id] * 2, 2, NOW)
    assert row.settings["zone"] == "Europe/Amsterdam"


def test_the_rows_are_those_that_were_shown(pool: Pool) -> None:
    shown = [(row.candidate.id, row.ranked.priority) for row in upcoming(pool).rows]
    rows = list_log.rows_of(noted(pool))
    assert [(row.candidate_id, row.ranked and row.ranked.priority) for row in rows] == shown
    assert [row.position for row in rows] == [1, 2]


def test_the_same_order_is_logged_once(pool: Pool) -> None:
    assert (note(pool) is None, note(pool) is None) == (False, True)
    pool.add("Chantal", promise_due_at=NOW - 3 * DAY, promise_id=2)
    assert note(pool)


def test_each_surface_has_its_own(pool: Pool) -> None:
    assert note(pool)
    assert note(pool, "mail", first=1)
    assert note(pool, "mail", first=1) is None


def test_a_queue_is_always_logged(pool: Pool) -> None:
    assert note(pool, "queue") != note(pool, "queue")


def test_of_nobody_there_is_no_list(session: None) -> None:
    person = Pool().people.bram
    assert list_log.note(person, contact_next.for_person(person, NOW), "queue", NOW) is None


def test_only_the_first_rows_are_logged_when_no_more_were_shown(pool: Pool) -> None:
    list_id = note(pool, "mail", first=1)
    assert list_id
    assert len(list_log.rows_of(list_id)) == 1
    again = list_again.rank_again(list_id)
    assert again
    assert again.exact


def test_why_somebody_was_shown_is_told_as_it_was(pool: Pool) -> None:
    shown = upcoming(pool).rows[0].ranked
    found = list_log.ranked_of(noted(pool), int(shown.candidate_id))
    assert found == shown


def test_of_others_nothing_is_told(pool: Pool) -> None:
    assert list_log.ranked_of(noted(pool), 0) is None
    assert list_again.rank_again(0) is None


@given(situations)
@settings(max_examples=30)
def test_no_bit_of_a_situation_is_lost(situation: Situation) -> None:
    read = situation_record.read(situation_record.kept(situation))
    assert read._asdict() == situation._asdict()


def test_a_set_is_kept_in_order() -> None:
    situation = Situation(candidate_id=1, registered_at=0.0, permitted_channels=frozenset({"sms", "phone"}))
    assert situation_record.kept(situation)["permitted_channels"] == ["phone", "sms"]


def test_random_lists_are_reproduced_exactly(session: None, engine_name: str) -> None:
    random, person = Random(5), Pool().people.sanne
    ids, empty = [make.candidate(owner=person).id for _ in range(25)], empty_list(person)
    lists = [any_list(random, person, ids, empty) for _ in range(LISTS[engine_name])]
    logged = [list_log.note(person, each, "queue", NOW) for each in lists if each.listing.rows]
    db.session.expire_all()
    wrong = [each for each in logged if each is None or not (found := list_again.rank_again(each)) or not found.exact]
    assert (wrong, len(logged) > 0.9 * len(lists)) == ([], True)


def test_a_figure_that_comes_out_otherwise_is_named(pool: Pool) -> None:
    list_id = noted(pool)
    db.session.execute(update(ShownRow).where(ShownRow.position == 1).values(contributions=[["promise", 5999]]))
    again = list_again.rank_again(list_id)
    assert again
    assert not again.exact
    assert ("promise", 5999, 5400) in [each for row in again.rows for each in row.differences]


def test_an_order_that_is_not_that_of_the_rules_is_seen(pool: Pool) -> None:
    list_id = noted(pool)
    for was, position in ((1, 9), (2, 1), (9, 2)):
        db.session.execute(update(ShownRow).where(ShownRow.position == was).values(position=position))
    again = list_again.rank_again(list_id)
    assert again
    assert (again.in_order, again.exact) == (False, False)


def test_who_was_erased_is_blank_and_the_others_still_hold(pool: Pool) -> None:
    list_id, first = noted(pool), upcoming(pool).rows[0].candidate.id
    anonymise_many([first], NOW)
    db.session.expire_all()
    again = list_again.rank_again(list_id)
    assert again
    assert ([row.erased for row in again.rows], again.exact) == ([True, False], True)
    assert list_log.ranked_of(list_id, first) is None


def test_lists_are_kept_for_a_year(pool: Pool) -> None:
    list_id = noted(pool)
    assert list_log.forget_old(NOW + list_log.KEPT) == 0
    assert list_log.forget_old(NOW + list_log.KEPT + HOUR) == 1
    assert list_log.rows_of(list_id) == []
