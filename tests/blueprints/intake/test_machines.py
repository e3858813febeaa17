"""The page that tells what was filtered, and a scanner at work as a mail tool tells of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.response import take_in
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.journey.settling import WINDOW
from app.domain.journey.touchpoint import Hit
from app.domain.scoring.engagement import score_of
from tests import make
from tests.blueprints.intake.sender import Sender
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


@pytest.mark.parametrize(("seconds", "earned"), [(1, 0), (40, 6)])
def test_a_scanner_earns_nothing_by_clicks_that_earn_a_person_points(
    sender: Sender, seconds: int, earned: float
) -> None:
    now = clock.now().replace(hour=12)
    for number in range(4):
        at = now - timedelta(days=1) + number * timedelta(seconds=seconds)
        said = {"message_id": "week 11", "url": f"https://voorbeeld.nl/{number}"}
        event = {"type": "track", "event": "Email Link Clicked", "userId": "b-1", "properties": said}
        sender.send(event | {"messageId": f"click-{number}", "timestamp": at.isoformat()})
    with sender.app.app_context():
        verdicts.settle(clock.now() + WINDOW)
        who = db.session.scalars(select(Candidate.id)).one()
        assert score_of(who, at).value == pytest.approx(earned, abs=0.01)
