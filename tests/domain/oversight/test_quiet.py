"""Gone quiet against sorting every candidate who waits too long."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.candidates import pool
from app.domain.candidates.narrowing import Plan, narrowed
from app.domain.candidates.wanted import Signal, Wanted
from app.domain.oversight.quiet import Quiet, as_of, gone_quiet
from tests import make
from tests.domain.oversight.scene import NOW, Scene

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def made(session: None, three_months: Scene) -> Scene:
    return three_months.again()


def by_hand(made: Scene) -> list[int]:
    late = [candidate for candidate in made.candidates if made.standing(candidate, SOON) == "late"]
    late.sort(key=lambda one: (made.last_contact(one, SOON) or one.registered_at.replace(year=1990), one.registered_at))
    never = [one for one in late if made.last_contact(one, SOON) is None]
    return [one.id for one in never] + [one.id for one in late if one not in never]


def found(limit: int = 5000, *, named: bool = True) -> list[Quiet]:
    return gone_quiet(NOW, limit, named=named)


def test_longest_first(made: Scene) -> None:
    assert [row.candidate_id for row in found()] == by_hand(made)
    assert [row.candidate_id for row in gone_quiet(NOW, named=True)] == by_hand(made)[:10]


def test_never_contacted_comes_first(made: Scene) -> None:
    moments = [row.contact_at for row in found()]
    never = moments.count(None)
    assert 0 < never < len(moments)
    assert moments[:never] == [None] * never


def test_with_the_owner(made: Scene) -> None:
    owners = {candidate.id: candidate.owner_id for candidate in made.candidates}
    names: dict[int | None, str] = {person.id: person.name for person in made.people}
    assert all(row.owner == names[owners[row.candidate_id]] for row in found())


def test_without_names(made: Scene) -> None:
    assert {row.owner for row in found(named=False)} == {None}


@pytest.mark.parametrize("plan", Plan)
def test_a_list_of_candidates_finds_the_same(made: Scene, plan: Plan) -> None:
    wanted = Wanted(signals=(Signal.LATE,), as_of=as_of(NOW, the_zone()))
    admin = make.person("Ada Smit", Role.ADMIN)
    assert {each.id for each in db.session.scalars(narrowed(admin, wanted, plan))} == set(by_hand(made))
    assert pool.count(admin, wanted) == len(by_hand(made))
