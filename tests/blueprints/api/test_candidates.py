"""Candidates through the API: seen, added and changed as on the pages."""

from typing import Any

import pytest

from app import clock
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.candidates import candidate, identity
from app.domain.candidates.address import Channel
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.house.matrix import SCOPES
from tests.people import Browser, People

PHONE = {"channel": "phone", "address": "0612345678"}
NEW: dict[str, Any] = {"name": "Noor Willems", "role_sought": "Lasser"}


def new(client: Client, **facts: object) -> dict[str, Any]:
    answer = client.post("/candidates", NEW | facts)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_somebody_new(sanne: Client, people: People) -> None:
    told = new(sanne, external_id="B-1", identities=[PHONE], labels={"skill": [{"name": "TIG"}]})
    assert (told["name"], told["owner_id"], told["external_id"]) == ("Noor Willems", people.sanne.id, "B-1")
    assert (told["score"], told["labels"]) == (None, [{"kind": "skill", "name": "TIG", "until": None}])
    assert sanne.get(f"/candidates/{told['id']}").json == told
    assert addresses(sanne, told["id"]) == ["+31612345678"]


def addresses(client: Client, candidate_id: int) -> list[str]:
    return [each["address"] for each in client.get(f"/candidates/{candidate_id}/identities").json["items"]]


def test_who_is_known_by_their_address_is_not_added_twice(sanne: Client) -> None:
    known = new(sanne, identities=[PHONE])
    again = sanne.post("/candidates", NEW | {"identities": [PHONE]})
    assert (again.status_code, str(known["id"]) in again.json["detail"]) == (409, True)
    assert new(sanne, identities=[PHONE], anyway=True)["id"] != known["id"]


def test_a_page_at_a_time(sanne: Client) -> None:
    ids = [new(sanne, name=f"Iemand {number}")["id"] for number in range(5)]
    first = sanne.get("/candidates?limit=2").json
    second = sanne.get(f"/candidates?limit=2&after={first['next']}").json
    last = sanne.get(f"/candidates?limit=2&after={second['next']}").json
    assert [each["id"] for page in (first, second, last) for each in page["items"]] == ids
    assert last["next"] is None
    forged = sanne.get("/candidates?after=MQ.forged")
    assert (forged.status_code, list(forged.json["errors"])) == (422, ["after"])
    assert sanne.get(f"/actions?after={first['next']}").status_code == 422


def test_by_number_stage_and_owner(sanne: Client, people: People) -> None:
    one, _ = new(sanne, external_id="B-1"), new(sanne, stage="nurture", owner_id=people.bram.id)
    assert [each["id"] for each in sanne.get("/candidates?external_id=B-1").json["items"]] == [one["id"]]
    assert [each["id"] for each in sanne.get("/candidates?stage=attract").json["items"]] == [one["id"]]
    assert [each["id"] for each in sanne.get(f"/candidates?owner_id={people.sanne.id}").json["items"]] == [one["id"]]


@pytest.fixture
def by_branch(browser: Browser, people: People) -> None:
    """Whoever works in another branch sees nobody of ours."""
    with browser.app.app_context():
        agency = the_agency()
        assert agency is not None
        agency.visibility = "branch"
        db.session.commit()


BODIES: dict[str, dict[str, Any]] = {
    "api.reaching_add_identity": PHONE,
    "api.reaching_mark_identity": {"state": "verified"},
    "api.candidates_change": {"region": "Zwolle"},
    "api.crm_ids_give": {"crm": "hubspot", "number": "1001"},
    "api.reaching_wish": {"channels": ["phone"]},
    "api.touchpoints_record": {"kind": "event_attended"},
}
"""What each takes, so that it is refused for nothing but whom it is about."""


@pytest.mark.usefixtures("by_branch")
def test_every_address_about_somebody_is_absent_for_another_branch(
    browser: Browser, people: People, sanne: Client
) -> None:
    ours, otto = new(sanne, identities=[PHONE])["id"], client_of(browser, people.otto)
    (identity_id,) = [each["id"] for each in sanne.get(f"/candidates/{ours}/identities").json["items"]]
    tried = {}
    for rule in browser.app.url_map.iter_rules():
        if rule.endpoint in SCOPES and "candidate_id" in rule.arguments:
            (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            path = rule.rule.removeprefix("/api/v1").replace("<int:candidate_id>", str(ours))
            path = path.replace("<int:identity_id>", str(identity_id)).replace("<purpose>", "contact")
            tried[rule.endpoint] = otto.ask(method, path, BODIES.get(rule.endpoint, {})).status_code
    assert len(tried) > 8
    assert {name: status for name, status in tried.items() if status != 404} == {}
    assert addresses(sanne, ours) == ["+31612345678"]


@pytest.mark.usefixtures("by_branch")
def test_no_list_names_somebody_of_another_branch(browser: Browser, people: People, sanne: Client) -> None:
    ours, otto = new(sanne)["id"], client_of(browser, people.otto)
    assert otto.get("/candidates").json["items"] == []
    done = sanne.post("/actions", {"candidate_id": ours, "outcome": "spoke"}).json["id"]
    assert otto.post("/actions", {"candidate_id": ours, "outcome": "spoke"}).status_code == 404
    assert (otto.get(f"/actions/{done}").status_code, otto.post(f"/actions/{done}/reversal").status_code) == (404, 404)
    assert otto.get(f"/actions?candidate_id={ours}").json["items"] == []
    assert otto.get(f"/promises?candidate_id={ours}").json["items"] == []


def test_what_is_left_out_stays(sanne: Client) -> None:
    told = new(sanne, region="Zwolle", labels={"skill": [{"name": "TIG"}], "tag": [{"name": "nieuw"}]})
    assert len(told["labels"]) == 2
    changed = sanne.ask("PATCH", f"/candidates/{told['id']}", {"hours_week": 32, "labels": {"tag": []}})
    assert [each["name"] for each in changed.json["labels"]] == ["TIG"]
    assert changed.status_code == 200
    same = set(told) - {"hours_week", "labels", "updated_at"}
    assert {name: changed.json[name] for name in same} == {name: told[name] for name in same}
    assert changed.json["hours_week"] == 32
    stage = sanne.ask("PATCH", f"/candidates/{told['id']}", {"stage": "nurture", "stage_reason": "wil wachten"})
    assert stage.json["stage"] == "nurture"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": 5}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"travel_km": "5"}, "travel_km"),
        ({"travel_km": 10**30}, "travel_km"),
        ({"travel_km": True}, "travel_km"),
        ({"available_from": "0001-01-01"}, "available_from"),
        ({"available_from": "morgen"}, "available_from"),
        ({"stage": "elsewhere"}, "stage"),
        ({"owner_id": 999999}, "owner_id"),
        ({"language": "de"}, "language"),
        ({"points": 5}, "points"),
        ({"labels": [1]}, "labels"),
        ({"labels": {"skill": [{"until": "2027-01-01"}]}}, "labels"),
        ({"identities": [{"channel": "phone", "address": "aan de balie"}]}, "identities"),
        ({"identities": [{"channel": "in_app", "address": "x"}]}, "identities"),
        ({"aspiration": "Is vaak ziek"}, "aspiration"),
    ],
)
def test_what_cannot_be_used_is_told_by_field(sanne: Client, body: dict[str, Any], field: str) -> None:
    answer = sanne.post("/candidates", NEW | body, Accept_Language="en")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert list(answer.json["errors"]) == [field]
    assert sanne.get("/candidates").json["items"] == []


def test_errors_are_said_in_the_language_asked_for(sanne: Client) -> None:
    said = {
        language: sanne.post("/candidates", {}, Accept_Language=language).json["errors"]["name"][0]
        for language in ("nl", "en")
    }
    assert said == {"nl": "Dit ontbreekt.", "en": "This is missing."}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'"x"', "application/json", 422),
        (b"name=Noor", "application/x-www-form-urlencoded", 415),
        (b"[" * 100_000, "application/json", 400),
        (b'{"hours_week": ' + b"1" * 5_000 + b"}", "application/json", 400),
    ],
)
def test_what_is_no_json_of_ours(sanne: Client, body: bytes, content_type: str, status: int) -> None:
    headers = sanne.headers | {"Content-Type": content_type}
    answer = sanne.client.post("/api/v1/candidates", data=body, headers=headers)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


@pytest.mark.usefixtures("by_branch")
def test_whom_one_hands_to_another_branch_is_told_once_more(people: People, sanne: Client) -> None:
    told = new(sanne, owner_id=people.otto.id)
    assert told["owner_id"] == people.otto.id
    assert sanne.get(f"/candidates/{told['id']}").status_code == 404
    ours = new(sanne)
    assert sanne.ask("PATCH", f"/candidates/{ours['id']}", {"owner_id": people.otto.id}).status_code == 200


@pytest.mark.usefixtures("by_branch")
def test_whom_one_handed_over_is_not_told_again_under_the_key(people: People, sanne: Client) -> None:
    theirs = NEW | {"owner_id": people.otto.id}
    assert sanne.post("/candidates", theirs, Idempotency_Key="k-1").json["name"] == "Noor Willems"
    assert sanne.post("/candidates", theirs, Idempotency_Key="k-1").status_code == 404


def test_a_token_that_only_writes_is_told_of_nobody(browser: Browser, people: People, sanne: Client) -> None:
    blind = client_of(browser, people.sanne, [Scope.CANDIDATES_WRITE])
    known = new(sanne, identities=[PHONE])["id"]
    (number,) = [each["id"] for each in sanne.get(f"/candidates/{known}/identities").json["items"]]
    made = blind.post("/candidates", NEW | {"identities": [PHONE], "anyway": True})
    changed = blind.ask("PATCH", f"/candidates/{known}", {"region": "Zwolle"})
    for answer in (made, changed):
        assert set(answer.json) == {"id", "updated_at"}
    added = blind.post(f"/candidates/{known}/identities", PHONE)
    marked = blind.ask("PATCH", f"/candidates/{known}/identities/{number}", {"state": "verified"})
    assert added.json == marked.json == {"id": number}
    wished = blind.ask("PUT", f"/candidates/{known}/preferences/contact", {"channels": ["phone"]})
    assert wished.json == {"purpose": "contact"}
    read = changed.headers["ETag"]
    assert blind.ask("PATCH", f"/candidates/{known}", {"hours_week": 32}, If_Match=read).status_code == 200
    assert blind.ask("PATCH", f"/candidates/{known}", {"hours_week": 8}, If_Match=read).status_code == 412


@pytest.mark.parametrize("body", [{}, {"save_anyway": True}, {"stage_reason": "zomaar"}, {"labels": {}}])
def test_a_change_of_nothing_is_refused(sanne: Client, body: dict[str, Any]) -> None:
    answer = sanne.ask("PATCH", f"/candidates/{new(sanne)['id']}", body, Accept_Language="nl")
    assert (answer.status_code, answer.json["errors"]) == (422, {"_schema": ["Noem wat er anders moet."]})


def test_what_is_said_again_is_no_change(sanne: Client) -> None:
    told = new(sanne, identities=[PHONE], region="Zwolle", labels={"tag": [{"name": "nieuw"}]})
    at = f"/candidates/{told['id']}"
    (number,) = [each["id"] for each in sanne.get(f"{at}/identities").json["items"]]
    wish = {"channels": ["phone"], "days": "15"}
    sanne.ask("PATCH", f"{at}/identities/{number}", {"state": "verified"})
    sanne.ask("PUT", f"{at}/preferences/contact", wish)
    moment = clock.now().isoformat().replace("+00:00", "Z")
    same = {name: told[name] for name in ("name", "region", "stage", "owner_id", "external_id", "origin")}
    assert sanne.ask("PATCH", at, same | {"labels": {"tag": [{"name": "nieuw"}]}}).status_code == 200
    assert sanne.post(f"{at}/identities", PHONE).status_code == 201
    assert sanne.ask("PATCH", f"{at}/identities/{number}", {"state": "verified"}).status_code == 200
    assert sanne.ask("PUT", f"{at}/preferences/contact", wish).status_code == 200
    assert sanne.get(f"/candidates?updated_since={moment}").json["items"] == []
    sanne.ask("PUT", f"{at}/preferences/contact", wish | {"said_by": "candidate"})
    assert [each["id"] for each in sanne.get(f"/candidates?updated_since={moment}").json["items"]] == [told["id"]]


def test_reading_on_is_written_down_once_an_hour(browser: Browser, sanne: Client) -> None:
    for _ in range(3):
        new(sanne)
    first = sanne.get("/candidates?limit=1").json
    for _ in range(2):
        assert sanne.get(f"/candidates?limit=1&after={first['next']}").status_code == 200
    with browser.app.app_context():
        assert [each.what for each in db.session.query(AuditEntry)] == ["candidates.read_on"]


def test_a_number_of_theirs_is_one_candidates(sanne: Client) -> None:
    new(sanne, external_id="B-1")
    again = sanne.post("/candidates", NEW | {"external_id": "B-1"})
    assert (again.status_code, list(again.json["errors"])) == (409, ["external_id"])


def test_sent_twice_under_one_key_is_one(sanne: Client, browser: Browser) -> None:
    once, again = (sanne.post("/candidates", NEW, Idempotency_Key="k-1") for _ in range(2))
    assert (once.status_code, again.status_code) == (201, 201)
    assert once.json == again.json
    other = sanne.post("/candidates", NEW | {"name": "Iemand anders"}, Idempotency_Key="k-1")
    assert other.status_code == 422
    assert sanne.post("/candidates", NEW, Idempotency_Key="met spatie").status_code == 400
    assert sanne.post("/candidates", NEW, Idempotency_Key="x" * 65).status_code == 400
    assert len(sanne.get("/candidates").json["items"]) == 1


def test_what_was_refused_leaves_its_key_free(sanne: Client) -> None:
    assert sanne.post("/candidates", NEW | {"owner_id": 999999}, Idempotency_Key="k-1").status_code == 422
    assert sanne.post("/candidates", NEW, Idempotency_Key="k-1").status_code == 201


def test_a_key_is_its_persons_own(sanne: Client, browser: Browser, people: People) -> None:
    bram = client_of(browser, people.bram)
    answers = [who.post("/candidates", NEW, Idempotency_Key="k-1").json["id"] for who in (sanne, bram)]
    assert len(set(answers)) == 2


def test_whoever_has_the_newest_reads_nothing(sanne: Client) -> None:
    path = f"/candidates/{new(sanne)['id']}"
    tag = sanne.get(path).headers["ETag"]
    assert (sanne.get(path, If_None_Match=tag).status_code, sanne.get(path, If_None_Match=tag).data) == (304, b"")
    sanne.ask("PATCH", path, {"region": "Zwolle"})
    assert sanne.get(path, If_None_Match=tag).status_code == 200


def test_ways_to_reach_somebody(sanne: Client, browser: Browser) -> None:
    path = f"/candidates/{new(sanne, identities=[PHONE])['id']}/identities"
    mail = sanne.post(path, {"channel": "email", "address": "Noor@Voorbeeld.nl"})
    assert (mail.status_code, mail.json["address"]) == (201, "noor@voorbeeld.nl")
    assert sanne.post(path, {"channel": "email", "address": "noor@voorbeeld.nl"}).json["id"] == mail.json["id"]
    marked = sanne.ask("PATCH", f"{path}/{mail.json['id']}", {"state": "opted_out"})
    assert (marked.status_code, marked.json["state"]) == (200, "opted_out")
    gone = f"{path}/{mail.json['id']}"
    assert [sanne.ask("DELETE", gone, Idempotency_Key="k-1").status_code for _ in range(2)] == [204, 204]
    assert sanne.ask("DELETE", gone).status_code == 404
    assert [each["channel"] for each in sanne.get(path).json["items"]] == ["phone"]


def test_so_many_addresses(sanne: Client, browser: Browser, people: People) -> None:
    candidate_id = new(sanne)["id"]
    with browser.app.app_context():
        row = candidate.visible_to(people.sanne, candidate_id)
        assert row is not None
        for number in range(identity.MOST):
            identity.add(row, Channel.EMAIL, f"noor{number}@voorbeeld.nl", clock.now())
        db.session.commit()
    full = sanne.post(f"/candidates/{candidate_id}/identities", {"channel": "email", "address": "n@voorbeeld.nl"})
    assert (full.status_code, list(full.json["errors"])) == (422, ["address"])


def test_how_somebody_wants_to_be_reached(sanne: Client) -> None:
    path = f"/candidates/{new(sanne)['id']}/preferences"
    assert sanne.get(path).json["items"] == []
    wish = {"channels": ["whatsapp", "phone"], "days": "15", "from_minute": 540, "said_by": "candidate"}
    told = sanne.ask("PUT", f"{path}/contact", wish)
    assert (told.status_code, told.json["channels"], told.json["purpose"]) == (200, ["whatsapp", "phone"], "contact")
    assert sanne.get(path).json["items"] == [told.json]


@pytest.mark.parametrize(
    ("purpose", "body", "status", "field"),
    [
        ("elsewhere", {}, 404, None),
        ("contact", {"channels": []}, 422, "channels"),
        ("contact", {"days": "51"}, 422, "days"),
        ("contact", {"days": "15\n"}, 422, "days"),
        ("contact", {"from_minute": 600, "until_minute": 540}, 422, "until_minute"),
        ("contact", {"arrangement": "together"}, 422, "arrangement"),
        ("contact", {"note": "Is moslim"}, 422, "note"),
        ("contact", {"said_by": "imported"}, 422, "said_by"),
    ],
)
def test_wishes_that_are_none(
    sanne: Client, purpose: str, body: dict[str, Any], status: int, field: str | None
) -> None:
    path = f"/candidates/{new(sanne)['id']}/preferences/{purpose}"
    answer = sanne.ask("PUT", path, {"channels": ["phone"]} | body)
    assert answer.status_code == status
    assert [*answer.json.get("errors", {})] == ([field] if field else [])


def test_somebody_forgotten_is_nobody(sanne: Client, browser: Browser) -> None:
    with browser.app.app_context():
        row = make.candidate("Wordt Vergeten")
        row.anonymised_at = clock.now()
        db.session.commit()
        candidate_id = row.id
    assert sanne.get(f"/candidates/{candidate_id}").status_code == 404


def test_what_changed_since_is_not_overwritten(sanne: Client) -> None:
    told = new(sanne)
    at = f"/candidates/{told['id']}"
    read = sanne.get(at).headers["ETag"]
    first = sanne.ask("PATCH", at, {"region": "Zwolle"}, If_Match=read)
    assert (first.status_code, first.json["region"]) == (200, "Zwolle")
    late = sanne.ask("PATCH", at, {"region": "Breda"}, If_Match=read)
    assert (late.status_code, late.json["title"]) == (412, "Intussen gewijzigd")
    assert sanne.get(at).json["region"] == "Zwolle"
    several = f'"x", {first.headers["ETag"]}'
    for known in (several, "*"):
        assert sanne.ask("PATCH", at, {"hours_week": 32}, If_Match=known).status_code == 200
    assert sanne.ask("PATCH", at, {"hours_week": 8}, If_Match="nonsense").status_code == 412


def test_a_change_of_labels_is_a_change(sanne: Client) -> None:
    told = new(sanne)
    at = f"/candidates/{told['id']}"
    read = sanne.get(at).headers["ETag"]
    sanne.ask("PATCH", at, {"labels": {"tag": [{"name": "nieuw"}]}})
    assert sanne.ask("PATCH", at, {"region": "Breda"}, If_Match=read).status_code == 412


def test_sent_again_under_its_key_it_is_done_and_no_conflict(sanne: Client) -> None:
    at = f"/candidates/{new(sanne)['id']}"
    how = {"If_Match": sanne.get(at).headers["ETag"], "Idempotency_Key": "een"}
    assert [sanne.ask("PATCH", at, {"region": "Breda"}, **how).status_code for _ in range(2)] == [200, 200]


def test_it_is_not_told_again_while_it_is_the_same(sanne: Client) -> None:
    told = sanne.post("/candidates", NEW)
    at = told.headers["Location"].removeprefix("/api/v1")
    first = sanne.get(at)
    assert (first.json, first.headers["ETag"]) == (told.json, told.headers["ETag"])
    assert sanne.get(at, If_None_Match=first.headers["ETag"]).status_code == 304


def test_only_what_changed_since(sanne: Client) -> None:
    old, other = new(sanne), new(sanne, name="Een ander")
    moment = clock.now().isoformat().replace("+00:00", "Z")
    sanne.ask("PATCH", f"/candidates/{other['id']}", {"region": "Breda"})
    assert [each["id"] for each in sanne.get(f"/candidates?updated_since={moment}").json["items"]] == [other["id"]]
    done = [sanne.post("/actions", {"candidate_id": old["id"], "outcome": "spoke"}) for _ in range(2)]
    first, second = (each.json["id"] for each in done)
    assert sanne.get(done[0].headers["Location"].removeprefix("/api/v1")).json["id"] == first
    moment = clock.now().isoformat().replace("+00:00", "Z")
    assert sanne.get(f"/actions?updated_since={moment}").json["items"] == []
    sanne.post(f"/actions/{second}/reversal")
    assert [each["id"] for each in sanne.get(f"/actions?updated_since={moment}").json["items"]] == [second]
    assert sanne.get("/actions?updated_since=gisteren").status_code == 422
