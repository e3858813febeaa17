"""Signing a colleague out everywhere: their browsers end, and nothing else does."""

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import api_token
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from tests.people import Browser, People


def end(ada: Browser, person: Person) -> int:
    return ada.post(f"/people/{person.id}/sessions/end", {}).status_code


def test_both_browsers_end_and_only_theirs(ada: Browser, people: People) -> None:
    home, office, bram = (ada.sign_in(each) for each in (people.sanne, people.sanne, people.bram))
    assert "Nu ingelogd in 2 browsers." in ada.get(f"/people/{people.sanne.id}").text
    assert end(ada, people.sanne) == 303
    assert [each.get("/").status_code for each in (home, office, bram, ada)] == [303, 303, 200, 200]
    page = ada.get(f"/people/{people.sanne.id}").text
    assert "Overal uitloggen" not in page
    assert ada.sign_in(people.sanne).get("/").status_code == 200


def test_the_log_has_who_and_how_many(ada: Browser, people: People) -> None:
    ada.sign_in(people.sanne)
    end(ada, people.sanne)
    end(ada, people.sanne)  # there is nothing left to end, and nothing to write down
    with ada.app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "session.all_ended")).one()
        assert (entry.person_id, entry.about_id, entry.facts) == (people.ada.id, people.sanne.id, {"count": 1})


def test_tokens_of_their_software_stay(ada: Browser, people: People) -> None:
    with ada.app.app_context():
        now = clock.now()
        api_token.make(people.sanne, "Proef", [Scope.ACTIONS_READ], now + clock.DAY, now)
        db.session.commit()
    end(ada, people.sanne)
    with ada.app.app_context():
        (token,) = api_token.of_person(people.sanne.id, clock.now())
        assert token.works(clock.now())


def test_ones_own_are_ended_on_ones_own_page(ada: Browser, people: People) -> None:
    assert end(ada, people.ada) == 404
    assert ada.get("/").status_code == 200
    assert "Overal uitloggen" not in ada.get(f"/people/{people.ada.id}").text


def test_others_may_not(ada: Browser, people: People) -> None:
    signed_in = ada.sign_in(people.otto)
    for one in (people.sanne, people.lead, people.ines):
        assert end(ada.sign_in(one), people.otto) == 404
    assert signed_in.get("/").status_code == 200
