"""Kudos as people give and read them, without a script; and the values, by those who run the program."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recognition import value
from app.domain.game.recognition.kudos import Kudos
from app.domain.game.recognition.value import ProgramValue
from app.domain.program.program import the_program
from tests import make
from tests.people import Browser, People, make_people

URL, VALUES = "/kudos", "/kudos/values"
WORDS = "Je belde Willem op de dag zelf."


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        program = the_program()
        assert program
        value.start(program.id, by=people.ines)
        db.session.commit()
        return people


def give(browser: Browser, by: Person, to: Person, **facts: object) -> TestResponse:
    with browser.app.app_context():
        first = db.session.scalars(select(ProgramValue.id)).first()
    sent = {"receiver_id": to.id, "value_id": first, "text": WORDS, "key": uuid4().hex}
    return browser.sign_in(by).post(URL, sent | facts, at="/account")


def hide(browser: Browser, by: Person, what: str = "hiding") -> int:
    with browser.app.app_context():
        kudos_id = db.session.scalars(select(Kudos.id)).one()
    said = {"reason": "Er staat een naam in."}
    return browser.sign_in(by).post(f"/kudos/{kudos_id}/{what}", said, at="/account").status_code


def test_given_it_is_read_by_both_and_explained(browser: Browser, people: People) -> None:
    assert "nog 5 van de 5" in browser.sign_in(people.sanne).get(URL).text
    answer = give(browser, people.sanne, people.bram)
    assert answer.headers["Location"] == "/kudos?show=given"
    assert WORDS in browser.sign_in(people.sanne).get("/kudos?show=given").text
    bram = browser.sign_in(people.bram)
    html = bram.get(URL).text
    assert WORDS in html
    assert "Sanne de Vries" in html
    assert "Pluim van Sanne de Vries voor “Eerlijk”" in bram.get(f"/board/people/{people.bram.id}").text
    assert "Sanne de Vries gaf Bram Jansen een pluim voor “Eerlijk”." in bram.get("/feed").text
    assert WORDS not in browser.sign_in(people.otto).get("/feed").text


def test_who_leads_reads_for_what_it_was_and_not_from_whom(browser: Browser, people: People) -> None:
    give(browser, people.sanne, people.bram)
    with browser.app.app_context():
        appearance.choose(people.bram, "named", make.START)
        db.session.commit()
    html = browser.sign_in(people.lead).get(f"/board/people/{people.bram.id}").text
    assert "Pluim van een collega voor “Eerlijk”" in html


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"receiver_id": 0}, "Kies een collega."),
        ({"value_id": ""}, "Kies een waarde."),
        ({"value_id": "99"}, "Kies een waarde."),
        ({"text": " "}, "Vul dit in."),
        ({"key": "x"}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    browser: Browser, people: People, facts: dict[str, object], said: str
) -> None:
    answer = give(browser, people.sanne, people.bram, **facts)
    assert answer.status_code == 422
    assert said in answer.text
    assert ("text" in facts) or WORDS in answer.text


def test_a_third_to_the_same_person_is_refused_in_words(browser: Browser, people: People) -> None:
    for _ in range(2):
        assert give(browser, people.sanne, people.bram).status_code == 303
    refused = give(browser, people.sanne, people.bram)
    assert refused.status_code == 422
    assert "deze maand al 2 pluimen" in refused.text
    assert WORDS in refused.text


def test_the_same_form_twice_counts_once(browser: Browser, people: People) -> None:
    key = uuid4().hex
    assert give(browser, people.sanne, people.bram, key=key).status_code == 303
    assert give(browser, people.sanne, people.bram, key=key).status_code == 303
    assert "al eens verstuurd" in give(browser, people.sanne, people.tess, key=key).text
    with browser.app.app_context():
        assert len(db.session.scalars(select(Kudos)).all()) == 1


def test_a_reason_is_asked_for_hiding_words(browser: Browser, people: People) -> None:
    give(browser, people.sanne, people.bram)
    with browser.app.app_context():
        kudos_id = db.session.scalars(select(Kudos.id)).one()
    ines = browser.sign_in(people.ines)
    for reason, said in ((" ", "Vul dit in."), ("x" * 281, "x" * 281)):
        answer = ines.post(f"/kudos/{kudos_id}/hiding", {"reason": reason}, at=URL)
        assert (answer.status_code, said in answer.text, WORDS in answer.text) == (422, True, True)


def test_of_two_who_hide_words_the_second_reads_that_they_were(browser: Browser, people: People) -> None:
    give(browser, people.sanne, people.bram)
    with browser.app.app_context():
        kudos_id = db.session.scalars(select(Kudos.id)).one()
    for person, said in ((people.ines, "de punten blijven"), (people.ada, "was al verborgen")):
        here = browser.sign_in(person)
        here.post(f"/kudos/{kudos_id}/hiding", {"reason": "Er staat een naam in."}, at="/account")
        assert said in here.get(f"{URL}?show=all").text


def test_words_are_hidden_by_the_sponsor_and_the_points_stay(browser: Browser, people: People) -> None:
    give(browser, people.sanne, people.bram)
    ines = browser.sign_in(people.ines)
    assert WORDS in ines.get("/kudos?show=all").text
    assert WORDS not in browser.sign_in(people.otto).get("/kudos?show=all").text
    assert hide(browser, people.otto) == 404
    assert hide(browser, people.ines) == 303
    html = browser.sign_in(people.bram).get(URL).text
    assert WORDS not in html
    assert ("tekst is weggehaald" in html, "Er staat een naam in." in html) == (True, False)
    for person, show in ((people.sanne, "given"), (people.ada, "all")):
        assert "Er staat een naam in." in browser.sign_in(person).get(f"{URL}?show={show}").text
    with browser.app.app_context():
        assert db.session.scalars(select(LedgerEntry.points)).all() == [10]
    assert hide(browser, people.ada, "showing") == 303
    assert WORDS in browser.sign_in(people.bram).get(URL).text


def test_when_all_are_given_it_says_so(browser: Browser, people: People) -> None:
    for to in (people.bram, people.tess, people.lead, people.otto, people.ada):
        give(browser, people.sanne, to)
    assert "volgende maand kun je weer geven" in browser.sign_in(people.sanne).get(URL).text


def test_without_values_the_sponsor_begins_with_three(browser: Browser) -> None:
    with browser.app.app_context():
        people = make_people()
    assert "nog niet gezegd" in browser.sign_in(people.sanne).get(URL).text
    ada = browser.sign_in(people.ada)
    assert "Start met drie waarden" in ada.get(VALUES).text
    assert ada.post("/kudos/values/start", at=URL).status_code == 303
    assert all(each in ada.get(VALUES).text for each in ("Eerlijk", "Samen", "Houdt woord"))


def test_values_are_added_renamed_taken_off_and_brought_back(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    assert ada.post(VALUES, {"label_nl": ""}, at=VALUES).status_code == 422
    assert ada.post(VALUES, {"label_nl": "Snel"}, at=VALUES).status_code == 303
    with browser.app.app_context():
        row = db.session.scalars(select(ProgramValue.id).where(ProgramValue.label_nl == "Snel")).one()
    one = f"{VALUES}/{row}"
    assert ada.post(one, {"label_nl": ""}, at=one).status_code == 422
    assert ada.post(one, {"label_nl": "Vlot", "label_en": "Quick"}, at=one).status_code == 303
    assert "Vlot" in ada.get(URL).text
    ada.post(f"{one}/retirement", at=VALUES)
    assert "Vlot" not in ada.get(URL).text
    ada.post(f"{one}/return", at=VALUES)
    assert "Vlot" in ada.get(URL).text
    assert ada.get(f"{VALUES}/999").status_code == 404


def test_there_are_no_more_values_than_anybody_can_choose_from(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    for at in range(value.MOST - 3):
        ada.post(VALUES, {"label_nl": f"Waarde {at}"}, at=VALUES)
    assert "haal er eerst een van de lijst" in ada.post(VALUES, {"label_nl": "Nog een"}, at=VALUES).text
    with browser.app.app_context():
        first = db.session.scalars(select(ProgramValue.id)).first()
    ada.post(f"{VALUES}/{first}/retirement", at=VALUES)
    ada.post(VALUES, {"label_nl": "Nog een"}, at=VALUES)
    assert ada.post(f"{VALUES}/{first}/return", at=VALUES).status_code == 303
    assert "haal er eerst een van de lijst" in ada.get(VALUES).text


def test_so_many_a_month_as_the_sponsor_says(browser: Browser, people: People) -> None:
    ines = browser.sign_in(people.ines)
    assert ines.post("/kudos/values/allowance", {"a_month": "51"}, at=VALUES).status_code == 422
    assert ines.post("/kudos/values/allowance", {"a_month": "0"}, at=VALUES).status_code == 303
    assert "staan in dit programma uit" in browser.sign_in(people.sanne).get(URL).text
    assert give(browser, people.sanne, people.bram).status_code == 422


def test_whoever_left_is_no_choice(browser: Browser, people: People) -> None:
    html = browser.sign_in(people.ines).get(URL).text
    assert f'<option value="{people.bram.id}">' in html
    assert f'<option value="{people.gone.id}">' not in html
    assert give(browser, people.ines, people.gone).status_code == 422
