"""What Bullhorn told before records knew the number by which they came: it is that of who has one and no other."""

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from app.db import db
from app.domain.actions.bullhorn import notes, people
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.actions.bullhorn.told import Human, Note
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from tests import make
from tests.jobs.bullhorn_desk import NOTE, PERSON, make_known_desk
from tests.jobs.desk import TUESDAY

TWICE = 777


def test_they_belong_to_the_only_number(real_app: Flask) -> None:
    with real_app.app_context():
        desk = make_known_desk()
        noor = make.candidate("Noor Willems", branch_id=desk.aisha.branch_id)
        for number in (TWICE, TWICE + 1):
            crm_id.give(noor.id, Crm.BULLHORN, str(number), origin="", now=TUESDAY)
        for at, about in enumerate((PERSON, TWICE)):
            notes.settle(Note(NOTE + at, "Email", about, desk.sanne.email or "", TUESDAY), NOTE + at, TUESDAY)
        told = Human(PERSON, desk.aisha.name)
        people.settle(told, PERSON, TUESDAY, new=False, forgotten=lambda _: False)
        db.session.commit()
        db.session.remove()
        downgrade(revision="0027")
        db.session.execute(text("UPDATE bullhorn_record SET number_id = NULL, about = NULL"))
        db.session.commit()
        upgrade()
        row = BullhornRecord
        facts = select(row.number, row.about, row.number_id.is_not(None)).order_by(row.number)
        found = [tuple(each) for each in db.session.execute(facts)]
        db.session.remove()
    assert found == [(PERSON, PERSON, True), (NOTE, PERSON, True), (NOTE + 1, None, False)]
