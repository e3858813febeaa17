"""The page of the outbox: what became of every mail, and what an administrator can still do."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.people import Browser, People, make_people

DAY = timedelta(days=1)
REFUSAL = "550 5.1.1 no such user"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        found = make_people()
        found.ada.language = "en"
        db.session.commit()
    return found


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def planned(browser: Browser, recipient: str, kind: str = "weekly_reminder", **facts: object) -> int:
    """A message of now, as far as nothing else is said."""
    with browser.app.app_context():
        now = clock.now()
        when: dict[str, Any] = {"due_at": now, "not_after": now + DAY, "now": now}
        outbox.plan(kind=kind, recipient=recipient, period=recipient, payload={"a": 1}, host="x.nl", **when)
        row = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc())).all()[0]
        for name, value in facts.items():
            setattr(row, name, value)
        db.session.commit()
        return row.id


def kept(browser: Browser, row_id: int) -> tuple[str, str | None, dict[str, Any]]:
    with browser.app.app_context():
        row = db.session.get_one(OutboxRow, row_id)
        return row.state, row.last_error, row.payload


def test_everything_with_counts_and_names(ada: Browser, people: People) -> None:
    planned(ada, f"person:{people.sanne.id}")
    planned(ada, f"person:{people.bram.id}", state="skipped", last_error="nobody waits")
    page = ada.get("/operations/mails").text
    assert "Sanne de Vries" in page
    assert "Nobody waits for the recipient" in page


def test_narrowed_by_state_and_kind(ada: Browser, people: People) -> None:
    planned(ada, f"person:{people.sanne.id}", state="sent", sent_at=clock.now())
    planned(ada, f"person:{people.bram.id}", "invitation")
    found = {q: ada.get(f"/operations/mails?{q}").text for q in ("state=sent", "kind=invitation", "state=x&kind=x")}
    assert ["Sanne de Vries" in page for page in found.values()] == [True, False, True]
    assert ["Bram Jansen" in page for page in found.values()] == [False, True, True]
    assert "There are none" in ada.get("/operations/mails?state=failed").text


def test_page_by_page(ada: Browser, people: People) -> None:
    for number in range(26):
        planned(ada, f"chat:{number}")
    assert "Page 1 of 2" in ada.get("/operations/mails").text
    assert "Chat 0<" in ada.get("/operations/mails?page=2").text


def test_candidates_by_name_with_a_link_and_the_forgotten_by_number(ada: Browser) -> None:
    with ada.app.app_context():
        them = make.candidate("Aisha El Amrani")
        gone = make.candidate("Weg")
        db.session.get_one(Candidate, gone.id).anonymised_at = clock.now()
        db.session.commit()
        ids = them.id, gone.id
    for number in ids:
        planned(ada, f"candidate:{number}", "feedback_asked")
    page = ada.get(f"/operations/mails/{planned(ada, f'candidate:{ids[0]}', 'candidate_link')}").text
    assert f'href="/candidates/{ids[0]}"' in page
    listed = ada.get("/operations/mails").text
    assert "Aisha El Amrani" in listed
    assert f"Candidate {ids[1]}" in listed


def test_tried_again_at_once_whatever_went_wrong(ada: Browser, people: People) -> None:
    row_id = planned(ada, f"person:{people.sanne.id}", state="failed", last_error=REFUSAL, attempts=1)
    ada.post(f"/operations/mails/{row_id}/again", at=f"/operations/mails/{row_id}")
    assert kept(ada, row_id) == ("pending", f"person:{people.ada.id} again: {REFUSAL}", {"a": 1})
    page = ada.get(f"/operations/mails/{row_id}").text
    assert "Tried again by Ada Smit" in page
    assert REFUSAL in page


@pytest.mark.parametrize("facts", [{"state": "sent"}, {"state": "failed", "not_after": make.START}])
def test_what_went_or_is_worth_nothing_is_not_tried_again(ada: Browser, people: People, facts: dict[str, Any]) -> None:
    row_id = planned(ada, f"person:{people.sanne.id}", **facts)
    ada.post(f"/operations/mails/{row_id}/again")
    assert kept(ada, row_id)[0] == facts["state"]
    assert "It went meanwhile, or is worth nothing any more." in ada.get(f"/operations/mails/{row_id}").text


def test_called_off_with_a_reason_that_stays(ada: Browser, people: People) -> None:
    row_id = planned(ada, f"person:{people.sanne.id}")
    ada.post(f"/operations/mails/{row_id}/end", {"reason": " she   rang "}, at=f"/operations/mails/{row_id}")
    assert kept(ada, row_id) == ("skipped", f"person:{people.ada.id} off: she rang", {})
    page = ada.get(f"/operations/mails/{row_id}").text
    assert "Called off by Ada Smit" in page
    assert "she rang" in page


def test_not_without_a_reason(ada: Browser, people: People) -> None:
    row_id = planned(ada, f"person:{people.sanne.id}")
    answer = ada.post(f"/operations/mails/{row_id}/end", {"reason": " "}, at=f"/operations/mails/{row_id}")
    assert (answer.status_code, kept(ada, row_id)[0]) == (422, "pending")


def test_what_is_on_its_way_is_not_called_off(ada: Browser, people: People) -> None:
    row_id = planned(ada, f"person:{people.sanne.id}", state="sending")
    ada.post(f"/operations/mails/{row_id}/end", {"reason": "x"})
    assert kept(ada, row_id)[0] == "sending"


def test_absent(ada: Browser) -> None:
    assert ada.get("/operations/mails/999").status_code == 404
    assert ada.post("/operations/mails/999/again").status_code == 404


def test_a_mail_to_oneself_shows_whether_mail_arrives(ada: Browser, people: People) -> None:
    answers = [ada.post("/operations/mails/test", at="/operations/mails") for _press in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert "Test whether mail arrives to Ada Smit" in ada.get(answers[0].headers["Location"]).text


def test_without_an_address_there_is_no_test(ada: Browser, browser: Browser, people: People) -> None:
    with browser.app.app_context():
        db.session.get_one(Person, people.ada.id).email = None
        db.session.commit()
    answer = ada.post("/operations/mails/test", at="/operations/mails")
    assert "You have no mail address here yet." in ada.get(answer.headers["Location"]).text
