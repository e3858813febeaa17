"""Export and import through the pool itself: the same pool changes nothing, an empty one becomes the same."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.db import Base, db
from app.domain.agency.person import Person
from app.domain.candidates import candidate, consent, exporting, identity, label, pool, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Facts, Stage
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.exporting import Format
from app.domain.candidates.label import LabelKind
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.candidates.wanted import Wanted
from app.domain.custody import access
from app.language import in_language
from app.words.exporting import wording
from tests import importing, make
from tests.people import People, make_people

pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.slow]
ZONE = ZoneInfo("Europe/Amsterdam")
NOW = make.START
MANY = 40
NAMES = ("'s-Gravenhage", "=1+1", "Aïsha el Idrissi", "Jan; van der Berg", 'de "Rode" Piet', "Els, jr.", "@pieter")


@pytest.fixture
def people() -> People:
    found = make_people()
    for number in range(MANY):
        _candidate(found, number, Random(number))
    return found


def _candidate(people: People, number: int, die: Random) -> None:
    """Somebody of whom a die says what is known."""
    facts = Facts(
        name=f"{die.choice(NAMES)} {number}",
        family_name=die.choice(["", "Berg"]),
        prefix=die.choice(["", "van der"]),
        aspiration=die.choice(["", "=voorman; of meer"]),
        external_id=f"+{number}",
        stage=die.choice(list(Stage)),
        owner_id=die.choice([None, people.sanne.id, people.otto.id]),
        travel_km=die.choice([None, 0, 40]),
        hours_week=die.choice([None, 32]),
        available_from=die.choice([None, date(2026, 3, 1)]),
        language=die.choice([None, "nl", "en"]),
    )
    row = candidate.add(people.ada, facts, datetime(2025, 3, 1 + number % 28, 11, tzinfo=UTC))
    for channel, address in ((Channel.PHONE, f"06123450{number:02d}"), (Channel.PHONE, f"06123460{number:02d}")):
        if die.choice([True, False]):
            identity.add(row, channel, address, NOW)
    identity.add(row, Channel.EMAIL, f"jan{number}@voorbeeld.nl", NOW)
    _wishes(row.id, die)


def _wishes(candidate_id: int, die: Random) -> None:
    names = {"VCA": date(2027, 12, 31), "Rijbewijs B; met aanhanger": None, "BHV tot morgen": None}
    label.put(candidate_id, LabelKind.CERTIFICATE, {name: names[name] for name in die.sample(list(names), 2)}, NOW)
    label.put(candidate_id, LabelKind.TAG, {die.choice(["-nacht", "dag"]): None}, NOW)
    if die.choice([True, False]):
        wish = Wish((die.choice([Channel.EMAIL, Channel.WHATSAPP]),))
        preference.prefer(candidate_id, wish, purpose="contact", said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    day = clock.midnight(date(2025, 6, 1), ZONE)
    if die.choice([True, False]):
        until = day + timedelta(days=400)
        consent.give(candidate_id, ConsentPurpose.POOL, via="form", by_id=None, now=day, until=until)


def exported(person: Person, format_: Format, language: str = "nl") -> bytes:
    ids = pool.ids(person, Wanted(), 1_000)
    with in_language(language):
        return exporting.file_of(person, ids, format_, wording(ZONE), lambda _rows: None)


def emptied() -> None:
    """A pool without anybody."""
    about = {table for table in Base.metadata.tables.values() if access.refers(table)}
    for table in reversed(Base.metadata.sorted_tables):
        if table in about or table.name == "label":
            db.session.execute(table.delete())
    db.session.expunge_all()


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_pool_stays_as_it_is(people: People, format_: Format, language: str) -> None:
    row = importing.written(people.ada, exported(people.ada, format_, language))
    assert row.counts == {"same": MANY, "by_external_id": MANY}


@pytest.mark.parametrize("format_", Format)
def test_an_empty_pool_becomes_the_same(people: People, format_: Format) -> None:
    content, told = exported(people.ada, format_), exported(people.ada, Format.CSV)
    emptied()
    assert pool.count(people.ada, Wanted()) == 0
    row = importing.written(people.ada, content)
    assert row.counts == {"new": MANY}
    assert exported(people.ada, Format.CSV) == told
