"""The second step: which code proves what, and guessing at it is slowed down, also when it is done all at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask

from app.db import db, write
from app.domain.agency import recovery_code, second_step
from app.domain.agency.person import Person
from app.domain.agency.second_step import Second
from app.domain.agency.sign_in import PER_ACCOUNT, PER_ADDRESS, WINDOW, Attempt, TooMany
from tests import make
from tests.factors import working_app

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEY = "k" * 40
WRONG = "0000"


def prove(person_id: int, typed: str, address: str = "192.0.2.1", at: datetime = NOW) -> Second | None:
    return second_step.prove(person_id, typed, attempt(person_id, address), KEY, at)


def attempt(person_id: int, address: str = "192.0.2.1") -> Attempt:
    return second_step.attempt(person_id, address, KEY)


def app_of(person: Person) -> pyotp.TOTP:
    return working_app(person, KEY, NOW - timedelta(minutes=5))


@pytest.mark.usefixtures("session")
class TestProving:
    def test_a_code_of_the_app_and_one_on_paper(self) -> None:
        sanne = make.person("Sanne")
        codes, papers = app_of(sanne), recovery_code.make(sanne.id, NOW)
        assert prove(sanne.id, codes.at(NOW)) is Second.CODE
        assert prove(sanne.id, papers[0]) is Second.RECOVERY
        assert prove(sanne.id, papers[0]) is None
        assert prove(sanne.id, WRONG) is None

    def test_an_account_waits_after_ten_whatever_the_address(self) -> None:
        sanne, bram = make.person("Sanne"), make.person("Bram")
        paper, other = recovery_code.make(sanne.id, NOW)[0], recovery_code.make(bram.id, NOW)[0]
        for number in range(PER_ACCOUNT):
            assert prove(sanne.id, WRONG, f"192.0.2.{number}") is None
        with pytest.raises(TooMany):
            prove(sanne.id, paper, "198.51.100.7")
        assert prove(bram.id, other) is Second.RECOVERY
        assert prove(sanne.id, paper, at=NOW + WINDOW) is Second.RECOVERY

    def test_an_address_waits_after_twenty_whosever_it_tries(self) -> None:
        people = [make.person(f"Persoon{number}") for number in range(PER_ADDRESS // PER_ACCOUNT)]
        for person in people:
            for _ in range(PER_ACCOUNT):
                prove(person.id, WRONG)
        with pytest.raises(TooMany):
            prove(make.person("Sanne").id, WRONG)

    def test_a_right_one_begins_to_count_anew(self) -> None:
        sanne = make.person("Sanne")
        papers = recovery_code.make(sanne.id, NOW)
        for _ in range(PER_ACCOUNT - 1):
            prove(sanne.id, WRONG)
        assert prove(sanne.id, papers[0]) is Second.RECOVERY
        assert prove(sanne.id, WRONG) is None
        assert prove(sanne.id, papers[1]) is Second.RECOVERY


def test_guessing_all_at_once_gains_nothing(real_app: Flask) -> None:
    with real_app.app_context():
        person_id = make.person("Sanne").id
        db.session.commit()

    def guess(_number: int) -> bool:
        with real_app.app_context():
            write()
            try:
                prove(person_id, WRONG)
            except TooMany:
                db.session.rollback()
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(3 * PER_ACCOUNT))) == PER_ACCOUNT
