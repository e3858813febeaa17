"""Passkeys: the right answer lets in its owner, and every answer with one thing wrong lets in nobody."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.agency import passkey, passkey_answer, token
from app.domain.agency.passkey_answer import LONGEST_ANSWER, Answer, Party, Refused
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Passkey
from tests import make
from tests.keys import PRESENT, Key, text

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HERE = Party("fanfare.example", "https://fanfare.example", "Vaste Band")
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def sanne() -> Person:
    return make.person("Sanne de Vries")


@pytest.fixture
def key(sanne: Person) -> Key:
    """A key of Sanne's that is known here."""
    key, challenge = Key(handle=f"person:{sanne.id}".encode(), count=3), token.fresh()
    passkey.add(sanne, "Telefoon", Answer(HERE, challenge, key.made(challenge)), NOW)
    key.count += 1
    return key


def use(key: Key, signed: str = "", told: str = "") -> Person:
    """What comes of a challenge that the key answers, perhaps for another one, or with another text."""
    challenge = token.fresh()
    return passkey.use(Answer(HERE, challenge, told or key.used(signed or challenge)), LATER)


def test_a_key_lets_in_whose_it_is(sanne: Person, key: Key) -> None:
    assert use(key) is sanne
    row = db.session.query(Passkey).one()
    assert (row.name, row.used_at, row.sign_count) == ("Telefoon", LATER, 4)


def test_what_a_browser_is_asked(sanne: Person, key: Key) -> None:
    made = json.loads(passkey_answer.to_make(sanne, HERE, token.fresh(), [key.number]))
    assert (made["rp"]["id"], made["user"]["name"]) == ("fanfare.example", sanne.email)
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert [each["id"] for each in made["excludeCredentials"]] == [text(key.number)]
    asked = json.loads(passkey_answer.to_ask(HERE, token.fresh()))
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("fanfare.example", "required", [])


def test_a_key_that_never_counts_works_again_and_again(sanne: Person, key: Key) -> None:
    db.session.query(Passkey).one().sign_count = key.count = 0
    assert (use(key), use(key)) == (sanne, sanne)


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://fanfare.example"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"count": 3},
        {"count": 0},
        {"handle": b"person:0"},
        {"number": b"another number"},
        {"private": Key().private},
    ],
    ids=["origin", "http", "rp", "unverified", "absent", "copied", "count", "owner", "number", "signature"],
)
def test_one_thing_wrong_lets_in_nobody(key: Key, lie: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        use(replace(key, **lie))


def test_the_answer_to_another_challenge_lets_in_nobody(key: Key) -> None:
    with pytest.raises(Refused):
        use(key, signed=token.fresh())


def test_an_answer_works_once_even_for_its_own_challenge(sanne: Person, key: Key) -> None:
    challenge = token.fresh()
    answer = Answer(HERE, challenge, key.used(challenge))
    assert passkey.use(answer, LATER) is sanne
    with pytest.raises(Refused):
        passkey.use(answer, LATER)


@pytest.mark.parametrize(
    "told",
    [
        "{",
        "[]",
        "null",
        "{}",
        '{"rawId": "€"}',
        '{"rawId": 7}',
        " " * LONGEST_ANSWER + "{}",
        '{"a":' * (LONGEST_ANSWER // 5),
        "[" * LONGEST_ANSWER,
    ],
)
def test_what_is_no_answer_lets_in_nobody(key: Key, told: str) -> None:
    with pytest.raises(Refused):
        use(key, told=told)


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda said: said["response"].pop(key)


@pytest.mark.parametrize(
    "spoil",
    [
        _without("signature"),
        _without("authenticatorData"),
        _without("clientDataJSON"),
        lambda said: said.update(type="password"),
        lambda said: said.update(id=text(b"another number")),
        lambda said: said.update(response=[]),
        lambda said: said["response"].update(authenticatorData=text(b"short")),
        lambda said: said["response"].update(clientDataJSON=text(b"\xff")),
    ],
)
def test_a_spoilt_answer_lets_in_nobody(key: Key, spoil: Callable[[dict[str, Any]], None]) -> None:
    challenge = token.fresh()
    said = json.loads(key.used(challenge))
    spoil(said)
    with pytest.raises(Refused):
        passkey.use(Answer(HERE, challenge, json.dumps(said)), LATER)


def test_whoever_left_is_not_let_in(sanne: Person, key: Key) -> None:
    sanne.deactivated_at = NOW
    with pytest.raises(Refused):
        use(key)


@pytest.mark.parametrize(
    "lie",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}],
    ids=["origin", "rp", "unverified"],
)
def test_a_key_is_not_kept_when_one_thing_is_wrong(sanne: Person, lie: dict[str, Any]) -> None:
    challenge = token.fresh()
    with pytest.raises(Refused):
        passkey.add(sanne, "X", Answer(HERE, challenge, Key(**lie).made(challenge)), NOW)
    assert passkey.of(sanne.id) == []


def test_nor_for_another_challenge(sanne: Person) -> None:
    with pytest.raises(Refused):
        passkey.add(sanne, "X", Answer(HERE, token.fresh(), Key().made(token.fresh())), NOW)


def test_one_key_is_one_persons(sanne: Person, key: Key) -> None:
    bram, challenge = make.person("Bram Jansen"), token.fresh()
    with pytest.raises(Refused):
        passkey.add(bram, "Mijn", Answer(HERE, challenge, key.made(challenge)), NOW)
    assert (len(passkey.of(sanne.id)), passkey.of(bram.id)) == (1, [])


def test_nobody_has_more_than_twenty(sanne: Person, key: Key) -> None:
    for number in range(passkey.MOST - 1):
        row = Passkey(person_id=sanne.id, name=str(number), credential_id=bytes([number]), public_key=b"", made_at=NOW)
        db.session.add(row)
    challenge = token.fresh()
    with pytest.raises(Refused):
        passkey.add(sanne, "X", Answer(HERE, challenge, Key().made(challenge)), NOW)


def test_a_removed_key_opens_nothing(sanne: Person, key: Key) -> None:
    (row,) = passkey.of(sanne.id)
    assert not passkey.remove(make.person("Bram Jansen").id, row.id)
    assert passkey.remove(sanne.id, row.id)
    with pytest.raises(Refused):
        use(key)
