"""The sponsor's page before there is much to see, and that it is nobody else's."""

import pytest
import time_machine

from app.db import db
from app.domain.agency.person import Role
from tests import make
from tests.blueprints.sponsor.visitors import one
from tests.domain.oversight.scene import NOW
from tests.people import Browser


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MEMBER, Role.LEAD])
@pytest.mark.parametrize("place", ["", "/weeks.csv", "/quiet.csv", "/funnel.csv"])
def test_it_does_not_exist_for_others(browser: Browser, role: Role, place: str) -> None:
    with browser.app.app_context():
        make.agency()
        make.program()
        db.session.commit()
    assert one(role, browser).get(f"/sponsor{place}").status_code == 404


def test_an_empty_program(browser: Browser) -> None:
    with browser.app.app_context():
        make.agency()
        make.program()
        db.session.commit()
    page = one(Role.ADMIN, browser).get("/sponsor")
    assert "Nog niet, er zijn nog geen recruiters; er zijn nog geen kandidaten." in page.text
    assert "Nog geen kandidaten" in page.text


def test_nobody_waits(browser: Browser) -> None:
    with browser.app.app_context():
        make.agency()
        make.program()
        make.candidate(owner=make.person("Sanne de Vries"), at=NOW)
        db.session.commit()
    with time_machine.travel(NOW, tick=False):
        assert "Niemand wacht te lang" in one(Role.ADMIN, browser).get("/sponsor").text
