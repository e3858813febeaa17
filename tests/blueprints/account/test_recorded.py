"""What is recorded about oneself: at a glance, row by row and as a file; and one's answer to what stood out."""

from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import orjson
import pytest
from flask import Flask

from app import clock
from app.db import Base, db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency import audit
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.custody import staff_record
from app.domain.game import adjustment
from app.domain.game.recognition.badge import BadgeAward
from app.domain.game.recognition.badges import Badge
from app.domain.game.recognition.surprise import Surprise
from app.domain.notices import catalogue
from app.domain.notices.preference import Unsubscription
from app.domain.notices.recipient import name_person
from app.domain.oversight import person_view
from app.domain.oversight.anomaly import Anomaly
from app.domain.program.program import the_program
from app.language import in_language
from app.words.badge import badge_name
from app.words.staff_labels import COLUMNS
from app.words.staff_rows import kind_told
from app.words.staff_titles import TITLES
from tests import make
from tests.people import Browser, People, make_people

URL = "/account/recorded"
FIGURES = {"count": 14, "minutes": 10, "from": "2026-11-18T16:40:00+01:00", "limit": 12}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        sanne = db.session.get_one(Person, people.sanne.id)
        for each in ("Willem de Boer", "Geheime Klant"):
            where = make.branch("Ver weg").id if each.startswith("Geheim") else None
            them = make.candidate(each, branch_id=where)
            action.log(sanne, them, Outcome.SPOKE, at=clock.now(), now=clock.now(), key=uuid4().bytes, note="Notitie")
        db.session.add(
            Anomaly(person_id=sanne.id, kind="burst", week=date(2026, 11, 16), evidence=FIGURES, found_at=make.START)
        )
        db.session.commit()
        return people


def test_everything_stands_there_at_a_glance(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.sanne).get(URL).text
    for told in ("Wat je vastlegde", "Werkdagen", "14 binnen 10 minuten, vanaf 16:40", "Wie de kandidaat mag zien"):
        assert told in page


@pytest.mark.parametrize("category", staff_record.CATEGORIES)
def test_every_part_opens(browser: Browser, people: People, category: str) -> None:
    assert browser.sign_in(people.sanne).get(f"{URL}/{category}").status_code == 200


def test_the_rows_name_only_whom_one_may_see(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.sanne).get(f"{URL}/work").text
    assert "Willem de Boer" in page
    assert "Geheime Klant" not in page
    assert "een kandidaat van anderen" in page


def test_codes_are_told_in_words(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        audit.record("candidates.exported", people.sanne.id, clock.now())
        own = name_person(people.sanne.id)
        db.session.add(Unsubscription(recipient=own, kind="lead_week", at=clock.now()))
        day = clock.local_day(clock.now(), the_zone())
        person_view.note(people.lead.id, [people.sanne.id], "team", day, clock.now())
        db.session.commit()
    sanne = browser.sign_in(people.sanne)
    access, who, seen = (sanne.get(f"{URL}/{part}").text for part in ("access", "who", "looked_at"))
    assert "Er is een bestand met kandidaten gevraagd" in access
    assert "De week van het team" in seen
    assert not [code for code in ("candidates.exported", "lead_week", ">team<") if code in access + who + seen]


def test_every_kind_of_notice_has_a_name(any_app: Flask) -> None:
    with any_app.test_request_context():
        assert [kind for kind in (*catalogue.KINDS, catalogue.ALERT) if kind_told(kind) == kind] == []


def test_what_is_no_part_is_not_there(browser: Browser, people: People) -> None:
    assert browser.sign_in(people.sanne).get(f"{URL}/secrets").status_code == 404


def test_the_file_holds_every_row_and_no_secret(browser: Browser, people: People) -> None:
    answer = browser.sign_in(people.sanne).get(f"{URL}.json")
    told = orjson.loads(answer.data)
    assert len(told["recorded"]["engagement_action"]) == 2
    for secret in ("token_hash", "password", "Notitie", "Willem", "idempotency"):
        assert secret not in answer.text


def test_one_answers_before_anybody_else_sees_it(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    address = sanne.get(URL).text.split('action="/account/unusual/')[1].split('/answer"')[0]
    assert sanne.post(f"/account/unusual/{address}/answer", {"answer": " "}, at=URL).status_code == 422
    sanne.post(f"/account/unusual/{address}/answer", {"answer": "Alles na de beurs ingevoerd"}, at=URL)
    page = sanne.get(URL).text
    assert "Alles na de beurs ingevoerd" in page
    assert "met antwoord" in page
    bram = browser.sign_in(people.bram)
    assert bram.post(f"/account/unusual/{address}/answer", {"answer": "Niet van mij"}, at="/account").status_code == 404


def test_one_says_that_one_has_seen_it(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    address = sanne.get(URL).text.split('action="/account/unusual/')[1].split('/answer"')[0]
    assert sanne.post(f"/account/unusual/{address}/seen", at=URL).status_code == 303
    assert f"/account/unusual/{address}/seen" not in sanne.get(URL).text


def test_what_passed_between_two_is_about_both_and_nobody_else(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        present = the_program()
        assert present
        whom: dict[str, Any] = {"giver_id": people.ines.id, "receiver_id": people.sanne.id, "given_at": clock.now()}
        db.session.add(Surprise(program_id=present.id, text="Zo kan het ook", cents=2500, **whom))
        db.session.commit()
    for who in (people.sanne, people.ines):
        page = browser.sign_in(who).get(f"{URL}/rewards").text
        assert "Zo kan het ook" in page
        assert "€\xa025" in page
    assert "Zo kan het ook" not in browser.sign_in(people.bram).get(f"{URL}.json").text


def test_badges_have_their_names(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        present = the_program()
        assert present
        when: dict[str, Any] = {"earned_on": date(2026, 11, 16), "given_at": clock.now()}
        db.session.add(BadgeAward(person_id=people.sanne.id, badge=Badge.LISTENER, program_id=present.id, **when))
        db.session.commit()
    page = browser.sign_in(people.sanne).get(f"{URL}/praise").text
    with browser.app.app_context(), in_language("nl"):
        assert badge_name(Badge.LISTENER) in page


def test_every_table_that_points_at_staff_is_told_or_withheld_with_a_reason() -> None:
    told = {name for names in staff_record.CATEGORIES.values() for name in names}
    about = {table.name for table in staff_record.tables()}
    owned = {table.name for table in Base.metadata.sorted_tables if "person_id" in table.c}
    assert told == about
    assert owned - about == set(staff_record.WITHHELD)


def test_every_table_and_telling_column_has_a_name() -> None:
    shown = {name: {column.name for column in Base.metadata.tables[name].c} for name in TITLES}
    assert set(TITLES) == set(COLUMNS) == {name for names in staff_record.CATEGORIES.values() for name in names}
    assert {name: set(columns) - shown[name] for name, columns in COLUMNS.items() if set(columns) - shown[name]} == {}


def test_one_is_told_on_board_and_profile_until_one_looked(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        sanne, present = db.session.get_one(Person, people.sanne.id), the_program()
        assert present
        same = partial(adjustment.make, program_id=present.id, now=clock.now(), zone=the_zone(), key=uuid4().bytes)
        same(sanne, -30, "Dubbel geteld", by=people.lead)
        db.session.commit()
    mine = browser.sign_in(people.sanne)
    for address in ("/board", "/account"):
        page = mine.get(address).text
        assert "Je punten zijn aangepast met -30 punten: Dubbel geteld" in page
        assert "Er valt iets op in hoe je vastlegt" in page
    assert "Je punten zijn aangepast" not in browser.sign_in(people.bram).get("/account").text
