"""The checklist on Today: five things that a new program still needs, for its administrator, until all are done."""

from app.db import db
from app.domain.agency.agency import SETUP_DONE, the_agency
from app.domain.agency.person import Person
from app.domain.program import block
from app.domain.program.block import Scope
from app.domain.program.program import the_program
from tests.blueprints.today.scene import NOW, Desk


def begun(desk: Desk) -> str:
    with desk.sanne.app.app_context():
        agency = the_agency()
        assert agency
        agency.setup_step = SETUP_DONE
        db.session.commit()
    return desk.sanne.sign_in(desk.people.ada).get("/").text


def test_it_says_what_is_done_and_leads_to_the_rest(desk: Desk) -> None:
    html = begun(desk)
    assert "3 van 5" in html
    for done in ("Wijs een sponsor aan", "Nodig je collega", "Breng de kandidaten binnen"):
        assert f"<span>{done}" in html
    assert 'href="/program/block">Kies de tijd' in html
    assert 'href="/block/practice">Oefen en leg' in html


def test_it_leaves_when_all_is_done(desk: Desk) -> None:
    with desk.sanne.app.app_context():
        program, ada = the_program(), db.session.get_one(Person, desk.people.ada.id)
        assert program
        block.reserve(Scope(program.id), 4, 870, 45, from_week=NOW.date(), by_id=ada.id, at=NOW)
        db.session.commit()
    desk.sanne.post("/actions", desk.form())
    assert "Om te beginnen" not in begun(desk)


def test_it_is_the_administrators(desk: Desk) -> None:
    begun(desk)
    assert "Om te beginnen" not in desk.sanne.sign_in(desk.people.sanne).get("/").text
