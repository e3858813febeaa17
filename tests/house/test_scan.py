"""What scanners are given is there and open to whoever tries it, what they say is read right, and the page tells it."""

import json
import re
import string
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from app.config import ROOT
from app.db import db
from app.domain.agency.person import Role
from tests import make
from tests.house.matrix import MATRIX, SCOPES
from tests.people import Browser, make_people
from tests.scan import report, run, scanners
from tests.scan.asked import ALL, DOORS, FORMS, PEOPLE, SOFTWARE, VISITOR, Asked
from tests.scan.keys import keys
from tests.scan.planted import app as planted
from tests.scan.scanners import Looked, Tried
from tests.scan.secrets import Searched, is_explained

WHOLE = "[CRITICAL] all tested parameters do not appear to be injectable. Try to increase values"
ROW = Looked("sanne", addresses=200)


def keys_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def filled(text: str) -> str:
    """With something of the right kind for every key."""
    return re.sub(r"\{(\w+)\}", lambda found: "1" if found[1] == "candidate" else "absent", text)


@pytest.fixture
def known(browser: Browser) -> dict[str, str]:
    with browser.app.app_context():
        people = make_people()
        make.candidate("Jan Bakker", owner=people.sanne)
        db.session.commit()
        return keys("voorbeeld.nl")


def test_every_role_is_scanned_and_a_visitor() -> None:
    assert set(PEOPLE.values()) == {None, *Role}


def test_every_door_has_its_key(known: dict[str, str]) -> None:
    texts = [*DOORS, *(text for each in ALL if not each.is_json for text in (each.path, each.body))]
    texts += [text for each in ALL for text in (each.header, each.basic)]
    assert {name for text in texts for name in keys_in(text)} <= set(known)
    assert [name for name, value in known.items() if not value] == ["postmark"]


@pytest.mark.parametrize("asked", ALL, ids=lambda each: f"{each.who} {each.of}")
def test_what_is_tried_is_open_to_whoever_tries_it(asked: Asked, any_app: Flask) -> None:
    path = urlsplit(filled(asked.path)).path
    endpoint, _ = any_app.url_map.bind("localhost").match(path, "POST" if asked.body else "GET")
    who = PEOPLE.get(asked.who) or "visitor"
    assert endpoint in SCOPES if asked.path.startswith("/api/") else who in MATRIX[endpoint]


@pytest.mark.parametrize("asked", ALL, ids=lambda each: f"{each.who} {each.of}")
def test_each_name_that_is_tried_is_sent(asked: Asked) -> None:
    sent = json.loads(asked.body) if asked.is_json else parse_qs(asked.body or urlsplit(asked.path).query)
    assert set(asked.names.split(",")) <= set(sent)
    assert asked.who != SOFTWARE or asked.header or asked.basic


def test_forms_and_doors_are_tried_as_well_as_pages() -> None:
    assert {each.who for each in FORMS} >= {VISITOR, "sanne"}
    assert {each.path.split("/")[1] for each in ALL if each.who == SOFTWARE} == {"api", "scim", "v1", "hooks"}


def test_a_form_is_sent_with_its_token_and_software_with_its_own() -> None:
    form = Asked("sanne", "/account", "name", "name={candidate}")
    assert scanners.body_of(form, {"candidate": "7"}, "abc") == "name=7&csrf_token=abc"
    door = Asked(SOFTWARE, "/v1/track", "event", '{"event": "a"}', basic="{source}:")
    assert scanners.body_of(door, {}, "abc") == '{"event": "a"}'
    said = ["Content-Type: application/json", "Authorization: Basic a2V5Og=="]
    assert scanners.headers_of(door, {"source": "key"}) == said


@pytest.mark.parametrize(
    ("said", "failed", "expected"),
    [
        (WHOLE, "", {}),
        ("sqlmap identified the following injection point(s)", "", {"injected": True}),
        ("sqlmap identified the following injection point(s)", scanners.LATE, {"injected": True, "cut": True}),
        ("begun", scanners.LATE, {"cut": True}),
        (f"500 (Internal Server Error) - 3 times\n{WHOLE}", "", {"broke": 3}),
    ],
)
def test_what_sqlmap_says_is_read(said: str, failed: str, expected: dict[str, object]) -> None:
    found = scanners.read(Tried("sanne", "GET /log", "q"), said, failed)
    assert asdict(found) == asdict(Tried("sanne", "GET /log", "q")) | expected
    assert bool(run.troubles(found)) is (found.injected or found.broke > 0)


@pytest.mark.parametrize(
    "said", ["", "[CRITICAL] page not found (404)", f"429 (Too Many Requests) - 90 times\n{WHOLE}"]
)
def test_an_address_that_was_not_really_tried_is_a_fault(said: str) -> None:
    row = scanners.read(Tried("sanne", "GET /log", "q"), said, "")
    assert [fault for fault in run.troubles(row) if "proves nothing" in fault]


def test_what_was_cut_short_is_told_and_counted_and_no_fault() -> None:
    row = Looked("sanne", addresses=200, cut=["sql", "xss"], looking_cut=True)
    place = Tried("sanne", "GET /log", "q", cut=True)
    assert [*run.faults_of(row), *run.troubles(place)] == []
    parts = {"wapiti": {"rows": [asdict(row), asdict(ROW)]}, "sqlmap": {"rows": [asdict(place)]}}
    assert run.cut_short(parts) == ["not whole: 2 ways of attack, 1 looks for addresses and 1 addresses were cut short"]
    assert run.cut_short({"wapiti": {"rows": [asdict(ROW)]}}) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Looked("sanne", addresses=200, found={"SQL Injection": ["/log"]}), "sanne: SQL Injection at /log"),
        (Looked("sanne", addresses=29), "sanne: only 29 addresses were seen, which proves nothing"),
        (Looked(VISITOR, addresses=len(DOORS) - 1), f"visitor: only {len(DOORS) - 1} addresses were seen"),
        (Looked("sanne", failed=scanners.LATE), "sanne: the scan failed, which proves nothing"),
    ],
)
def test_a_scan_that_found_or_saw_too_little_is_a_fault(row: Looked, fault: str) -> None:
    (told,) = run.faults_of(row)
    assert told.startswith(fault)


def test_a_planted_fault_that_is_missed_is_one() -> None:
    assert run.missed(("a", "b"), {"a"}) == ["planted and missed: b"]


@pytest.mark.parametrize(
    ("method", "url", "sent"),
    [
        ("GET", "/row?id=1'", {}),
        ("POST", "/row", {"data": {"id": "1'", "csrf_token": "planted"}}),
        ("POST", "/rows", {"json": {"id": "1'"}, "headers": {"Authorization": "Bearer planted"}}),
    ],
)
def test_what_is_planted_is_a_fault(method: str, url: str, sent: dict[str, object]) -> None:
    answer = planted.test_client().open(url, method=method, **sent)  # type: ignore[arg-type] # werkzeug's own options
    assert "sqlite3.OperationalError" in answer.text
    assert planted.test_client().post(url.partition("?")[0]).status_code in {400, 401}


def test_the_hashes_of_locked_parts_are_no_secrets() -> None:
    locked = sorted(path.name for path in ROOT.glob("requirements*.txt"))
    assert len(locked) >= 4
    assert [name for name in locked if not is_explained(name)] == []
    assert not is_explained("app/config.py", "Private Key", "5baa61e4")
    assert not is_explained("app/requirements.txt")


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> report.Result:
    """As a run keeps it."""
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    rows = [asdict(Looked(who, addresses=200)) for who in PEOPLE]
    rows[0] |= {"cut": ["sql"], "found": {"SQL Injection": ["/log"]}}
    tried = [asdict(Tried(each.who, each.of, each.names)) for each in ALL]
    secrets = [asdict(Searched(1_200, 40))]
    parts = {"wapiti": rows, "sqlmap": tried, "secrets": secrets}
    run.keep({name: run._part(("a", "b"), {"a"}, each, []) for name, each in parts.items()}, (0.0, 1.0), 64.2)
    found = report.newest(tmp_path)
    assert found
    return found


def test_the_table_has_a_line_for_each_who_and_what(result: report.Result) -> None:
    table = report.table(result)
    assert "in 64 minutes. Not whole: 1 ways of attack, 0 looks for addresses" in table
    assert "| as visitor | 200 addresses, 10 ways | 1 ways | **SQL Injection** | 1 of 2 |" in table
    assert "| as receptie | 200 addresses, 10 ways | 0 ways | nothing | 1 of 2 |" in table
    assert f"| forms | {len(FORMS)} addresses, " in table
    assert "| 1,200 files, 40 suspicions explained |  | nothing | 1 of 2 |" in table


def test_a_page_is_given_the_table_and_keeps_the_rest(result: report.Result) -> None:
    page = f"before\n{report.FIRST}\nold\n{report.LAST}\nafter\n"
    once = report.put(page, result)
    assert "old" not in once
    assert once.startswith("before\n")
    assert report.put(once, result) == once


def test_the_page_tells_the_newest_scan() -> None:
    page, newest = report.PAGE.read_text(encoding="utf-8"), report.newest()
    if newest is None:
        assert page.split(report.FIRST)[1].split(report.LAST)[0].strip() == report.NOTHING
        return
    assert report.put(page, newest) == page
    assert newest["wapiti"]["faults"] + newest["sqlmap"]["faults"] + newest["secrets"]["faults"] == []
