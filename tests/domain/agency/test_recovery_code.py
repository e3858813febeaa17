"""Codes on paper: typed as people type, good for one use, nobody else's, and kept as hashes only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, write
from app.domain.agency import recovery_code, token
from app.domain.agency.person import Person
from app.domain.agency.second_factor import RecoveryCode
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def sanne(session: None) -> Person:
    return make.person("Sanne de Vries")


def test_ten_that_differ_in_six_groups_of_four(sanne: Person) -> None:
    codes = recovery_code.make(sanne.id, NOW)
    assert len(set(codes)) == recovery_code.left(sanne.id) == 10
    assert len(set(recovery_code.LETTERS)) ** recovery_code.LENGTH >= 2**112
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 6
        assert set(code) <= {*recovery_code.LETTERS, "-"}


def test_each_works_once(sanne: Person) -> None:
    code, other, *_ = recovery_code.make(sanne.id, NOW)
    assert recovery_code.use(sanne.id, code, NOW)
    assert not recovery_code.use(sanne.id, code, NOW)
    assert recovery_code.left(sanne.id) == 9
    assert recovery_code.use(sanne.id, other, NOW)


def test_it_may_be_typed_in_any_way(sanne: Person) -> None:
    db.session.add(RecoveryCode(person_id=sanne.id, code_hash=token.hashed("01AB" * 6), made_at=NOW))
    db.session.flush()
    typed = "oLab OIab  olab-oiab olab.Olab"
    assert recovery_code.is_one(typed)
    assert recovery_code.use(sanne.id, typed, NOW)


@pytest.mark.parametrize("typed", ["", "123456", "0000-0000-0000-0000-0000-0000", "€" * 24])
def test_what_is_no_code_does_not_work(sanne: Person, typed: str) -> None:
    recovery_code.make(sanne.id, NOW)
    assert not recovery_code.use(sanne.id, typed, NOW)
    assert recovery_code.left(sanne.id) == 10


def test_a_code_of_the_app_is_not_taken_for_one() -> None:
    assert not recovery_code.is_one("123 456")


def test_new_ones_end_the_old(sanne: Person) -> None:
    old = recovery_code.make(sanne.id, NOW)[0]
    recovery_code.make(sanne.id, NOW)
    assert not recovery_code.use(sanne.id, old, NOW)
    assert recovery_code.left(sanne.id) == 10


def test_a_code_is_nobody_elses(sanne: Person) -> None:
    code = recovery_code.make(sanne.id, NOW)[0]
    assert not recovery_code.use(make.person("Bram Jansen").id, code, NOW)


def test_nothing_readable_is_kept(sanne: Person) -> None:
    codes = recovery_code.make(sanne.id, NOW)
    kept = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert {len(each) for each in kept} == {64}
    assert not kept & {*codes, *(code.replace("-", "") for code in codes)}


def test_of_many_at_once_one_uses_a_code(real_app: Flask) -> None:
    with real_app.app_context():
        person_id = make.person("Sanne de Vries").id
        code = recovery_code.make(person_id, NOW)[0]
        db.session.commit()

    def use(_number: int) -> bool:
        with real_app.app_context():
            write()
            right = recovery_code.use(person_id, code, NOW)
            db.session.commit()
            return right

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]
