"""How far a candidate's applications are, told on their page."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions.promise import Promise
from app.domain.actions.response import take_in
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.application import Application
from app.domain.journey.touchpoint import Hit
from tests.people import Browser

JOB = {"job_title": "Lasser", "step": "cv", "url": "https://werk.nl/lasser"}
TODAY = clock.now().date()
DAY = timedelta(days=1)


class Desk:
    """Sanne's browser on the applications of Aïsha, who applied as a welder."""

    def __init__(self, browser: Browser, aisha: int, kind: str = "application_completed") -> None:
        self.browser, self.aisha, self.app = browser, aisha, browser.app
        self.url = f"/candidates/{aisha}/applications"
        self.applies(kind)
        self.one = f"{self.url}/{self.row().id}"

    def applies(self, kind: str, job: str = "V-1", **ago: int) -> None:
        at = clock.now() - timedelta(**ago or {"days": 7})
        with self.app.app_context():
            take_in(Hit(self.aisha, kind, at, "site", f"{kind}-{job}", payload=JOB, vacancy=job), clock.now())
            db.session.commit()

    def row(self) -> Application:
        with self.app.app_context():
            return db.session.scalars(select(Application)).one()

    def state(self) -> ContactState:
        with self.app.app_context():
            return db.session.get_one(ContactState, self.aisha)

    def promised(self) -> int:
        with self.app.app_context():
            return len(db.session.scalars(select(Promise.id).where(Promise.withdrawn_at.is_(None))).all())

    def post(self, way: str, **data: str) -> TestResponse:
        return self.browser.post(f"{self.one}/{way}", data)


@pytest.fixture
def desk(sanne: Browser, aisha: int) -> Desk:
    return Desk(sanne, aisha)


def test_the_page_says_how_far_it_is_and_what_we_owe(desk: Desk) -> None:
    html = desk.browser.get(desk.url).text
    assert "Lasser" in html
    assert "Sollicitatie binnen" in html
    assert "op bericht van ons" in html
    assert 'href="https://werk.nl/lasser"' in html


def test_the_candidate_s_page_has_a_line_for_it(desk: Desk) -> None:
    html = desk.browser.get(f"/candidates/{desk.aisha}").text
    assert f"{desk.url}#application-" in html
    assert "op bericht van ons" in html


def test_without_any_there_is_a_way_to_add_one(sanne: Browser, aisha: int) -> None:
    url = f"/candidates/{aisha}/applications"
    assert "Nog geen sollicitaties" in sanne.get(url).text
    assert sanne.post(url, {"title": "x" * 161}).status_code == 422
    assert sanne.post(url, {"title": "Kok"}).status_code == 303
    assert "Kok" in sanne.get(url).text


def test_one_press_tells_a_step_and_one_takes_it_back(desk: Desk) -> None:
    desk.post("moves", state="interviewed")
    assert (desk.row().state, desk.state().application_state) == ("interviewed", "interviewed")
    assert f"{desk.one}/undo" in desk.browser.get(desk.url).text
    desk.post("undo")
    assert desk.row().state == "completed"


@pytest.mark.parametrize("state", ["placed", "rejected", "x", ""])
def test_other_steps_are_not_told_by_one_press(desk: Desk, state: str) -> None:
    assert desk.post("moves", state=state).status_code == 404


def test_the_word_by_a_button(desk: Desk) -> None:
    desk.post("word")
    assert (desk.state().application_owed_at, desk.row().told_at is None) == (None, False)
    desk.post("word/taken-back")
    assert desk.state().application_owed_at is not None


def test_a_placement_with_its_days(desk: Desk) -> None:
    assert desk.browser.get(f"{desk.one}/placement").status_code == 200
    desk.post("placement", starts_on=str(TODAY + 7 * DAY), ends_on=str(TODAY + 107 * DAY))
    assert (desk.row().state, desk.row().starts_on) == ("placed", TODAY + 7 * DAY)
    assert desk.promised() > 4
    html = desk.browser.get(desk.url).text
    assert "Vragen hoe het gaat" in html
    assert "En daarna nog" in html


@pytest.mark.parametrize(
    ("start", "end"), [("", ""), (str(TODAY), str(TODAY - DAY)), ("2010-01-01", ""), (str(TODAY), "2090-01-01")]
)
def test_days_that_cannot_be(desk: Desk, start: str, end: str) -> None:
    assert desk.post("placement", starts_on=start, ends_on=end).status_code == 422


def test_a_rejection_with_consent_and_a_next_date(desk: Desk) -> None:
    assert desk.browser.get(f"{desk.one}/rejection").status_code == 200
    desk.post("rejection", told="y", reason="Te ver weg", kept_in_mind="yes", next_on=str(TODAY + 30 * DAY))
    row = desk.row()
    assert (row.state, row.reason, row.kept_in_mind, row.next_on) == ("rejected", "Te ver weg", True, TODAY + 30 * DAY)
    html = desk.browser.get(desk.url).text
    assert "Te ver weg" in html
    assert "in gedachten houden" in html


@pytest.mark.parametrize(
    "wrong", [{"next_on": str(TODAY)}, {"reason": "Is zwanger"}, {"reason": "x" * 501}, {"kept_in_mind": "maybe"}]
)
def test_a_rejection_that_cannot_be(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.post("rejection", **{"kept_in_mind": "", **wrong})
    assert (answer.status_code, desk.row().state) == (422, "completed")


def test_somebody_who_stopped(sanne: Browser, aisha: int) -> None:
    desk = Desk(sanne, aisha, "application_started")
    html = sanne.get(desk.url).text
    assert "Nu bij “cv”." in html
    assert "Nu bij “cv”." in sanne.get(f"/candidates/{aisha}").text


def test_an_application_of_somebody_else_is_not_there(desk: Desk, otto: Browser) -> None:
    assert otto.post(f"{desk.one}/moves", {"state": "interviewed"}).status_code == 404
    assert desk.browser.get(f"{desk.url}/999/placement").status_code == 404


def test_a_number_beyond_all_is_nobodys(desk: Desk) -> None:
    assert desk.browser.post(f"/candidates/{10**30}/applications/1/word").status_code == 404
