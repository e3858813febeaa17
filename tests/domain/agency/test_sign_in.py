"""Signing in: the right person enters, guessing is slowed down, also when it is done all at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.agency import password, sign_in
from app.domain.agency.person import Person
from app.domain.agency.session import SignInFailure, SignInSession, open_session
from app.domain.agency.sign_in import PER_ACCOUNT, PER_ADDRESS, Attempt, TooMany
from tests import make
from tests.hashes import hasher

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RIGHT, WRONG = "paars olifant fiets", "groen olifant fiets"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


def sanne(**facts: bool) -> Person:
    row = make.person("Sanne de Vries", **facts)  # type: ignore[arg-type] # only flags
    row.password_hash = password.hashed(RIGHT)
    db.session.flush()
    return row


def attempt(email: str = "sanne@voorbeeld.nl", address: str = "192.0.2.1") -> Attempt:
    return sign_in.attempt(email, address, "key")


def enter(typed: str, who: Attempt | None = None, at: datetime = NOW) -> Person | None:
    who = who or attempt()
    return sign_in.settle(who, sign_in.prove(who, typed, at), at)


def failures() -> int:
    return db.session.scalar(select(func.count()).select_from(SignInFailure)) or 0


@pytest.mark.usefixtures("session")
class TestEntering:
    def test_the_right_password_proves_who_somebody_is(self) -> None:
        person = sanne()
        assert enter(RIGHT, attempt(" Sanne@Voorbeeld.NL ")) is person
        assert failures() == 0

    def test_a_wrong_password_is_counted(self) -> None:
        sanne()
        assert enter(WRONG) is None
        assert failures() == 1

    @pytest.mark.parametrize("email", ["niemand@voorbeeld.nl", "geen adres", ""])
    def test_an_unknown_account_is_counted_alike(self, email: str) -> None:
        assert enter(RIGHT, attempt(email)) is None
        assert failures() == 1

    def test_whoever_left_does_not_enter(self) -> None:
        sanne(gone=True)
        assert enter(RIGHT) is None

    def test_whoever_leaves_meanwhile_does_not_enter(self) -> None:
        person = sanne()
        proof = sign_in.prove(attempt(), RIGHT, NOW)
        person.deactivated_at = NOW
        assert sign_in.settle(attempt(), proof, NOW) is None

    def test_a_password_that_was_changed_meanwhile_proves_nothing(self) -> None:
        person = sanne()
        password.hasher = hasher(cost=2)
        proof = sign_in.prove(attempt(), RIGHT, NOW)
        person.password_hash = changed = password.hashed(WRONG)
        assert proof.fresh_hash
        assert sign_in.settle(attempt(), proof, NOW) is None
        assert person.password_hash == changed

    def test_an_invited_person_without_a_password_does_not_enter(self) -> None:
        make.person("Sanne de Vries")
        assert enter("nobody has this password") is None

    def test_a_weaker_hash_is_renewed(self) -> None:
        person = sanne()
        before = person.password_hash
        password.hasher = hasher(cost=2)
        assert enter(RIGHT) is person
        assert person.password_hash != before

    def test_entering_forgets_ones_own_failures_only(self) -> None:
        sanne()
        enter(WRONG)
        enter(WRONG, attempt("otto@voorbeeld.nl"))
        enter(RIGHT)
        assert db.session.scalars(select(SignInFailure.account_hash)).all() == [attempt("otto@voorbeeld.nl").account]

    def test_nothing_readable_is_kept(self) -> None:
        enter(WRONG)
        row = db.session.scalars(select(SignInFailure)).one()
        assert len(row.account_hash) == len(row.address_hash) == 64
        assert row.account_hash != sign_in.attempt("sanne@voorbeeld.nl", "192.0.2.1", "other key").account


@pytest.mark.usefixtures("session")
class TestLimits:
    def test_an_account_waits_after_ten(self) -> None:
        sanne()
        for minute in range(PER_ACCOUNT):
            enter(WRONG, attempt(address=f"192.0.2.{minute}"), NOW + timedelta(minutes=minute))
        with pytest.raises(TooMany) as limit:
            enter(RIGHT, at=NOW + timedelta(minutes=20))
        assert limit.value.wait == timedelta(minutes=40)
        assert enter(RIGHT, at=NOW + timedelta(minutes=60))

    def test_nine_are_forgiven(self) -> None:
        sanne()
        for _ in range(PER_ACCOUNT - 1):
            enter(WRONG)
        assert enter(RIGHT)

    def test_an_unknown_account_waits_as_well(self) -> None:
        for _ in range(PER_ACCOUNT):
            enter(WRONG, attempt("niemand@voorbeeld.nl"))
        with pytest.raises(TooMany):
            enter(WRONG, attempt("niemand@voorbeeld.nl"))

    def test_an_address_waits_after_twenty(self) -> None:
        sanne()
        for number in range(PER_ADDRESS):
            enter(WRONG, attempt(f"{number}@voorbeeld.nl"))
        with pytest.raises(TooMany):
            enter(RIGHT)
        assert enter(RIGHT, attempt(address="198.51.100.7"))

    def test_the_limit_is_asked_again_before_the_answer(self) -> None:
        sanne()
        proof = sign_in.prove(attempt(), RIGHT, NOW)
        for _ in range(PER_ACCOUNT):
            sign_in.count(attempt(), NOW)
        with pytest.raises(TooMany):
            sign_in.settle(attempt(), proof, NOW)

    def test_old_failures_are_forgotten(self) -> None:
        enter(WRONG)
        enter(WRONG, at=NOW + timedelta(hours=1))
        assert failures() == 1

    def test_an_ipv6_subscriber_is_one_address(self) -> None:
        assert attempt(address="2001:db8::1").address == attempt(address="2001:db8::ffff").address
        assert attempt(address="2001:db8::1").address != attempt(address="2001:db8:1::1").address
        assert attempt(address="192.0.2.1").address != attempt(address="192.0.2.2").address
        assert attempt(address="").address == attempt(address="").address

    @pytest.mark.parametrize("told", ["::ffff:192.0.2.1", "192.0.2.1:50123", "[::ffff:192.0.2.1]:50123"])
    def test_an_address_is_the_same_however_a_proxy_tells_it(self, told: str) -> None:
        assert attempt(address=told).address == attempt(address="192.0.2.1").address
        assert attempt(address="[2001:db8:1:2::3]:443").address == attempt(address="2001:db8:1:2::4").address


@pytest.mark.usefixtures("session")
def test_a_new_password_ends_the_other_sessions() -> None:
    person = sanne()
    for _ in range(3):
        open_session(person, "", NOW)
    here = db.session.scalars(select(SignInSession.id)).first() or 0
    sign_in.change_password(person, "$new", here, NOW)
    assert person.password_hash == "$new"
    assert db.session.scalars(select(SignInSession.id)).all() == [here]


def test_guessing_all_at_once_gains_nothing(real_app: Flask) -> None:
    with real_app.app_context():
        sanne()
        db.session.commit()

    def guess(number: int) -> str:
        with real_app.app_context():
            try:
                proof = sign_in.prove(attempt(), WRONG, NOW)
                write()
                sign_in.settle(attempt(), proof, NOW)
                db.session.commit()
            except TooMany:
                return "wait"
            return "wrong"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count("wrong") == PER_ACCOUNT
