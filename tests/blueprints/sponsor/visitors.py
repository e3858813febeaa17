"""Who else opens the sponsor's pages."""

from app.db import db
from app.domain.agency.person import Role
from tests import make
from tests.people import Browser


def one(role: Role, browser: Browser) -> Browser:
    with browser.app.app_context():
        person = make.person(f"{role.capitalize()} Smit", role)
        db.session.commit()
    return browser.sign_in(person)
