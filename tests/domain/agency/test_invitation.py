"""Invitations: a link works once, for a week, for one person who still works here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, write
from app.domain.agency import invitation, session
from app.domain.agency.invitation import LASTS, Invitation
from app.domain.agency.person import Person
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
in_a_test = pytest.mark.usefixtures("session")


def invited() -> tuple[Person, str]:
    person = make.person("Sanne")
    return person, invitation.issue(person, None, NOW).token


@in_a_test
def test_accepting_sets_the_password_and_ends_old_sessions() -> None:
    person, token = invited()
    old = session.open_session(person, "", NOW)
    assert invitation.accept(token, "$new", "nl", NOW) is person
    assert person.password_hash == "$new"
    assert session.find(old, NOW) is None


@in_a_test
def test_the_language_of_the_page_is_kept() -> None:
    person, token = invited()
    person.language = None
    invitation.accept(token, "$new", "en", NOW)
    assert str(person.language) == "en"


@in_a_test
def test_a_chosen_language_stays() -> None:
    person, token = invited()
    invitation.accept(token, "$new", "en", NOW)
    assert person.language == "nl"


@in_a_test
def test_a_link_works_once() -> None:
    person, token = invited()
    invitation.accept(token, "$first", "nl", NOW)
    assert invitation.accept(token, "$second", "nl", NOW) is None
    assert invitation.invitee(token, NOW) is None
    assert person.password_hash == "$first"


@in_a_test
def test_a_link_ends_after_a_week() -> None:
    person, token = invited()
    assert invitation.invitee(token, NOW + LASTS * 0.99) is person
    assert invitation.accept(token, "$new", "nl", NOW + LASTS) is None


@in_a_test
def test_a_newer_link_ends_the_older() -> None:
    person, token = invited()
    newer = invitation.issue(person, None, NOW)
    assert invitation.invitee(token, NOW) is None
    assert invitation.invitee(newer.token, NOW) is person
    assert newer.expires_at == NOW + LASTS


@in_a_test
def test_whoever_left_cannot_accept() -> None:
    person, token = invited()
    person.deactivated_at = NOW
    assert invitation.accept(token, "$new", "nl", NOW) is None


@in_a_test
def test_a_withdrawn_link_is_gone_and_a_used_one_stays_on_record() -> None:
    person, token = invited()
    invitation.accept(token, "$new", "nl", NOW)
    invitation.issue(person, person, NOW)
    invitation.withdraw(person.id)
    assert [row.accepted_at for row in db.session.scalars(select(Invitation))] == [NOW]


@in_a_test
def test_the_token_is_not_kept() -> None:
    _person, token = invited()
    row = db.session.scalars(select(Invitation)).one()
    assert token not in row.token_hash
    assert invitation.invitee(row.token_hash, NOW) is None


@in_a_test
def test_who_was_invited() -> None:
    person, _token = invited()
    other = make.person("Bram")
    assert invitation.invited(NOW, [person.id, other.id]) == {person.id}


def test_accepting_twice_at_once_sets_one_password(real_app: Flask) -> None:
    with real_app.app_context():
        token = invited()[1]
        db.session.commit()

    def accept(number: int) -> bool:
        with real_app.app_context():
            invitation.invitee(token, NOW)
            write()
            done = invitation.accept(token, f"${number}", "nl", NOW)
            db.session.commit()
            return done is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(accept, range(8))) == 1
