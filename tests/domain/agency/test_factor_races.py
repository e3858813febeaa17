"""One proof shown by many at once lets in one of them; each beside its control, from which the guard is taken away."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from types import ModuleType
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import ColumnElement, Update
from sqlalchemy import update as sql_update

from app.db import Base, db, is_sqlite, write
from app.domain.agency import (
    authenticator,
    outside_account,
    passkey,
    passkey_answer,
    recovery_code,
    second_step,
    sign_in,
    sign_in_step,
    token,
)
from app.domain.agency.passkey_answer import Answer, Party, Refused
from app.domain.agency.person import Person
from app.domain.agency.second_factor import StepKind
from app.domain.agency.sign_in import PER_ACCOUNT, TooMany
from tests import make
from tests.factors import working_app
from tests.keys import Key

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=5)
KEY = "k" * 40
HERE = Party("fanfare.example", "https://fanfare.example", "Vaste Band")
MANY = 4
TOGETHER = 20.0
"""Seconds within which all of them must have come to the same place."""


class Unguarded:
    """An update that no longer asks whether the proof was used before."""

    def __init__(self, table: type[Base], guard: str) -> None:
        self.statement, self.guard = sql_update(table), guard

    def where(self, *conditions: ColumnElement[bool]) -> Update:
        return self.statement.where(*(each for each in conditions if self.guard not in str(each)))


def without(monkeypatch: pytest.MonkeyPatch, module: ModuleType, guard: str) -> None:
    monkeypatch.setattr(module, "update", lambda table: Unguarded(table, guard))


def together(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
    """All have looked before the first of them goes on."""
    looked, look = Barrier(MANY), getattr(module, name)

    def and_wait(*given: object, **named: object) -> object:
        found = look(*given, **named)
        looked.wait(TOGETHER)
        return found

    monkeypatch.setattr(module, name, and_wait)


def only_postgresql(app: Flask) -> None:
    with app.app_context():
        if is_sqlite():
            pytest.skip("where one writes at a time, nobody looks while another does")


def at_once(app: Flask, use: Callable[[int], bool]) -> int:
    """How many of them it let in, each in a transaction of its own."""

    def one(number: int) -> bool:
        with app.app_context():
            write()
            try:
                let_in = use(number)
            except (Refused, TooMany):
                db.session.rollback()
                return False
            db.session.commit()
            return let_in

    with ThreadPoolExecutor(MANY) as pool:
        return sum(pool.map(one, range(MANY)))


def somebody(app: Flask, have: Callable[[Person], Any]) -> tuple[int, Any]:
    """The number of a person, and what they have."""
    with app.app_context():
        person = make.person("Sanne de Vries")
        had = have(person)
        db.session.commit()
        return person.id, had


def app_of(person: Person) -> pyotp.TOTP:
    return working_app(person, KEY, BEFORE)


def papers_of(person: Person) -> Sequence[str]:
    return recovery_code.make(person.id, NOW)


def key_of(person: Person) -> Key:
    key, challenge = Key(count=3), token.fresh()
    passkey.add(person, "Telefoon", Answer(HERE, challenge, key.made(challenge)), BEFORE)
    key.count += 1
    return key


def by_code(app: Flask) -> int:
    person_id, codes = somebody(app, app_of)
    return at_once(app, lambda _number: authenticator.use(person_id, codes.at(NOW), KEY, NOW))


def by_paper(app: Flask) -> int:
    person_id, papers = somebody(app, papers_of)
    return at_once(app, lambda _number: recovery_code.use(person_id, papers[0], NOW))


def by_passkey(app: Flask) -> int:
    """With copies of one key, each of which has used it as often."""
    _, key = somebody(app, key_of)
    challenge = token.fresh()
    answer = Answer(HERE, challenge, key.used(challenge))
    return at_once(app, lambda _number: bool(passkey.use(answer, NOW)))


def by_step(app: Flask) -> int:
    _, value = somebody(app, lambda person: sign_in_step.begin(StepKind.SECOND, NOW, person.id))
    return at_once(app, lambda _number: sign_in_step.use_up(value, StepKind.SECOND, NOW) is not None)


def by_guessing(app: Flask) -> int:
    """With one guess left in this hour: how many were looked at."""
    person_id, _ = somebody(app, app_of)
    with app.app_context():
        for _ in range(PER_ACCOUNT - 1):
            sign_in.count(second_step.attempt(person_id, "192.0.2.1", KEY), NOW)
        db.session.commit()

    def guess(number: int) -> bool:
        who = second_step.attempt(person_id, f"192.0.2.{number}", KEY)
        return second_step.prove(person_id, "0000", who, KEY, NOW) is None

    return at_once(app, guess)


@pytest.mark.parametrize("how", [by_code, by_paper, by_passkey, by_step, by_guessing])
def test_one_of_them(real_app: Flask, how: Callable[[Flask], int]) -> None:
    assert how(real_app) == 1


def test_one_code_though_all_have_looked_before(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_postgresql(real_app)
    together(monkeypatch, authenticator, "_step_of")
    monkeypatch.setattr(authenticator, "confirm", _confirmed)
    assert by_code(real_app) == 1


def _confirmed(person_id: int, _code: str, _key: str, at: datetime) -> bool:
    """Without a look at the code, for which nobody else would come."""
    found = authenticator._unconfirmed(person_id, at)
    assert found
    found.confirmed_at = at
    return True


def test_one_copy_of_a_key_though_all_have_looked_before(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_postgresql(real_app)
    together(monkeypatch, passkey_answer, "counted")
    assert by_passkey(real_app) == 1


def test_one_step_though_all_have_looked_before(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_postgresql(real_app)
    together(monkeypatch, sign_in_step, "find")
    assert by_step(real_app) == 1


def test_control_a_code_lets_in_everybody(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, authenticator, "last_step")
    assert by_code(real_app) == MANY


def test_control_a_code_on_paper_lets_in_everybody(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, recovery_code, "used_at")
    assert by_paper(real_app) == MANY


def test_control_every_copy_of_a_key_lets_in(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_postgresql(real_app)
    together(monkeypatch, passkey_answer, "counted")
    without(monkeypatch, passkey, "sign_count")
    assert by_passkey(real_app) == MANY


def test_control_a_step_lets_in_everybody(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_step, "use_up", sign_in_step.find)
    assert by_step(real_app) == MANY


def test_control_guesses_are_looked_at_beyond_the_limit(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_postgresql(real_app)
    monkeypatch.setattr(sign_in, "one_at_a_time", lambda: None)
    together(monkeypatch, sign_in, "within_limits")
    assert by_guessing(real_app) == MANY


def test_an_account_elsewhere_is_linked_to_one_of_them(real_app: Flask) -> None:
    with real_app.app_context():
        ids = [make.person(f"Persoon{number} Jansen").id for number in range(MANY)]
        db.session.commit()

    def link(number: int) -> bool:
        person = db.session.get_one(Person, ids[number])
        return outside_account.link(person, "https://id.example", "somebody", NOW)

    assert at_once(real_app, link) == 1


def test_an_app_is_begun_once_by_two_presses(real_app: Flask) -> None:
    """The second of them waits for the first, and begins anew: an unsaid error would be shown to nobody."""
    person_id, _ = somebody(real_app, lambda _person: None)

    def begin(_number: int) -> bool:
        authenticator.begin(db.session.get_one(Person, person_id), KEY, NOW)
        return True

    assert at_once(real_app, begin) == MANY
