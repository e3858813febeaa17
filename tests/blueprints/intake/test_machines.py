"""The page that tells what was filtered."""

from app import clock
from app.db import db
from app.domain.actions.response import take_in
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.people import Browser, make_people


def test_it_tells_how_much_was_a_machines(browser: Browser) -> None:
    with browser.app.app_context():
        ada, now = make_people().ada, clock.now()
        for number in range(5):
            them = make.candidate()
            identity.add(them, Channel.EMAIL, f"x{number}@groot.example", now)
            take_in(Hit(them.id, "mail_open", now, "s", str(number), "machine" if number else "human"), now)
        db.session.commit()
    page = browser.sign_in(ada).get("/connections/machines").text
    assert "Van 5 keer openen of klikken in mail in de afgelopen negentig dagen was 80 % een machine" in page
    assert "groot.example" in page


def test_nothing_to_tell_yet(browser: Browser) -> None:
    with browser.app.app_context():
        ada = make_people().ada
    page = browser.sign_in(ada).get("/connections/machines").text
    assert "kwam er geen geopende mail of klik binnen" in page
