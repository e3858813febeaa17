"""Taking a list along as a file: at once, or from a page that tells how far it is."""

from datetime import timedelta

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.candidates import exporting, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.exporting import Format, State
from tests import make
from tests.people import Browser, People, make_people

NOW = make.START
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def scene(browser: Browser) -> tuple[People, list[int]]:
    """Two candidates of the north and one of the south."""
    with browser.app.app_context():
        people = make_people()
        north, south = branch_of(people.sanne.id), branch_of(people.otto.id)
        rows = [make.candidate(name, branch_id=north, external_id=name) for name in ("Jan Bos", "Els Vos")]
        rows.append(make.candidate("Kees Ver", branch_id=south))
        identity.add(rows[0], Channel.PHONE, "0612345678", NOW)
        db.session.commit()
        return people, [row.id for row in rows]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)


def test_the_page_counts_the_list(browser: Browser, scene: tuple[People, list[int]]) -> None:
    people, _ids = scene
    page = browser.sign_in(people.lead).get("/candidates/exports?q=jan").text
    assert "1 kandidaat, met alles" in page
    assert "/candidates/exports?q=jan" in page


def test_a_small_list_comes_at_once(browser: Browser, scene: tuple[People, list[int]]) -> None:
    people, _ids = scene
    lead = browser.sign_in(people.lead)
    answer = lead.post("/candidates/exports", {"format": "csv", "all": "yes"}, at="/candidates/exports")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=candidates-")
    text = answer.data.decode("utf-8-sig")
    assert text.startswith("nummer in je eigen systeem;volledige naam;")
    assert "'+31612345678" in text
    assert ("Els Vos" in text, "Kees Ver" in text) == (True, False)
    assert "Meteen gedownload" in lead.get("/candidates/exports").text


def test_a_choice_of_rows_as_a_workbook(browser: Browser, scene: tuple[People, list[int]]) -> None:
    people, ids = scene
    chosen = {"id": [str(ids[1]), str(ids[2]), "x", "99999999999"], "format": "xlsx"}
    answer = browser.sign_in(people.lead).post("/candidates/exports", chosen, at="/candidates/exports")
    assert (answer.content_type, answer.data[:2]) == (WORKBOOK, b"PK")
    with browser.app.app_context():
        assert exporting.latest(people.lead)[0].rows == 2


@pytest.mark.parametrize("sent", [{"id": "x"}, {"id": "9" * 5_000}, {"id": ""}, {}], ids=["x", "long", "empty", "none"])
def test_nobody_is_no_file(browser: Browser, scene: tuple[People, list[int]], sent: dict[str, str]) -> None:
    answer = browser.sign_in(scene[0].ada).post("/candidates/exports", sent, at="/candidates/exports")
    assert answer.status_code == 422
    assert "Er is niemand om te exporteren" in answer.text


def test_an_empty_list_says_so(browser: Browser, scene: tuple[People, list[int]]) -> None:
    page = browser.sign_in(scene[0].ines).get("/candidates/exports?q=zzzz").text
    assert "Niemand om te exporteren" in page


def test_a_large_list_waits_on_a_page(browser: Browser, scene: tuple[People, list[int]], small: None) -> None:
    lead = browser.sign_in(scene[0].lead)
    answer = lead.post("/candidates/exports", {"format": "csv", "all": "yes"}, at="/candidates/exports")
    assert answer.status_code == 303
    page = lead.get(answer.location).text
    assert "Wacht op zijn beurt" in page
    assert "hx-trigger" in page
    assert "0 van 2 rijen" in lead.get(answer.location, part=True).text
    assert lead.get(f"{answer.location}/file").status_code == 404


def test_a_file_that_is_ready_can_be_had_for_a_day(
    browser: Browser, scene: tuple[People, list[int]], small: None
) -> None:
    people, ids = scene
    with browser.app.app_context():
        row = exporting.ask(people.lead, ids, Format.CSV, "nl", clock.now())
        row.state = State.MAKING
        exporting.finish(row.id, b"file", clock.now())
        db.session.commit()
    lead, url = browser.sign_in(people.lead), f"/candidates/exports/{row.id}"
    page = lead.get(url).text
    assert f"{url}/file" in page
    assert "hx-trigger" not in page.partition('id="export"')[2]
    assert lead.get(f"{url}/file").data == b"file"
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        later = browser.sign_in(people.lead)
        assert later.get(f"{url}/file").status_code == 404
        assert f"{url}/file" not in later.get(url).text


def test_a_file_is_its_makers_own(browser: Browser, scene: tuple[People, list[int]]) -> None:
    people, ids = scene
    with browser.app.app_context():
        row = exporting.ask(people.lead, ids, Format.CSV, "nl", NOW)
        db.session.commit()
    for end in ("", "/file"):
        assert browser.sign_in(people.ines).get(f"/candidates/exports/{row.id}{end}").status_code == 404
    assert browser.sign_in(people.ada).get(f"/candidates/exports/{row.id}").status_code == 200


@pytest.mark.parametrize("who", ["sanne", "tess", "otto"])
def test_others_take_nobody_along(browser: Browser, scene: tuple[People, list[int]], who: str) -> None:
    one = browser.sign_in(getattr(scene[0], who))
    assert one.get("/candidates/exports").status_code == 404
    assert one.post("/candidates/exports", {"format": "csv"}).status_code == 404
