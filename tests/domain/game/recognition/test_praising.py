"""A compliment for a team: who hears it, that it brings no points, and that it is said once."""

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game.adjustment import SentBefore
from app.domain.game.feed import FeedItem
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recognition import praising
from app.domain.game.recognition.kudos import Kudos
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.running import NotAllowed
from app.domain.notices.notice import Notice
from app.domain.program.program import the_program
from tests import make
from tests.domain.game.rewarding.shop import new_key
from tests.people import People, make_people

WORDS = "Alle blokken gehaald, en dat in een drukke week."


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def praise(people: People, text: str = WORDS, *, by: Person | None = None, key: bytes | None = None) -> int:
    program, team = the_program(), db.session.get_one(Team, people.sanne.team_id)
    assert program
    return praising.praise(program, team, text, by=by or people.ines, now=make.START, key=key or new_key())


def team_of(people: People) -> set[int]:
    mine = Person.team_id == people.sanne.team_id, Person.deactivated_at.is_(None)
    return set(db.session.scalars(select(Person.id).where(*mine)))


def test_each_of_the_team_hears_the_same_words(people: People) -> None:
    them = team_of(people)
    assert praise(people) == len(them) > 1
    rows = db.session.scalars(select(Surprise)).all()
    assert {(row.receiver_id, row.text, row.cents) for row in rows} == {(each, WORDS, 0) for each in them}
    told = {row.recipient: row.facts["surprise_id"] for row in db.session.scalars(select(Notice))}
    assert told == {f"person:{row.receiver_id}": row.id for row in rows}
    assert set(db.session.scalars(select(FeedItem.person_id))) == them


def test_it_brings_no_points_and_takes_no_kudos(people: People) -> None:
    praise(people)
    assert [db.session.scalar(select(func.count()).select_from(each)) for each in (LedgerEntry, Kudos)] == [0, 0]


def test_whoever_left_and_whoever_says_it_hear_nothing(people: People) -> None:
    people.bram.deactivated_at = make.START
    people.ines.team_id = people.sanne.team_id
    db.session.flush()
    praise(people)
    heard = set(db.session.scalars(select(Surprise.receiver_id)))
    assert heard == team_of(people) - {people.ines.id}
    assert people.bram.id not in heard


def test_sent_twice_it_is_said_once(people: People) -> None:
    key = new_key()
    assert praise(people, key=key) == praise(people, key=key) == len(team_of(people))
    assert db.session.scalar(select(func.count()).select_from(Surprise)) == len(team_of(people))
    with pytest.raises(SentBefore):
        praise(people, "Iets anders.", key=key)


@pytest.mark.parametrize("text", ["  ", "x" * 281])
def test_it_has_words_and_not_too_many(people: People, text: str) -> None:
    with pytest.raises(ValueError, match=r"^(x*)$"):
        praise(people, text)


def test_only_the_sponsor_praises_a_team(people: People) -> None:
    with pytest.raises(NotAllowed):
        praise(people, by=people.lead)
