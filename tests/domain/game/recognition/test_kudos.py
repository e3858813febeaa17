"""Kudos: what the rules allow, what they bring, and that two at once do not slip past them."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.agency.person import Person
from app.domain.game import appearance, coins, telling
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition import giving, kudos, value
from app.domain.game.recognition.giving import Given, Praise, Refused, Why
from app.domain.game.recognition.kudos import Kudos
from app.domain.game.running import NotAllowed
from app.domain.program.program import Program, the_program
from tests.domain.game.scene import ZONE, Scene, show_names, start, total
from tests.people import People

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
DAY = timedelta(days=1)
NEXT_MONTH = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
"""In Amsterdam it is December then."""


@pytest.fixture
def scene(session: None) -> Scene:
    found = start()
    value.start(found.program_id, by=found.people.ines)
    return found


def program() -> Program:
    found = the_program()
    assert found
    return found


def give(by: Person, to: Person, text: str = "Dank", *, now: datetime = NOW, key: bytes = b"") -> Given:
    praise = Praise(to.id, value.standing(program().id)[0].id, text)
    return giving.give(program(), praise, by=by, key=key or uuid4().bytes, now=now, zone=ZONE)


def refused(by: Person, to: Person, *, now: datetime = NOW) -> Why:
    with pytest.raises(Refused) as refusal:
        give(by, to, now=now)
    return refusal.value.why


def test_it_brings_ten_points_a_place_in_the_feed_and_coins(scene: Scene) -> None:
    people = scene.people
    assert give(people.sanne, people.bram, "Fijn geholpen").points == giving.POINTS
    assert total(people.bram.id) == (10, 0, 0)
    assert coins.balance_of(people.bram.id).balance == giving.POINTS
    item = telling.newest(program(), people.sanne, 5)[0]
    assert (item.item.kind, item.item.person_id, item.item.team_id) == ("kudos", people.bram.id, people.bram.team_id)
    assert item.praise
    assert item.praise.text == "Fijn geholpen"


def test_what_is_no_colleague_is_refused(scene: Scene) -> None:
    people = scene.people
    assert refused(people.sanne, people.sanne) == Why.SELF
    assert refused(people.sanne, people.gone) == Why.GONE
    value.retire(value.standing(scene.program_id)[0], by=people.ada, now=NOW)
    gone = value.all_of(scene.program_id)[0]
    with pytest.raises(Refused, match="value"):
        giving.give(program(), Praise(people.bram.id, gone.id, "Dank"), by=people.sanne, key=b"1", now=NOW, zone=ZONE)


def test_two_to_one_and_so_many_a_month_by_the_local_calendar(scene: Scene) -> None:
    people = scene.people
    for _ in range(kudos.TO_ONE):
        give(people.sanne, people.bram)
    assert refused(people.sanne, people.bram) == Why.PERSON
    for other in (people.tess, people.lead, people.otto):
        give(people.sanne, other)
    assert refused(people.sanne, people.ada) == Why.MONTH
    assert kudos.left(program().kudos_a_month, people.sanne.id, NOW.date()) == 0
    assert refused(people.sanne, people.bram, now=NEXT_MONTH - DAY) == Why.MONTH
    assert give(people.sanne, people.bram, now=NEXT_MONTH).points == giving.POINTS


def test_beyond_five_hundred_a_week_it_brings_none_and_says_so(scene: Scene) -> None:
    people = scene.people
    with patch.object(giving, "A_WEEK", 15):
        assert [give(each, people.bram).points for each in (people.sanne, people.tess, people.lead)] == [10, 5, 0]
    assert total(people.bram.id) == (15, 0, 0)
    assert give(people.otto, people.bram, now=NOW + 7 * DAY).points == giving.POINTS


def test_whoever_does_not_play_gets_the_words(scene: Scene) -> None:
    assert give(scene.people.sanne, scene.people.ines).points is None
    assert total(scene.people.ines.id) is None


def test_the_same_key_is_the_same_kudos(scene: Scene) -> None:
    people = scene.people
    first = give(people.sanne, people.bram, key=b"k" * 16)
    assert give(people.sanne, people.bram, key=b"k" * 16) == first
    with pytest.raises(SentBefore):
        give(people.sanne, people.tess, key=b"k" * 16)
    with pytest.raises(ValueError, match="x"):
        give(people.sanne, people.bram, "x" * 281)
    assert db.session.scalar(select(func.count()).select_from(Kudos)) == 1


def test_words_that_are_taken_away_leave_the_points(scene: Scene) -> None:
    people, row = scene.people, give(scene.people.sanne, scene.people.bram).row
    with pytest.raises(NotAllowed):
        giving.hide(row, "Scheldwoord", by=people.lead, now=NOW)
    with pytest.raises(ValueError, match=" "):
        giving.hide(row, " ", by=people.ines, now=NOW)
    assert giving.hide(row, " Scheldwoord ", by=people.ines, now=NOW)
    assert not giving.hide(row, "Toch", by=people.ada, now=NOW)
    assert row.hidden_reason == "Scheldwoord"
    assert kudos.received(people.bram.id).rows[0].text is None
    assert total(people.bram.id) == (10, 0, 0)
    with pytest.raises(NotAllowed):
        giving.show(row, by=people.bram)
    giving.show(row, by=people.ada)
    assert kudos.received(people.bram.id).rows[0].text == "Dank"


def test_others_read_the_words_where_both_appear_by_name(scene: Scene) -> None:
    people = scene.people
    give(people.sanne, people.bram, "Bram, dank")
    assert _read_by(people.tess) == (None, None, None)
    assert _read_by(people.bram) == ("Bram Jansen", "Sanne de Vries", "Bram, dank")
    show_names(scene)
    assert _read_by(people.tess) == ("Bram Jansen", "Sanne de Vries", "Bram, dank")
    appearance.set_mode(program(), "pseudonym", all_time=False)
    assert _read_by(people.tess)[2] is None, "the words would name who is behind a pseudonym"


def _read_by(viewer: Person) -> tuple[str | None, str | None, str | None]:
    item = telling.newest(program(), viewer, 1)[0]
    assert item.praise
    return item.name, item.praise.giver, item.praise.text


def test_values_are_of_those_who_run_it(scene: Scene) -> None:
    people = scene.people
    assert not value.start(scene.program_id, by=people.ada)
    with pytest.raises(NotAllowed):
        value.add(scene.program_id, value.Label("Snel"), by=people.lead)
    rows = [value.add(scene.program_id, value.Label(f"Snel {at}"), by=people.ada) for at in range(value.MOST - 3)]
    assert (rows[0].label_en, rows[0].position) == ("Snel 0", 4)
    with pytest.raises(value.Full):
        value.add(scene.program_id, value.Label("Nog een"), by=people.ada)
    value.retire(rows[0], by=people.ada, now=NOW)
    value.add(scene.program_id, value.Label("Nog een"), by=people.ada)
    with pytest.raises(value.Full):
        value.bring_back(rows[0], by=people.ada)
    value.rename(rows[1], value.Label("Vlot", "Quick"), by=people.ines)
    assert (rows[1].label_nl, rows[1].label_en) == ("Vlot", "Quick")
    with pytest.raises(ValueError, match="-1"):
        value.allow(program(), -1, by=people.ada)


@pytest.fixture
def desk(real_app: Flask) -> People:
    """Everybody, in a database that commits."""
    with real_app.app_context():
        people = start().people
        value.start(program().id, by=people.ines)
        db.session.commit()
        db.session.remove()
        return people


def at_once(app: Flask, pairs: Sequence[tuple[int, int]]) -> list[str]:
    """Everybody gives at the same moment; why it was refused, or nothing."""
    start_together = threading.Barrier(len(pairs))

    def run(pair: tuple[int, int]) -> str:
        with app.app_context():
            start_together.wait(timeout=20)
            write()
            try:
                giver, receiver = (db.session.get_one(Person, each) for each in pair)
                give(giver, receiver)
            except Refused as refusal:
                db.session.rollback()
                return refusal.why
            db.session.commit()
            return ""

    with ThreadPoolExecutor(len(pairs)) as threads:
        return list(threads.map(run, pairs))


def test_of_many_at_once_two_to_one_person_and_five_in_all(real_app: Flask, desk: People) -> None:
    assert sorted(at_once(real_app, [(desk.sanne.id, desk.bram.id)] * 6)) == ["", "", *["person"] * 4]
    others = [(desk.sanne.id, each.id) for each in (desk.tess, desk.lead, desk.otto, desk.ada) for _ in range(2)]
    assert sorted(at_once(real_app, others)) == ["", "", "", *["month"] * 5]


def test_two_who_give_each_other_at_once_do_not_wait_for_ever(real_app: Flask, desk: People) -> None:
    assert at_once(real_app, [(desk.sanne.id, desk.bram.id), (desk.bram.id, desk.sanne.id)] * 2) == [""] * 4


def test_control_without_the_lock_more_are_given(real_app: Flask, desk: People, engine_name: str) -> None:
    if engine_name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    looked = threading.Barrier(6)
    counted = kudos.given_in

    def slow(*of: object) -> object:
        found = counted(*of)  # type: ignore[arg-type] # as it was called
        looked.wait(timeout=20)
        return found

    with patch.object(giving, "_hold", lambda *_people: None), patch.object(kudos, "given_in", slow):
        assert at_once(real_app, [(desk.sanne.id, desk.bram.id)] * 6).count("") > kudos.TO_ONE
