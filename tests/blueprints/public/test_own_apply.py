"""Going on with an application on a page of one's own."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.call_back import Part, possible_days
from app.domain.actions.promise import Promise
from app.domain.candidates.link import LinkPurpose
from app.domain.journey import vacancy
from app.domain.journey.application import Application, ApplicationState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.vacancy import Seen
from app.web.language import zone_name
from tests.blueprints.public.own_page import OwnPage
from tests.people import Browser

HOUR = timedelta(hours=1)


@pytest.fixture
def own(browser: Browser) -> OwnPage:
    page = OwnPage(browser, LinkPurpose.APPLY)
    with browser.app.app_context():
        now = clock.now()
        seen = Seen("V-1", "Lasser", "https://werk.nl/lasser")
        row = Application(
            candidate_id=page.id,
            vacancy_id=vacancy.note([seen])["V-1"],
            state=ApplicationState.STARTED,
            state_at=now - HOUR,
            started_at=now - HOUR,
            active_at=now - HOUR,
        )
        row.stopped_at = row.mailed_at = now
        db.session.add(row)
        db.session.commit()
    return page


def kinds(own: OwnPage) -> list[str]:
    with own.browser.app.app_context():
        return list(db.session.scalars(select(Touchpoint.kind)))


def test_three_ways_on_and_looking_changes_nothing(own: OwnPage) -> None:
    html = own.get().text
    assert "op Lasser" in html
    assert 'href="https://werk.nl/lasser"' in html
    assert "sanne@voorbeeld.nl" in html
    assert kinds(own) == []


def test_the_cv_comes_later(own: OwnPage) -> None:
    assert own.post("/later").status_code == 303
    assert kinds(own) == ["inbound_reply"]


def test_rather_a_call(own: OwnPage) -> None:
    with own.browser.app.test_request_context():
        day = possible_days(clock.now(), ZoneInfo(zone_name()))[-1]
    answer = own.post("/call", {"day": day.isoformat(), "part": str(Part.MORNING)})
    assert answer.status_code == 303
    with own.browser.app.app_context():
        assert db.session.scalars(select(Promise.channel)).all() == ["phone"]


def test_a_call_without_a_day_is_asked_again(own: OwnPage) -> None:
    assert own.post("/call", {"day": "", "part": "x"}).status_code == 422


def test_what_is_completed_says_so(own: OwnPage) -> None:
    with own.browser.app.app_context():
        row = db.session.scalars(select(Application)).one()
        row.completed_at = clock.now()
        db.session.commit()
    assert "Je sollicitatie is binnen" in own.get().text
