"""A file of touchpoints: looked at first, taken in once, and what is wrong is told by line."""

from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import db
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.journey.touchpoint import Touchpoint
from tests import make
from tests.people import Browser, Form, make_people

URL = "/connections/import"
HEAD = "candidate;kind;occurred_at\n"
GOOD = HEAD + "b-1;form;2-3-2026 10:00\nb-1;Vacature bekeken;2026-03-02T09:30:00Z\nb-1;Dans;3-3-2026\n"
BAD = (
    "b-1;;2-3-2026\nb-1;form;ooit\nb-9;form;2-3-2026\nb-1;form;1-1-2096\nb-1\nb-1;form;0001-01-01\nb-1;form;1-1-0001\n"
)


class Desk:
    """Ada at her desk, with one candidate in the pool."""

    def __init__(self, browser: Browser) -> None:
        with browser.app.app_context():
            people = make_people()
            make.candidate("Bram", external_id="b-1")
            db.session.commit()
        self.browser = browser.sign_in(people.ada)

    def bring(self, content: bytes | str, name: str = "signalen.csv") -> TestResponse:
        content = content.encode() if isinstance(content, str) else content
        token = Form(self.browser.get(URL).text).token
        data = {"csrf_token": token, "file": (BytesIO(content), name)}
        return self.browser.client.post(URL, data=data, content_type="multipart/form-data")

    def take_in(self, address: str) -> str:
        self.browser.post(f"{address}/rows", at=URL)
        return self.browser.get(address).text

    def rows(self) -> list[tuple[str, str]]:
        with self.browser.app.app_context():
            found = select(Touchpoint.kind, Touchpoint.occurred_at).order_by(Touchpoint.occurred_at)
            return [(kind, at.isoformat()[:16]) for kind, at in db.session.execute(found)]

    def files(self) -> int:
        with self.browser.app.app_context():
            return db.session.scalar(select(func.count()).select_from(TouchpointFile)) or 0


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_looking_writes_nothing(desk: Desk) -> None:
    answer = desk.bring(GOOD)
    page = desk.browser.get(answer.headers["Location"]).text
    assert answer.status_code == 303
    assert "3 signalen kunnen worden ingelezen." in page
    assert "Dans" in page
    assert desk.rows() == []


def test_taking_in_writes_the_good_rows_once(desk: Desk) -> None:
    address = desk.bring(GOOD).headers["Location"]
    assert "Alles is ingelezen." in desk.take_in(address)
    wanted = [("form", "2026-03-02T09:00"), ("job_view", "2026-03-02T09:30"), ("Dans", "2026-03-02T23:00")]
    assert desk.rows() == wanted
    desk.take_in(address)
    again = desk.take_in(desk.bring(GOOD).headers["Location"])
    assert "0 signalen waren nieuw" in again
    assert desk.rows() == wanted


def test_rows_that_stay_out_are_told_by_line(desk: Desk) -> None:
    address = desk.bring(GOOD + BAD).headers["Location"]
    page = desk.browser.get(address).text
    assert "7 rijen niet." in page
    for line, word in ((5, "Zeg in 1 tot 80 tekens"), (6, "“ooit” is geen datum"), (7, "“b-9”"), (8, "toekomst")):
        assert f'<td class="num">{line}</td>' in page
        assert word in page
    desk.take_in(address)
    assert len(desk.rows()) == 3


def test_many_rows_go_by_portions(desk: Desk) -> None:
    lines = "".join(
        f"b-1,site_visit,2026-03-{day:02}T{hour:02}:{minute:02}:00Z\n"
        for day in range(1, 21)
        for hour in range(2)
        for minute in range(30)
    )
    page = desk.take_in(desk.bring("candidate,kind,occurred_at\n" + lines).headers["Location"])
    assert "Alles is ingelezen." in page
    assert len(desk.rows()) == 1_200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "leeg"),
        ("candidate;kind\nb-1;form\n", "occurred_at"),
        ("candidate;kind;occurred_at\n", "geen rijen"),
        (b"PK\x03\x04\x00", "CSV"),
        (b"\xff\xfe\x00", "tekst"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(desk: Desk, content: bytes | str, told: str) -> None:
    answer = desk.bring(content)
    assert (answer.status_code, desk.files()) == (422, 0)
    assert 'role="alert"' in answer.text


def test_without_a_file_nothing_happens(desk: Desk) -> None:
    answer = desk.bring("", "")
    assert answer.status_code == 422
    assert "Kies eerst een bestand" in answer.text


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.browser.get(f"{URL}/999").status_code == 404
    assert desk.browser.post(f"{URL}/999/rows", at=URL).status_code == 404


def test_what_was_brought_is_listed(desk: Desk) -> None:
    desk.bring(GOOD, "maart.csv")
    assert "maart.csv" in desk.browser.get(URL).text
