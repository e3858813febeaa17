"""The list of candidates, adding one, and the page of one."""

import pytest

from app.db import db
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage
from tests import make
from tests.people import Browser, People, make_people

AT = "/candidates/new"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def aisha(browser: Browser, people: People) -> int:
    """In Sanne's branch and hers, with a mobile number; Otto is of another branch."""
    with browser.app.app_context():
        row = make.candidate("Aïsha el Idrissi", owner=people.sanne, branch_id=1)
        row.branch_id = db.session.get_one(Candidate, row.id).branch_id
        identity.add(row, Channel.PHONE, "0612345678", make.START)
        db.session.commit()
        return row.id


def test_list(browser: Browser, people: People, aisha: int) -> None:
    page = browser.sign_in(people.sanne).get("/candidates")
    assert page.status_code == 200
    assert "Aïsha el Idrissi" in page.text
