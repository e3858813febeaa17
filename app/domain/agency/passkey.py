"""Passkeys: a key that a device keeps and unlocks by finger, face or PIN, so that it is two factors at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.agency import passkey_answer
from app.domain.agency.passkey_answer import Answer, Refused
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Passkey

MOST = 20
LONGEST_NAME = 60


def add(person: Person, name: str, answer: Answer, at: datetime) -> Passkey:
    """Keep the key that a device made.

    Raises:
        Refused: it is no answer to the challenge, the key is known already, or there are too many.
    """
    made = passkey_answer.made(answer)
    if len(of(person.id)) >= MOST:
        raise Refused
    row = Passkey(
        person_id=person.id,
        name=name[:LONGEST_NAME],
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        made_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise Refused from error
    return row


def use(answer: Answer, at: datetime) -> Person:
    """Whose key answered; it counts on, so that a copy of it is found out.

    Raises:
        Refused: it is no answer to the challenge, nobody who works here has the key, or it was copied.
    """
    number = passkey_answer.credential_id(answer)
    row = db.session.scalar(select(Passkey).where(Passkey.credential_id == number))
    person = db.session.get(Person, row.person_id) if row else None
    if row is None or person is None or not person.is_active or not passkey_answer.is_for(answer, person.id):
        raise Refused
    count = passkey_answer.counted(answer, row.public_key, row.sign_count)
    newer = (Passkey.sign_count < count) | ((Passkey.sign_count == 0) & (count == 0))
    mine = update(Passkey).where(Passkey.id == row.id, newer).values(sign_count=count, used_at=at)
    if db.session.scalar(mine.returning(Passkey.id)) is None:
        raise Refused
    return person


def of(person_id: int) -> Sequence[Passkey]:
    """The keys of a person, oldest first."""
    mine = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.made_at, Passkey.id)
    return db.session.scalars(mine.limit(MOST)).all()


def remove(person_id: int, passkey_id: int) -> bool:
    """Take one of somebody's own keys away; False when it is not theirs or went before."""
    mine = delete(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id)
    return db.session.scalar(mine.returning(Passkey.id)) is not None


def end_all(person_id: int) -> None:
    """No key of theirs opens anything any more."""
    db.session.execute(delete(Passkey).where(Passkey.person_id == person_id))
