"""Actions through the API: they earn what they earn on the pages, once, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.db import db
from app.domain.agency import idempotency_key
from app.domain.game.ledger_entry import LedgerEntry
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.people import Browser, People


@pytest.fixture
def noor(browser: Browser, people: People) -> int:
    with browser.app.app_context():
        row = make.candidate("Noor Willems", owner=people.sanne)
        db.session.commit()
        return row.id


def log(client: Client, candidate_id: int, **facts: object) -> dict[str, Any]:
    answer = client.post("/actions", {"candidate_id": candidate_id, "outcome": "spoke"} | facts)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def points(browser: Browser) -> int:
    with browser.app.app_context():
        return sum(entry.points for entry in db.session.query(LedgerEntry))


def test_it_earns_what_it_earns(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    told = log(sanne, noor, note="Sprak met Noor", channel="phone")
    assert (told["kind"], told["person_id"], told["source"]) == ("conversation", people.sanne.id, "token")
    assert told["points"] == points(browser) > 0
    assert sanne.get("/actions").json["items"] == [told]
    assert sanne.get(f"/actions/{told['id']}").json == told


def test_it_is_taken_back(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    told = log(sanne, noor)
    bram = client_of(browser, people.bram)
    assert bram.post(f"/actions/{told['id']}/reversal").status_code == 409
    for _ in range(2):
        back = sanne.post(f"/actions/{told['id']}/reversal")
        assert (back.status_code, back.json["undone_at"] is not None) == (200, True)
    assert points(browser) == 0
    assert sanne.post("/actions/999999/reversal").status_code == 404


def test_an_administrator_takes_back_anybodys(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    one, other = log(sanne, noor)["id"], log(sanne, noor, channel="phone")["id"]
    ada, bram = client_of(browser, people.ada), client_of(browser, people.bram)
    for key in ({"Idempotency_Key": "k-1"}, {}):
        for _ in range(2):
            back = ada.post(f"/actions/{one}/reversal", **key)
            assert (back.status_code, set(back.json)) == (200, {"id", "candidate_id", "undone_at"})
    assert points(browser) == sanne.get(f"/actions/{other}").json["points"]
    assert bram.post(f"/actions/{one}/reversal").status_code == 409
    assert sanne.post(f"/actions/{one}/reversal").json["person_id"] == people.sanne.id


def test_once_under_a_key_and_once_under_an_id(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    body = {"candidate_id": noor, "outcome": "spoke"}
    answers = [sanne.post("/actions", body, Idempotency_Key="k-1").json["id"] for _ in range(3)]
    answers += [log(sanne, noor, external_id="N-1")["id"] for _ in range(2)]
    assert len(set(answers)) == 2
    bram = client_of(browser, people.bram)
    assert log(bram, noor, external_id="N-1")["external_id"] == "N-1", "colleagues number theirs by themselves"
    other = sanne.post("/actions", body | {"outcome": "no_answer", "external_id": "N-1"})
    assert other.status_code == 409
    assert len(sanne.get("/actions").json["items"]) == 2


def test_a_key_of_last_week_counts_no_second_time(sanne: Client, noor: int, browser: Browser) -> None:
    body = {"candidate_id": noor, "outcome": "spoke"}
    first = sanne.post("/actions", body, Idempotency_Key="k-1").json
    with browser.app.app_context():
        assert idempotency_key.forget_old(clock.now() + timedelta(days=8)) == 1
        db.session.commit()
    assert sanne.post("/actions", body, Idempotency_Key="k-1").json == first


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"outcome": "sprak"}, "outcome"),
        ({"outcome": "done"}, "kind"),
        ({"outcome": "done", "kind": "promise_kept"}, "kind"),
        ({"outcome": "no_answer", "kind": "conversation"}, "kind"),
        ({"outcome": "done", "kind": "unknown"}, "kind"),
        ({"outcome": "later"}, "promise_at"),
        ({"occurred_at": "2026-03-14T09:30:00"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
        ({"occurred_at": "2000-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "2099-01-01T00:00:00Z"}, "occurred_at"),
        ({"promise_at": "2000-01-01T00:00:00Z"}, "promise_at"),
        ({"note": "Is zwanger"}, "note"),
        ({"points": 100}, "points"),
        ({"person_id": 1}, "person_id"),
        ({"candidate_id": None}, "candidate_id"),
    ],
)
def test_what_cannot_be_logged(sanne: Client, noor: int, browser: Browser, facts: dict[str, Any], field: str) -> None:
    answer = sanne.post("/actions", {"candidate_id": noor, "outcome": "spoke"} | facts)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert (sanne.get("/actions").json["items"], points(browser)) == ([], 0)


def test_a_note_may_be_kept_all_the_same(sanne: Client, noor: int) -> None:
    assert log(sanne, noor, note="Is zwanger", save_anyway=True)["note"] == "Is zwanger"


def test_of_one_candidate_everybodys(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    bram = client_of(browser, people.bram)
    theirs, mine = log(bram, noor), log(sanne, noor, channel="phone")
    listed = sanne.get(f"/actions?candidate_id={noor}").json["items"]
    assert [(each["id"], each["points"]) for each in listed] == [(theirs["id"], None), (mine["id"], mine["points"])]
    assert [each["id"] for each in sanne.get("/actions").json["items"]] == [mine["id"]]
    bram.post(f"/actions/{theirs['id']}/reversal")
    assert [each["id"] for each in sanne.get(f"/actions?candidate_id={noor}").json["items"]] == [mine["id"]]
    assert sanne.get(f"/actions/{theirs['id']}").status_code == 404


def test_what_was_promised(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    due_at = (clock.now() + timedelta(days=3)).isoformat()
    log(sanne, noor, promise_at=due_at, promise_channel="phone")
    (owed,) = sanne.get("/promises").json["items"]
    assert (owed["candidate_id"], owed["channel"], owed["person_id"]) == (noor, "phone", people.sanne.id)
    assert client_of(browser, people.bram).get("/promises").json["items"] == []
    bram = client_of(browser, people.bram)
    assert bram.get(f"/promises?candidate_id={noor}").json["items"] == [owed]
    assert bram.post(f"/promises/{owed['id']}/withdrawal").status_code == 409
    assert sanne.post(f"/promises/{owed['id']}/withdrawal").json["withdrawn_at"] is not None
    assert sanne.post(f"/promises/{owed['id']}/withdrawal").status_code == 409
    assert sanne.get("/promises").json["items"] == []
