"""Software that reads only what changed hears of everything that changed, also that somebody is gone."""

from datetime import datetime

import pytest

from app import clock
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.candidates import bulk, consenting
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.custody import anonymise, merge
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.people import Browser, People


@pytest.fixture
def noor(browser: Browser, people: People) -> int:
    return made(browser, "Noor Willems", people)


def made(browser: Browser, name: str, people: People) -> int:
    with browser.app.app_context():
        row = make.candidate(name, owner=people.sanne)
        db.session.commit()
        return row.id


def since(client: Client, moment: datetime, of: str = "candidates", more: str = "") -> list[dict[str, object]]:
    asked = f"/{of}?updated_since={moment.isoformat().replace('+00:00', 'Z')}{more}"
    answer = client.get(asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json["items"]
    return found


def test_a_tag_that_many_were_given(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    moment = clock.now()
    with browser.app.app_context():
        change = bulk.tag(people.sanne, [noor], "Top", moment)
        db.session.commit()
    (told,) = since(sanne, moment)
    assert told["labels"] == [{"kind": "tag", "name": "Top", "until": None}]
    with browser.app.app_context():
        bulk.undo(people.sanne, change.id, clock.now())
        db.session.commit()
    (told,) = since(sanne, moment)
    assert told["labels"] == []


def test_who_wants_no_contact_says_so(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    assert sanne.get(f"/candidates/{noor}").json["do_not_contact_at"] is None
    moment = clock.now()
    with browser.app.app_context():
        contact, by_id = ConsentPurpose.CONTACT, people.sanne.id
        consenting.tell(noor, contact, None, given=False, via=Via.RECRUITER, by_id=by_id, now=moment)
        db.session.commit()
    (told,) = since(sanne, moment)
    assert datetime.fromisoformat(str(told["do_not_contact_at"])) == moment


def test_an_address_is_a_change_and_nobodys_overwritten(sanne: Client, noor: int) -> None:
    at = f"/candidates/{noor}"
    read, moment = sanne.get(at), clock.now()
    new = sanne.post(f"{at}/identities", {"channel": "phone", "address": "0612345678"}).json["id"]
    assert [each["id"] for each in since(sanne, moment)] == [noor]
    changed = sanne.get(at, If_None_Match=read.headers["ETag"])
    assert (changed.status_code, changed.json["updated_at"] > read.json["updated_at"]) == (200, True)
    patched = sanne.ask("PATCH", at, {"region": "Breda"}, If_Match=read.headers["ETag"])
    assert patched.status_code == 200, "what was read of them is still so"
    moment = clock.now()
    sanne.ask("DELETE", f"{at}/identities/{new}")
    assert [each["id"] for each in since(sanne, moment)] == [noor]


def test_who_is_one_with_another_since(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    twin, moment = made(browser, "N. Willems", people), clock.now()
    with browser.app.app_context():
        kept, other = (db.session.get_one(Candidate, each) for each in (noor, twin))
        merged = merge.merge(kept, other, {}, people.sanne, moment).id
        db.session.commit()
    mine, theirs = since(sanne, moment)
    assert (mine["id"], "gone" in mine) == (noor, False)
    assert theirs == {"id": twin, "gone": "merged", "merged_into_id": noor, "updated_at": mine["updated_at"]}
    assert [each["id"] for each in sanne.get("/candidates").json["items"]] == [noor]
    led = sanne.get(f"/candidates/{twin}/touchpoints?limit=5&after=x%26y")
    there = f"/api/v1/candidates/{noor}/touchpoints?limit=5&after=x%26y"
    assert (led.status_code, led.headers["Location"]) == (303, there)
    moment = clock.now()
    with browser.app.app_context():
        merge.undo(db.session.get_one(merge.Merge, merged), moment)
        db.session.commit()
    assert [(each["id"], "gone" in each) for each in since(sanne, moment)] == [(noor, False), (twin, False)]


def test_who_was_forgotten(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    moment = clock.now()
    with browser.app.app_context():
        anonymise.anonymise_many([noor], moment)
        db.session.commit()
    (told,) = since(sanne, moment)
    assert (told.pop("updated_at") is not None, told) == (True, {"id": noor, "gone": "forgotten"})


def test_of_another_branch_nobody_hears_who_is_gone(browser: Browser, people: People) -> None:
    moment, otto = clock.now(), client_of(browser, people.otto)
    with browser.app.app_context():
        agency = the_agency()
        assert agency is not None
        agency.visibility = "branch"
        theirs = make.candidate("Noor Willems", branch_id=branch_of(people.sanne.id))
        anonymise.anonymise_many([theirs.id], moment)
        db.session.commit()
        gone = theirs.id
    assert since(otto, moment) == []
    assert [each["id"] for each in since(client_of(browser, people.sanne), moment)] == [gone]


def test_what_a_colleague_took_back(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    bram, body = client_of(browser, people.bram), {"candidate_id": noor, "outcome": "spoke", "note": "Vergissing"}
    mistake, moment = bram.post("/actions", body).json["id"], clock.now()
    bram.post(f"/actions/{mistake}/reversal")
    (told,) = since(sanne, moment, "actions", f"&candidate_id={noor}")
    assert told.pop("undone_at") is not None
    assert told == {"id": mistake, "candidate_id": noor}
    (theirs,) = since(bram, moment, "actions")
    assert (theirs["id"], theirs["note"]) == (mistake, "Vergissing")
    assert sanne.get(f"/actions?candidate_id={noor}").json["items"] == []
    assert sanne.get(f"/actions/{mistake}").status_code == 404
    assert since(sanne, clock.now(), "actions", f"&candidate_id={noor}") == []
