"""What is told of a team of fewer than five recruiters with consent, and without it of one that has grown."""

from datetime import datetime, timedelta

import time_machine
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Role
from app.domain.agency.team import Team
from app.domain.oversight import sponsor_page, staff_shares
from app.domain.oversight.journey_scope import Scope as JourneyScope
from app.domain.oversight.satisfaction import satisfaction
from app.domain.oversight.scope import Question
from app.domain.oversight.sponsor_page import Asked
from app.domain.oversight.sponsor_week import shares
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.oversight.journeys import with_journeys
from tests.domain.oversight.scene import NOW, ZONE
from tests.people import Browser


def asked(question: Question) -> Asked:
    return sponsor_page.ask(None, question, NOW, ZONE)


def test_with_consent_it_is_told(session: None) -> None:
    with_journeys()
    assert not asked(Question(team_id=db.session.scalars(select(Team.id)).first())).closed


def _grown(team_id: int, joined: datetime) -> None:
    """Five recruiters more in a team."""
    for number in range(5):
        person = make.person(f"Erbij{team_id}-{number} Bos")
        person.team_id, person.joined_on = team_id, joined.date()
    db.session.flush()


def test_of_a_team_that_has_grown_the_days_before_stay_untold(session: None) -> None:
    made = with_journeys(consent=False)
    teams = db.session.scalars(select(Team.id).order_by(Team.id)).all()
    for each in teams:
        _grown(each, NOW - timedelta(days=10))
    which = next(one for one in (asked(Question(team_id=each)) for each in teams) if not one.closed)
    found = sponsor_page.figures_of(which, [])
    assert found.figures["late"].value is not None
    assert found.figures["late"].before is None
    assert found.figures["placements"].before is None
    assert [week.coverage for week in found.weeks][:9] == [None] * 9
    assert {week.answered for week in found.weeks if week.done.actions and not week.told} == {None}
    assert made.people


def test_no_team_of_few_is_praised_nor_credited_with_what_candidates_thought(session: None) -> None:
    with_journeys(consent=False)
    small = staff_shares.staff().small(NOW.date(), NOW)
    names = dict(db.session.execute(select(Team.id, Team.name)).all())
    assert set(names) <= small
    assert shares(NOW) != []
    assert shares(NOW, small) == []
    assert sponsor_page.praised(sponsor_page.figures_of(asked(Question()), [])) is None
    found = satisfaction(JourneyScope(NOW - timedelta(days=84), NOW))
    assert (len(found.teams), {each.average for each in found.teams}) == (2, {None})
    assert found.whole.average is not None


def test_what_candidates_thought_of_a_team_is_told_with_consent(session: None) -> None:
    with_journeys()
    found = satisfaction(JourneyScope(NOW - timedelta(days=84), NOW))
    assert None not in {each.average for each in found.teams}


def test_a_team_page_tells_nobodys_candidates_without_consent(browser: Browser) -> None:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            made = with_journeys()
            lead = next(each for each in made.people if each.role == Role.LEAD)
            db.session.commit()
        page = browser.sign_in(lead).get("/team").text
        assert "signal=late" in page
        with browser.app.app_context():
            withdraw_consent(the_program().id, NOW)  # type: ignore[union-attr] # there is one
            db.session.commit()
        page = browser.sign_in(lead).get("/team").text
        assert "signal=late" not in page
        assert "akkoord is" in page
