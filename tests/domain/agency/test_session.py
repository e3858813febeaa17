"""Sign-in sessions: they idle out, end for good, and belong to one person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency import session as sessions
from app.domain.agency.person import Person
from app.domain.agency.session import IDLE, LONGEST, SignInSession
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def opened(person: Person, at: datetime = NOW) -> int:
    sessions.open_session(person, "Firefox, Linux", at)
    return db.session.scalars(select(SignInSession.id).order_by(SignInSession.id.desc())).first() or 0


def test_a_session_is_found_by_its_token_only() -> None:
    person = make.person("Sanne")
    token = sessions.open_session(person, "", NOW)
    found = sessions.find(token, NOW)
    assert found
    assert found[0] is person
    assert sessions.find(found[1].token_hash, NOW) is None


def test_it_idles_out_unless_used() -> None:
    token = sessions.open_session(make.person("Sanne"), "", NOW)
    assert sessions.find(token, NOW + IDLE) is None
    sessions.touch(db.session.scalars(select(SignInSession.id)).one(), NOW + IDLE / 2)
    assert sessions.find(token, NOW + IDLE)


def test_it_ends_after_a_week_however_used() -> None:
    token = sessions.open_session(make.person("Sanne"), "", NOW)
    sessions.touch(db.session.scalars(select(SignInSession.id)).one(), NOW + LONGEST)
    assert sessions.find(token, NOW + LONGEST) is None


def test_a_closed_session_is_gone() -> None:
    token = sessions.open_session(make.person("Sanne"), "", NOW)
    sessions.close(db.session.scalars(select(SignInSession.id)).one())
    assert sessions.find(token, NOW) is None


def test_one_ends_ones_own_only() -> None:
    sanne, bram = make.person("Sanne"), make.person("Bram")
    number = opened(sanne)
    assert not sessions.close_own(bram.id, number)
    assert sessions.close_own(sanne.id, number)
    assert not sessions.close_own(sanne.id, number)


def test_the_others_end_and_this_one_stays() -> None:
    sanne, bram = make.person("Sanne"), make.person("Bram")
    here, _other, brams = opened(sanne), opened(sanne), opened(bram)
    sessions.close_others(sanne.id, here)
    assert set(db.session.scalars(select(SignInSession.id))) == {here, brams}


def test_the_list_shows_those_that_are_alive_the_last_used_first() -> None:
    sanne = make.person("Sanne")
    opened(make.person("Bram"))
    opened(sanne, NOW - IDLE)
    older, newer = opened(sanne, NOW - timedelta(hours=2)), opened(sanne, NOW)
    assert [row.id for row in sessions.open_of(sanne.id, NOW)] == [newer, older]
