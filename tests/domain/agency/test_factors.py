"""Who has a second factor, who must, and what is left when everything is taken away."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.agency import factors, sign_in_step, staff
from app.domain.agency.factors import Rule, Share
from app.domain.agency.person import Role
from app.domain.agency.second_factor import Authenticator, Passkey, RecoveryCode, SignInStep, StepKind
from tests import make
from tests.factors import app_of, everything_of, passkey_of

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_an_app_or_a_key_counts_and_one_that_waits_does_not() -> None:
    sanne, bram, otto = (make.person(name) for name in ("Sanne", "Bram", "Otto"))
    app_of(sanne, NOW)
    passkey_of(bram, NOW)
    db.session.add(Authenticator(person_id=otto.id, secret=b"", made_at=NOW))
    db.session.flush()
    assert [factors.has(each.id) for each in (sanne, bram, otto)] == [True, True, False]


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (Rule.FREE, set()),
        (Rule.MANAGERS, {Role.LEAD, Role.SPONSOR, Role.ADMIN}),
        (Rule.EVERYBODY, set(Role)),
    ],
)
def test_who_must(rule: Rule, who: set[Role]) -> None:
    assert {role for role in Role if factors.must(rule, role)} == who


def test_how_many_have_one_of_those_who_can_sign_in() -> None:
    people = [make.person("Sanne"), make.person("Lea", Role.LEAD), make.person("Ada", Role.ADMIN)]
    invited, gone = make.person("Bea", Role.ADMIN), make.person("Gerrit", Role.LEAD, gone=True)
    for each in (*people, gone):
        each.password_hash = "$kept"
    for each in (people[1], invited, gone):
        app_of(each, NOW)
    assert factors.shares() == (Share(1, 2), Share(1, 3))


def test_everything_goes_of_one_and_nothing_of_others() -> None:
    sanne, bram = make.person("Sanne"), make.person("Bram")
    for each in (sanne, bram):
        everything_of(each, NOW)
        sign_in_step.begin(StepKind.SECOND, NOW, each.id)
    factors.end_all(sanne.id)
    assert [rows(each) for each in (Authenticator, Passkey, RecoveryCode, SignInStep)] == [1, 1, 10, 1]
    assert (factors.has(sanne.id), factors.has(bram.id)) == (False, True)


def test_whoever_leaves_begins_no_sign_in_and_finds_the_factors_again() -> None:
    sanne, ada = make.person("Sanne"), make.person("Ada", Role.ADMIN)
    ada.password_hash = "$kept"
    everything_of(sanne, NOW)
    value = sign_in_step.begin(StepKind.SECOND, NOW, sanne.id)
    staff.deactivate(sanne, ada, NOW)
    assert sign_in_step.find(value, StepKind.SECOND, NOW) is None
    staff.reactivate(sanne)
    assert factors.has(sanne.id)
