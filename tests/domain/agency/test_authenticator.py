"""The app with codes: a code works once, in its own half minute, and never for somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, write
from app.domain.agency import authenticator, sealing
from app.domain.agency.authenticator import TO_CONFIRM, Confirmed
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Authenticator
from tests import make

NOW = datetime(2026, 11, 20, 9, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
KEY = "k" * 40


@pytest.fixture
def sanne(session: None) -> Person:
    return make.person("Sanne de Vries")


def begun(person: Person, at: datetime = NOW) -> str:
    """The secret of an app that is being set up."""
    authenticator.begin(person, KEY, at)
    found = authenticator.pending(person, "Vaste Band", KEY, at)
    assert found
    return found.secret


def code(secret: str, at: datetime = NOW) -> str:
    return pyotp.TOTP(secret).at(at)


def working(person: Person) -> str:
    """The secret of an app whose first code was typed ten minutes ago."""
    before = NOW - 20 * STEP
    secret = begun(person, before)
    assert authenticator.confirm(person.id, code(secret, before), KEY, before)
    return secret


def test_it_counts_once_its_first_code_is_right(sanne: Person) -> None:
    secret = begun(sanne)
    assert authenticator.of(sanne.id) is None
    assert not authenticator.confirm(sanne.id, "000000" if code(secret) != "000000" else "111111", KEY, NOW)
    assert not authenticator.use(sanne.id, code(secret), KEY, NOW)
    assert authenticator.confirm(sanne.id, code(secret), KEY, NOW)
    found = authenticator.of(sanne.id)
    assert found
    assert found.confirmed_at == NOW
    assert authenticator.pending(sanne, "Vaste Band", KEY, NOW) is None


def test_a_camera_reads_whose_it_is(sanne: Person) -> None:
    authenticator.begin(sanne, KEY, NOW)
    found = authenticator.pending(sanne, "Vaste Band", KEY, NOW)
    assert found
    assert found.uri.startswith("otpauth://totp/Vaste%20Band:sanne%40voorbeeld.nl?secret=")
    assert len(found.secret) == 32


def test_the_first_code_does_no_more_afterwards(sanne: Person) -> None:
    secret = begun(sanne)
    authenticator.confirm(sanne.id, code(secret), KEY, NOW)
    assert not authenticator.use(sanne.id, code(secret), KEY, NOW)
    assert authenticator.use(sanne.id, code(secret, NOW + STEP), KEY, NOW + STEP)


def test_whoever_takes_too_long_begins_anew(sanne: Person) -> None:
    first = begun(sanne)
    late = NOW + TO_CONFIRM
    assert not authenticator.confirm(sanne.id, code(first, late), KEY, late)
    assert begun(sanne, late) != first


@pytest.mark.parametrize(("seconds", "right"), [(-11, False), (-10, True), (19, True), (20, False), (50, False)])
def test_a_code_lives_for_half_a_minute(sanne: Person, seconds: int, right: bool) -> None:
    typed = code(working(sanne))
    assert authenticator.use(sanne.id, typed, KEY, NOW + timedelta(seconds=seconds)) is right


def test_an_app_whose_clock_is_wrong_is_not_set_up(sanne: Person) -> None:
    secret = begun(sanne)
    assert not authenticator.confirm(sanne.id, code(secret, NOW - STEP), KEY, NOW)
    assert not authenticator.confirm(sanne.id, code(secret, NOW + STEP), KEY, NOW)


def test_a_code_works_once_and_older_ones_not_after_it(sanne: Person) -> None:
    secret = working(sanne)
    assert authenticator.use(sanne.id, code(secret), KEY, NOW)
    assert not authenticator.use(sanne.id, code(secret), KEY, NOW)
    assert not authenticator.use(sanne.id, code(secret, NOW - STEP), KEY, NOW - STEP)


def test_spaces_do_not_matter(sanne: Person) -> None:
    typed = code(working(sanne))
    assert authenticator.use(sanne.id, f" {typed[:3]} {typed[3:]} ", KEY, NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16", "\x00"])
def test_other_texts_are_no_codes(sanne: Person, typed: str) -> None:
    working(sanne)
    assert not authenticator.use(sanne.id, typed, KEY, NOW)


def test_a_code_is_nobody_elses(sanne: Person) -> None:
    bram = make.person("Bram Jansen")
    secret = working(sanne)
    working(bram)
    assert not authenticator.use(bram.id, code(secret), KEY, NOW)


def test_one_that_works_is_not_replaced_behind_ones_back(sanne: Person) -> None:
    secret = working(sanne)
    with pytest.raises(Confirmed):
        authenticator.begin(sanne, KEY, NOW)
    assert authenticator.use(sanne.id, code(secret), KEY, NOW)


def test_after_its_end_it_counts_for_nothing(sanne: Person) -> None:
    secret = working(sanne)
    assert authenticator.end(sanne.id)
    assert not authenticator.use(sanne.id, code(secret), KEY, NOW)
    assert not authenticator.end(sanne.id)


def test_the_secret_is_sealed_and_of_one_person(sanne: Person) -> None:
    secret = working(sanne)
    row = db.session.scalars(select(Authenticator)).one()
    assert secret.encode() not in row.secret
    with pytest.raises(sealing.Broken):
        sealing.unseal(row.secret, KEY, "authenticator 0")


def test_without_the_key_no_code_is_right(sanne: Person) -> None:
    secret = working(sanne)
    assert not authenticator.use(sanne.id, code(secret), "x" * 40, NOW)
    assert authenticator.use(sanne.id, code(secret), KEY, NOW)


@pytest.mark.parametrize("kept", [slice(0, -1), slice(1, None), slice(0, 0)])
def test_what_was_changed_is_not_unsealed(kept: slice) -> None:
    with pytest.raises(sealing.Broken):
        sealing.unseal(sealing.seal(b"secret", KEY, "row 1")[kept], KEY, "row 1")


def test_of_many_at_once_one_uses_a_code(real_app: Flask) -> None:
    with real_app.app_context():
        person = make.person("Sanne de Vries")
        secret, person_id = working(person), person.id
        db.session.commit()

    def use(_number: int) -> bool:
        with real_app.app_context():
            write()
            right = authenticator.use(person_id, code(secret), KEY, NOW)
            db.session.commit()
            return right

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]
