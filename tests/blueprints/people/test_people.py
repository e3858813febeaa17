"""The people's pages: for administrators, who invite, change and let go, and never shut themselves out."""

import re

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import invitation
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person, Role
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.people import Browser, People, make_people

NEW = {"name": "Noor  Bakker", "email": " Noor@Voorbeeld.nl", "role": "lead", "team_id": ""}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        found = make_people()
        found.ada.password_hash = "$some"
        db.session.commit()
    return found


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def kept(browser: Browser, email: str) -> Person:
    with browser.app.app_context():
        return db.session.scalars(select(Person).where(Person.email == email)).one()


def mails(browser: Browser) -> list[tuple[str, str]]:
    with browser.app.app_context():
        return [(row.recipient, row.state) for row in db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))]


def link_in(page: str) -> str:
    found = re.search(r'value="http://127.0.0.1:8000(/account/invitation/[^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
@pytest.mark.parametrize(
    "path", ["/people", "/people/new", "/people/1", "/people/teams", "/people/teams/1", "/people/branches/1"]
)
def test_others_find_no_such_page(browser: Browser, role: Role, path: str) -> None:
    with browser.app.app_context():
        make_people()
        somebody = make.person("Iemand Anders", role)
        db.session.commit()
    assert browser.sign_in(somebody).get(path).status_code == 404


class TestList:
    def test_who_works_here(self, ada: Browser) -> None:
        page = ada.get("/people").text
        assert page.index("Tess Bakker") < page.index("Otto van der Berg") < page.index("Sanne de Vries")
        assert "Gerrit Los" not in page
        assert "7 mensen" in page
        assert "Zwolle" in page

    def test_a_part_is_the_list_alone(self, ada: Browser) -> None:
        part = ada.get("/people?q=otto", part=True).text
        assert part.lstrip().startswith('<section id="people-list"')
        assert "Otto van der Berg" in part
        assert "Tess Bakker" not in part

    def test_who_left(self, ada: Browser) -> None:
        page = ada.get("/people?status=left").text
        assert "Gerrit Los" in page
        assert "1 persoon" in page

    def test_nobody_found(self, ada: Browser) -> None:
        assert "Niemand gevonden" in ada.get("/people?q=xyz").text

    @pytest.mark.parametrize("query", ["?status=nonsense", "?page=99", "?page=x", "?q=%25_"])
    def test_odd_questions_are_answered(self, ada: Browser, query: str) -> None:
        assert ada.get(f"/people{query}").status_code == 200

    def test_a_long_list_has_pages(self, ada: Browser) -> None:
        with ada.app.app_context():
            for number in range(50):
                make.person(f"p{number} Aa")
            db.session.commit()
        assert 'rel="next"' in ada.get("/people?q=aa+").text or 'rel="next"' in ada.get("/people").text
        assert 'rel="prev"' in ada.get("/people?page=2").text


class TestInviting:
    def test_somebody_new_gets_a_mail(self, ada: Browser, people: People) -> None:
        assert "Iemand uitnodigen" in ada.get("/people/new").text
        answer = ada.post("/people", NEW)
        noor = kept(ada, "noor@voorbeeld.nl")
        assert answer.headers["Location"] == f"/people/{noor.id}"
        assert (noor.name, noor.role, noor.team_id, noor.password_hash) == ("Noor Bakker", "lead", None, None)
        assert mails(ada) == [(f"person:{noor.id}", "pending")]

    def test_the_link_is_shown_once_and_works(self, ada: Browser, browser: Browser) -> None:
        page = ada.get(ada.post("/people", NEW).headers["Location"]).text
        assert "Noor Bakker krijgt een mail met een link." in page
        assert browser.get(link_in(page)).status_code == 200
        again = ada.get(f"/people/{kept(ada, 'noor@voorbeeld.nl').id}").text
        assert "/account/invitation/" not in again
        assert "uitgenodigd" in again

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": " "}, "Vul dit in."),
            ({"email": ""}, "Vul een mailadres in: daarmee loggen mensen in."),
            ({"email": "noor"}, 'role="alert"'),
            ({"email": "SANNE@voorbeeld.nl"}, "Dit is het adres van Sanne de Vries, die al in de lijst staat."),
            ({"email": "gerrit@voorbeeld.nl"}, "Dit is het adres van Gerrit Los, die is vertrokken."),
            ({"role": "boss"}, 'role="alert"'),
            ({"team_id": "999"}, 'role="alert"'),
            ({"team_id": "x"}, 'role="alert"'),
        ],
    )
    def test_what_cannot_be_is_said(self, ada: Browser, wrong: dict[str, str], sentence: str) -> None:
        answer = ada.post("/people", NEW | wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "name" in wrong or 'value="Noor Bakker"' in answer.text
        assert mails(ada) == []

    def test_a_new_link_ends_the_one_before(self, ada: Browser, browser: Browser) -> None:
        first = ada.get(ada.post("/people", NEW).headers["Location"]).text
        noor = kept(ada, "noor@voorbeeld.nl")
        second = ada.get(ada.post(f"/people/{noor.id}/invitation").headers["Location"]).text
        assert browser.get(link_in(first)).status_code == 404
        assert browser.get(link_in(second)).status_code == 200
        assert [state for _who, state in mails(ada)] == ["skipped", "pending"]

    def test_a_link_is_withdrawn(self, ada: Browser, browser: Browser) -> None:
        page = ada.get(ada.post("/people", NEW).headers["Location"]).text
        noor = kept(ada, "noor@voorbeeld.nl")
        answer = ada.post(f"/people/{noor.id}/invitation/withdrawal")
        assert "nog geen toegang" in ada.get(answer.headers["Location"]).text
        assert browser.get(link_in(page)).status_code == 404
        assert [state for _who, state in mails(ada)] == ["skipped"]

    def test_whoever_left_is_not_invited(self, ada: Browser, people: People) -> None:
        assert ada.post(f"/people/{people.gone.id}/invitation").status_code == 404
        assert mails(ada) == []

    def test_somebody_without_an_address_gets_one_first(self, ada: Browser, people: People) -> None:
        with ada.app.app_context():
            db.session.get_one(Person, people.sanne.id).email = None
            db.session.commit()
        assert "Vul eerst een mailadres in" in ada.get(f"/people/{people.sanne.id}").text
        page = ada.get(ada.post(f"/people/{people.sanne.id}/invitation").headers["Location"]).text
        assert link_in(page)
        assert "krijgt een mail" not in page
        assert mails(ada) == []


class TestEditing:
    def facts(self, person: Person, **changes: object) -> dict[str, object]:
        return {
            "name": person.name,
            "email": person.email or "",
            "role": person.role,
            "team_id": person.team_id or "",
        } | changes

    def test_name_role_and_team(self, ada: Browser, people: People) -> None:
        changes = self.facts(people.sanne, name="Sanne Bos", role="lead", team_id=people.otto.team_id)
        answer = ada.post(f"/people/{people.sanne.id}", changes)
        assert answer.headers["Location"] == "/people"
        row = kept(ada, "sanne@voorbeeld.nl")
        assert (row.name, row.role, row.team_id) == ("Sanne Bos", "lead", people.otto.team_id)

    def test_nobody_demotes_themselves(self, ada: Browser, people: People) -> None:
        answer = ada.post(f"/people/{people.ada.id}", self.facts(people.ada, role="member", name="Ada Bos"))
        assert answer.status_code == 422
        assert "Je kunt je eigen toegang niet intrekken" in answer.text
        assert 'value="Ada Bos"' in answer.text
        assert (kept(ada, "ada@voorbeeld.nl").role, kept(ada, "ada@voorbeeld.nl").name) == ("admin", "Ada Smit")

    def test_the_last_administrator_stays(self, browser: Browser, people: People) -> None:
        with browser.app.app_context():
            bea = make.person("Bea", Role.ADMIN)
            db.session.commit()
        answer = browser.sign_in(bea).post(f"/people/{people.ada.id}", self.facts(people.ada, role="member"))
        assert answer.status_code == 422
        assert "Dit is de laatste beheerder" in answer.text

    def test_an_address_of_somebody_else(self, ada: Browser, people: People) -> None:
        answer = ada.post(f"/people/{people.sanne.id}", self.facts(people.sanne, email="bram@voorbeeld.nl"))
        assert answer.status_code == 422
        assert "Dit is het adres van Bram Jansen" in answer.text

    def test_an_address_may_be_missing_until_somebody_signs_in(self, ada: Browser, people: People) -> None:
        assert ada.post(f"/people/{people.ada.id}", self.facts(people.ada, email="")).status_code == 422
        assert ada.post(f"/people/{people.sanne.id}", self.facts(people.sanne, email="")).status_code == 303

    def test_another_address_takes_the_invitation_back(self, ada: Browser, people: People) -> None:
        ada.post("/people", NEW)
        noor = kept(ada, "noor@voorbeeld.nl")
        ada.post(f"/people/{noor.id}", self.facts(noor, email="nora@voorbeeld.nl"))
        assert mails(ada) == [(f"person:{noor.id}", "skipped")]

    def test_somebody_who_is_not_there(self, ada: Browser) -> None:
        assert ada.get("/people/9999").status_code == 404
        assert ada.post("/people/9999", NEW).status_code == 404


class TestLeaving:
    def test_access_ends_at_once_and_can_be_undone(self, ada: Browser, browser: Browser, people: People) -> None:
        sanne = browser.sign_in(people.sanne)
        answer = ada.post(f"/people/{people.sanne.id}/deactivation")
        assert sanne.get("/account").status_code == 303
        page = ada.get(answer.headers["Location"]).text
        assert "Sanne de Vries heeft geen toegang meer." in page
        assert f'action="/people/{people.sanne.id}/reactivation"' in page
        ada.post(f"/people/{people.sanne.id}/reactivation")
        assert kept(ada, "sanne@voorbeeld.nl").is_active
        assert sanne.get("/account").status_code == 303

    def test_the_undo_of_a_message_goes_to_the_person(self, ada: Browser, people: People) -> None:
        answer = ada.post(f"/people/{people.gone.id}/reactivation", part=True)
        assert answer.headers["HX-Redirect"] == f"/people/{people.gone.id}"

    def test_pressed_twice_it_is_written_down_once(self, ada: Browser, people: People) -> None:
        for way in ("reactivation", "deactivation", "deactivation", "reactivation"):
            ada.post(f"/people/{people.otto.id}/{way}")
        with ada.app.app_context():
            whats = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
        assert whats == ["person.deactivated", "person.reactivated"]

    def test_the_page_of_somebody_who_left(self, ada: Browser, people: People) -> None:
        assert "Heeft geen toegang sinds 5 januari 2026." in ada.get(f"/people/{people.gone.id}").text

    def test_nobody_deactivates_themselves(self, ada: Browser, people: People) -> None:
        answer = ada.post(f"/people/{people.ada.id}/deactivation")
        assert answer.status_code == 422
        assert "Je kunt je eigen toegang niet intrekken" in answer.text
        assert ada.get("/people").status_code == 200

    def test_a_pending_invitation_is_not_sent(self, ada: Browser) -> None:
        ada.post("/people", NEW)
        noor = kept(ada, "noor@voorbeeld.nl")
        ada.post(f"/people/{noor.id}/deactivation")
        assert [state for _who, state in mails(ada)] == ["skipped"]
        with ada.app.app_context():
            assert invitation.invited(clock.now(), [noor.id]) == frozenset()


@pytest.mark.parametrize(
    "path",
    [
        "/people/1/deactivation",
        "/people/1/invitation",
        "/people/branches",
        "/people/teams/1",
        "/people/branches/1/teams",
    ],
)
def test_others_change_nothing(browser: Browser, people: People, path: str) -> None:
    assert browser.sign_in(people.lead).post(path, {"name": "x"}).status_code == 404
