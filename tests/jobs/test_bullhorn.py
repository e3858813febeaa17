"""Bullhorn, as documented: what it tells is kept before it is used, and every note counts once, whatever goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask, current_app
from sqlalchemy import select

from app.db import db
from app.domain.actions import action
from app.domain.actions.bullhorn import account, batch, meaning, record
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.crm_id import Crm
from app.domain.journey.application import Application, ApplicationState
from jobs import bullhorn_door, bullhorn_reading, public_host
from tests import make
from tests.fakes.bullhorn import PASSWORD, SECRET, USER, Bullhorn, serving
from tests.jobs.bullhorn_desk import (
    NOTE,
    PERSON,
    apply,
    desk,
    fault,
    logged,
    mail_of,
    millis,
    note,
    points,
    poll,
    reason,
    state,
    there,
)
from tests.jobs.desk import TUESDAY, Desk, make_desk

__all__ = ["desk", "there"]
pytestmark = pytest.mark.usefixtures("session")


def test_a_note_is_an_action_of_whoever_wrote_it(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk).upper())
    assert poll() == 1
    row = db.session.scalars(select(EngagementAction)).one()
    found = (row.person_id, row.candidate_id, row.outcome, row.source, row.occurred_at, row.note)
    assert found == (desk.sanne.id, desk.aisha.id, "spoke", "bullhorn", TUESDAY, None)
    assert (points() > 0, points()) == (True, row.points)
    assert (poll(), logged()) == (0, [("spoke", str(NOTE), False)])


def test_hearing_of_it_again_counts_nothing_twice(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    earned = points()
    for change in ("INSERTED", "UPDATED", "UPDATED"):
        there.tell("Note", NOTE, change)
        poll()
    assert (len(logged()), points()) == (1, earned)


def test_a_note_that_is_deleted_is_taken_back_whenever_that_is(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    there.remove("Note", NOTE)
    with time_machine.travel(TUESDAY + timedelta(days=20), tick=False):
        poll()
    assert (logged(), points(), reason()) == ([("spoke", str(NOTE), True)], 0, Reason.DELETED)


def test_a_note_that_changed_is_logged_anew(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    note(there, by=mail_of(desk), said="Left Message")
    poll()
    note(there, by=mail_of(desk), said="Left Message", comments="corrected")
    poll()
    assert logged() == [("spoke", str(NOTE), True), ("no_answer", f"{NOTE}.1", False)]


def test_what_changes_after_a_week_stays_as_it_was(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    with time_machine.travel(TUESDAY + timedelta(days=8), tick=False):
        note(there, by=mail_of(desk), said="Left Message")
        poll()
    assert logged() == [("spoke", str(NOTE), False)]


def test_what_somebody_here_took_back_stays_so(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    poll()
    row = db.session.scalars(select(EngagementAction)).one()
    assert action.undo(desk.sanne, row.id, TUESDAY)
    there.tell("Note", NOTE, "UPDATED")
    poll()
    assert logged() == [("spoke", str(NOTE), True)]


def test_a_name_that_nobody_mapped_waits_and_counts_once_it_is(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk), said="Kopje  koffie")
    poll()
    assert (reason(), [each.name for each in record.named(Reason.UNMAPPED)]) == (Reason.UNMAPPED, ["Kopje koffie"])
    meaning.map_to(Entity.NOTE, "kopje KOFFIE", Outcome.SPOKE, TUESDAY)
    assert record.ask_again([Reason.UNMAPPED], TUESDAY, (Entity.NOTE, "kopje KOFFIE")) == 1
    assert (poll(), poll(), logged()) == (1, 0, [("spoke", str(NOTE), False)])


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"commentingPerson": {"id": 7, "email": "nobody@elders.nl"}}, Reason.UNKNOWN_RECRUITER),
        ({"commentingPerson": None}, Reason.UNKNOWN_RECRUITER),
        ({"personReference": {"id": 7, "_subtype": "ClientContact"}}, Reason.NOT_A_CANDIDATE),
        ({"personReference": {"id": 999, "_subtype": "Candidate"}}, Reason.UNKNOWN_CANDIDATE),
        ({"personReference": {"id": PERSON}}, Reason.UNREADABLE),
        ({"dateAdded": millis(TUESDAY - timedelta(days=8))}, Reason.TOO_OLD),
        ({"dateAdded": millis(TUESDAY + timedelta(days=1))}, Reason.IN_THE_FUTURE),
        ({"dateAdded": "yesterday"}, Reason.UNREADABLE),
        ({"dateAdded": 10**30}, Reason.UNREADABLE),
        ({"personReference": {"id": "501", "_subtype": "Candidate"}}, Reason.UNREADABLE),
        ({"action": "Other"}, Reason.PASSED),
        ({"action": None}, Reason.UNMAPPED),
    ],
)
def test_what_cannot_be_placed_is_said_why(there: Bullhorn, desk: Desk, more: dict[str, Any], why: Reason) -> None:
    note(there, by=mail_of(desk), **more)
    note(there, NOTE + 1, by=mail_of(desk))
    poll()
    assert (reason(), logged()) == (why, [("spoke", str(NOTE + 1), False)])


def test_whoever_writes_is_known_once_they_work_here(there: Bullhorn, desk: Desk) -> None:
    note(there, by="nieuw@voorbeeld.nl")
    poll()
    assert (
        db.session.scalars(select(BullhornRecord.who).where(BullhornRecord.number == NOTE)).one()
        == "nieuw@voorbeeld.nl"
    )
    desk.sanne.email = "nieuw@voorbeeld.nl"
    record.ask_again([Reason.UNKNOWN_RECRUITER], TUESDAY)
    poll()
    assert (reason(), len(logged())) == ("", 1)
    assert db.session.scalars(select(BullhornRecord.who).where(BullhornRecord.number == NOTE)).one() == ""


def test_a_candidate_is_met_by_their_address(there: Bullhorn, desk: Desk) -> None:
    crm_id.take_away(crm_id.ids_of(desk.aisha.id)[0], TUESDAY)
    identity.add(desk.aisha, Channel.EMAIL, "Aisha@voorbeeld.nl", TUESDAY)
    note(there, by=mail_of(desk))
    poll()
    assert (len(logged()), crm_id.whose(Crm.BULLHORN, [str(PERSON)])) == (1, {str(PERSON): desk.aisha.id})


def test_whoever_is_new_there_comes_in_with_their_addresses(there: Bullhorn, desk: Desk) -> None:
    person = {"name": "Noor Willems", "firstName": "Noor", "lastName": "Willems", "email": "noor@voorbeeld.nl"}
    there.put("Candidate", 777, **person, mobile="06 12345678", owner={"id": 7, "email": mail_of(desk)})
    poll()
    row = db.session.scalars(select(Candidate).where(Candidate.name == "Noor Willems")).one()
    assert (row.owner_id, row.origin, row.external_id) == (desk.sanne.id, "Bullhorn", None)
    assert {each.address for each in identity.identities_of(row.id)} == {"noor@voorbeeld.nl", "+31612345678"}
    there.put("Candidate", 777, email="anders@voorbeeld.nl")
    poll()
    assert "anders@voorbeeld.nl" in {each.address for each in identity.identities_of(row.id)}


def test_whoever_is_deleted_there_stays_here_until_somebody_decides(there: Bullhorn, desk: Desk) -> None:
    there.remove("Candidate", PERSON)
    poll()
    assert reason(Entity.CANDIDATE, PERSON) == Reason.GONE_THERE
    assert db.session.get_one(Candidate, desk.aisha.id).anonymised_at is None


@pytest.mark.parametrize(
    ("status", "to"),
    [
        ("Submitted", ApplicationState.IN_PROCEDURE),
        ("Interviewed", ApplicationState.INTERVIEWED),
        ("Client Rejected", ApplicationState.REJECTED),
        ("Candidate Withdrew", ApplicationState.WITHDRAWN),
    ],
)
def test_a_submission_moves_the_application(there: Bullhorn, desk: Desk, status: str, to: ApplicationState) -> None:
    assert desk.aisha.owner_id  # whoever sent it works nowhere here: then it is told by whoever looks after them
    apply(there, "Client Submission")
    poll()
    assert state() == ApplicationState.IN_PROCEDURE
    apply(there, status)
    poll()
    assert state() == to


def test_a_placement_places_and_later_submissions_change_nothing(there: Bullhorn, desk: Desk) -> None:
    apply(there, "Submitted")
    job = {"candidate": {"id": PERSON}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "status": "Approved"}
    there.put("Placement", 81, **job, dateBegin=millis(TUESDAY + timedelta(days=7)), owner={"email": mail_of(desk)})
    poll()
    row = db.session.scalars(select(Application)).one()
    assert (row.state, row.starts_on) == (ApplicationState.PLACED, (TUESDAY + timedelta(days=7)).date())
    assert db.session.get_one(Candidate, desk.aisha.id, populate_existing=True).stage == Stage.CONVERT
    apply(there, "Interviewed")
    poll()
    assert state() == ApplicationState.PLACED


@pytest.mark.parametrize(
    ("more", "why"),
    [({"status": "Cancelled", "dateBegin": 1}, Reason.PASSED), ({"status": "Approved"}, Reason.NO_START)],
)
def test_a_placement_that_is_none_places_nobody(there: Bullhorn, desk: Desk, more: dict[str, Any], why: Reason) -> None:
    there.put("Placement", 81, candidate={"id": PERSON}, jobOrder={"id": 31, "title": "x"}, **more)
    poll()
    assert (reason(Entity.PLACEMENT, 81), db.session.scalars(select(Application)).all()) == (why, [])


def test_tokens_that_ended_are_had_anew_each_once(there: Bullhorn, desk: Desk) -> None:
    for number in range(5):
        there.expire()
        note(there, NOTE + number, by=mail_of(desk))
        assert poll() == 1
    assert (len(logged()), there.counts["code"], there.counts["refresh"]) == (5, 1, 6)


def test_a_refresh_token_that_opens_no_more_is_no_end(there: Bullhorn, desk: Desk) -> None:
    there.expire()
    there.refresh.clear()
    note(there, by=mail_of(desk))
    assert (poll(), there.counts["code"]) == (1, 2)


def test_without_refresh_tokens_one_signs_in_each_time(there: Bullhorn, desk: Desk) -> None:
    there.expire()
    there.refresh.clear()
    there.refreshes = False
    note(there, by=mail_of(desk))
    assert (poll(), there.counts["code"]) == (1, 2)


def test_the_wrong_data_centre_sends_us_on(there: Bullhorn, desk: Desk) -> None:
    there.expire()
    there.moved = True
    note(there, by=mail_of(desk))
    assert (poll(), any("/old/" in each for each in there.asked)) == (1, True)


def test_nobody_outside_the_domain_is_shown_a_password(there: Bullhorn, desk: Desk) -> None:
    assert desk
    with serving() as thief:
        there.expire()
        there.refresh.clear()
        there.moved, there.elsewhere = True, thief.base.replace("127.0.0.1", "localhost")
        poll()
        assert (thief.asked, fault()) == ([], "elsewhere")


@pytest.mark.parametrize(("status", "word"), [(429, "busy"), (500, "broken"), (503, "broken"), (403, "forbidden")])
def test_trouble_there_is_said_and_loses_nothing(there: Bullhorn, desk: Desk, status: int, word: str) -> None:
    note(there, by=mail_of(desk))
    there.trouble.append(status)
    assert (poll(), fault()) == (0, word)
    assert (poll(), fault(), len(logged())) == (1, "", 1)


def test_an_answer_that_is_lost_after_the_purge_is_fetched_again_by_its_number(there: Bullhorn, desk: Desk) -> None:
    note(there, by=mail_of(desk))
    there.event("GET", there.subscription, {"maxEvents": "100"})  # somebody was told it, and died with it
    assert (len(there.queue), poll(), len(logged())) == (0, 1, 1)


@pytest.mark.parametrize(("status", "why"), [(403, Reason.FORBIDDEN), (400, Reason.FORBIDDEN), (500, Reason.FAULT)])
def test_a_record_that_is_not_shown_holds_up_no_other(there: Bullhorn, desk: Desk, status: int, why: Reason) -> None:
    there.hidden["Note", NOTE] = status
    note(there, by=mail_of(desk))
    note(there, NOTE + 1, by=mail_of(desk))
    poll()
    assert ([each for _, each, _ in logged()], reason()) == ([str(NOTE + 1)], why)
    there.hidden.clear()
    record.ask_again([why], TUESDAY)
    poll()
    assert {each for _, each, _ in logged()} == {str(NOTE), str(NOTE + 1)}


def test_when_nothing_is_shown_all_of_it_waits(there: Bullhorn, desk: Desk) -> None:
    for number in range(5):
        note(there, NOTE + number, by=mail_of(desk))
        there.hidden["Note", NOTE + number] = 500
    assert (poll(), fault(), batch.open_ones()) == (2, "broken", 1)
    there.hidden.clear()
    with time_machine.travel(TUESDAY + timedelta(minutes=1), tick=False):
        poll()
    assert (len(logged()), batch.open_ones()) == (5, 0)


def test_a_subscription_that_is_gone_is_made_anew_under_another_name(there: Bullhorn, desk: Desk) -> None:
    before, there.subscription = there.subscription, "forgotten"
    poll()
    assert (there.subscription, fault()) == ("forgotten", "forgotten")
    with time_machine.travel(TUESDAY + account.CERTAIN_AFTER, tick=False):
        poll()
    assert there.subscription not in {before, "forgotten"}
    note(there, by=mail_of(desk))
    assert (poll(), len(logged())) == (1, 1)


def test_wrong_passwords_are_said(there: Bullhorn, app: Flask) -> None:
    make_desk()
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"bullhorn_password": "wrong"})
    assert (poll(), fault()) == (0, "refused")
    assert there.subscription == ""


def test_more_than_a_hundred_events_come_in_as_many_batches(there: Bullhorn, desk: Desk) -> None:
    for number in range(230):
        there.tell("Note", 40_000 + number, "DELETED")
    assert poll() == 230
    assert [each.events for each in db.session.scalars(select(BullhornBatch).order_by(BullhornBatch.number))] == [
        100,
        100,
        30,
    ]
    assert batch.open_ones() == 0


def test_what_opens_the_door_is_sealed_and_stands_nowhere(
    there: Bullhorn, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    assert desk
    row = account.of(USER)
    kept = account.keys_of(row, current_app.config["SETTINGS"].key)
    assert kept["refresh"] in there.refresh
    assert row.keys is not None
    assert not any(each.encode() in row.keys for each in (*kept.values(), PASSWORD, SECRET))
    assert account.keys_of(row, "another key, as long as any of ours is") == {}
    assert not any(each in caplog.text for each in (*kept.values(), PASSWORD, SECRET))


def test_the_text_of_a_note_is_not_asked_for() -> None:
    assert "comments" not in bullhorn_reading.FIELDS[Entity.NOTE]


def test_the_demo_and_installations_without_settings_ask_nobody(there: Bullhorn, app: Flask) -> None:
    make_desk()
    ours = app.config["SETTINGS"]
    app.config["SETTINGS"] = ours.model_copy(update={"bullhorn_username": ""})
    poll()
    away = {"demo": True, "bullhorn_url": "https://rest.bullhornstaffing.com/rest-services/"}
    app.config["SETTINGS"] = ours.model_copy(update=away)
    assert (poll(), there.asked) == (0, [])


def test_the_agencys_word_for_a_note_comes_before_what_is_preset(there: Bullhorn, desk: Desk) -> None:
    meaning.map_to(Entity.NOTE, "OUTBOUND call", None, TUESDAY)
    note(there, by=mail_of(desk))
    poll()
    assert (reason(), logged()) == (Reason.PASSED, [])


def test_a_note_can_be_a_kind_of_action(there: Bullhorn, desk: Desk) -> None:
    meaning.map_to(Entity.NOTE, "Koffie gedronken", f"{meaning.KIND}conversation", TUESDAY)
    note(there, by=mail_of(desk), said="Koffie gedronken")
    poll()
    assert [outcome for outcome, _, _ in logged()] == [Outcome.DONE]


def test_a_note_about_whom_its_author_may_not_see_says_so(there: Bullhorn, desk: Desk) -> None:
    otto = make.person("Otto Smit", team=make.team("Breda", make.branch("Zuid")))
    note(there, by=otto.email or "")
    poll()
    assert (reason(), logged()) == (Reason.NOT_THEIRS, [])
    assert desk


def test_the_way_out_leads_to_public_hosts_only(app: Flask) -> None:
    outside = app.config["SETTINGS"].model_copy(
        update={"bullhorn_url": "https://rest.bullhornstaffing.com/rest-services/"}
    )
    door = bullhorn_door.Door(outside, {}, lambda _: None)
    assert door.bounds.resolve is public_host.resolve
    theirs = (
        "https://rest70.bullhornstaffing.com/x",
        "https://bullhornstaffing.com.evil.nl/",
        "http://rest.bullhornstaffing.com/",
    )
    more = ("https://rest.bullhornstaffing.com@evil.nl/", "http://127.0.0.1/", "https://evilbullhornstaffing.com/")
    assert [door._is_theirs(each) for each in (*theirs, *more)] == [True, False, False, False, False, False]
