"""The agency: one per installation, and addresses in its own system that lead somewhere safe."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.agency import agency as agencies
from app.domain.agency.agency import Agency, AlreadyFounded, NotAnAddress, check_ats_template, found_agency, the_agency
from app.domain.agency.person import Person
from tests import make


def test_before_setup_there_is_none(session: None) -> None:
    assert the_agency() is None


def test_nobody_has_an_account_before_setup(session: None) -> None:
    assert db.session.scalars(select(Person)).all() == []


def test_a_second_is_refused(session: None) -> None:
    make.agency()
    with pytest.raises(AlreadyFounded):
        found_agency("Zuid", timezone="Europe/Amsterdam", language="nl", at=make.START)


def test_one_that_was_founded_meanwhile_is_refused(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make.agency()
    db.session.expunge_all()
    monkeypatch.setattr(agencies, "the_agency", lambda: None)
    with pytest.raises(AlreadyFounded):
        found_agency("Zuid", timezone="Europe/Amsterdam", language="nl", at=make.START)


def test_the_database_itself_knows_one(session: None) -> None:
    make.agency()
    row = {"id": 1, "name": "Zuid", "timezone": "Europe/Amsterdam", "language": "nl", "created_at": make.START}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Agency).values(**row, address_form="je", visibility="agency", setup_step=2))


def test_progress_of_the_setup_never_goes_back(session: None) -> None:
    agency = found_agency("Noord", timezone="Europe/Amsterdam", language="nl", at=make.START)
    agencies.setup_reached(agency, 5)
    agencies.setup_reached(agency, 3)
    assert agency.setup_step == 5


def test_it_is_arranged(session: None) -> None:
    agency = make.agency()
    template = "https://ats.noord.nl/k/{external_id}?tab=1"
    agencies.arrange(
        agency, name="Zuid", language="en", address_form="u", visibility="agency", ats_url_template=template
    )
    assert (agency.name, agency.language, agency.address_form, agency.visibility) == ("Zuid", "en", "u", "agency")
    assert agency.ats_url("a/b c") == "https://ats.noord.nl/k/a%2Fb%20c?tab=1"


def test_without_a_template_or_a_number_there_is_no_address(session: None) -> None:
    agency = make.agency()
    assert agency.ats_url("1") is None
    agencies.arrange(agency, name="Zuid", language="nl", address_form="je", visibility="agency", ats_url_template="")
    assert agency.ats_url_template is None


@pytest.mark.parametrize(
    "template",
    [
        "http://ats.noord.nl/{external_id}",
        "javascript:alert({external_id})",
        "https:///{external_id}",
        "https://ats.noord.nl/kandidaten",
        "https://{external_id}.noord.nl/",
        "https://ats.noord.nl/{external_id} x",
        "https://[::1/{external_id}",
        "https://ada:geheim@ats.noord.nl/{external_id}",
        "https://ats.noord.nl/{external_id}\x00",
    ],
)
def test_an_address_that_could_lead_astray_is_refused(template: str) -> None:
    with pytest.raises(NotAnAddress):
        check_ats_template(template)


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    yield statements
    event.remove(db.engine, "before_cursor_execute", count)


def test_asking_twice_is_one_question_to_the_database(real_app: Flask) -> None:
    with real_app.app_context():
        make.agency()
        db.session.commit()
        db.session.remove()
        with counted() as statements:
            assert the_agency() is the_agency()
    assert len(statements) == 1
