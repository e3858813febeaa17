"""What vendors told has its effect once, in whatever order; what is told of somebody unknown waits for them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.blueprints.intake.connection_forms import MapForm
from app.db import db
from app.domain.actions import action, crm_event
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Role
from app.domain.candidates import consent, contact_state, crm_id, erasure_wish, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.identity import IdentityState
from app.domain.custody.anonymise import anonymise_many
from app.domain.game.ledger import LedgerEntry
from app.domain.journey import event_name
from app.domain.journey.touchpoint import Touchpoint
from app.domain.notices import provider_event
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.provider_event import ProviderEvent
from jobs import provider_events
from tests import make
from tests.jobs.desk import TUESDAY, Desk
from tests.jobs.telling import (
    BARE,
    HOUR,
    NUMBER,
    USER,
    hubspot,
    keep,
    make_known_desk,
    said,
    states,
    tell,
    touchpoints,
    waiting,
)
from tests.vendors.posting import (
    PORTAL,
    Sent,
    change,
    message,
    moved,
    of_hubspot,
    of_twilio,
    of_whatsapp,
    sms,
    status,
    value,
)

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def desk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return make_known_desk(app, monkeypatch)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("hs_email_last_open_date", "mail_open"),
        ("hs_email_last_click_date", "mail_click"),
        ("hs_analytics_last_visit_timestamp", "site_visit"),
        ("recent_conversion_date", "form"),
        ("hs_sales_email_last_replied", "inbound_reply"),
    ],
)
def test_what_a_property_tells_is_a_touchpoint_of_its_moment(desk: Desk, name: str, kind: str) -> None:
    assert tell(hubspot(name)) == "a touchpoint"
    row = db.session.scalars(select(Touchpoint)).one()
    assert (row.candidate_id, row.kind, row.source) == (desk.aisha.id, kind, "hubspot")
    assert row.occurred_at == TUESDAY - HOUR  # what the property says, not when HubSpot wrote it


@pytest.mark.parametrize("name", ["num_conversion_events", "lifecyclestage"])
def test_what_tells_nothing_is_passed_over(desk: Desk, name: str) -> None:
    assert tell(hubspot(name, "3")) == "passed over"
    assert touchpoints(desk.aisha.id) == []


def test_a_property_that_nobody_mapped_is_kept_for_mapping_and_follows(desk: Desk) -> None:
    assert tell(hubspot("webinar_attended", "Webinar voorjaar")) == "a touchpoint"
    assert touchpoints(desk.aisha.id) == ["hubspot webinar_attended"]
    event_name.map_to("hubspot webinar_attended", "event_attended", desk.sanne.id, TUESDAY)
    assert tell(hubspot("webinar_attended", "1772528500000")) == "a touchpoint"
    assert "event_attended" in touchpoints(desk.aisha.id)


def test_a_property_with_a_long_name_is_kept_for_mapping_as_well(desk: Desk) -> None:
    same = "how_satisfied_were_you_with_the_webinar_of_this_spring_and_with_its_speakers_as_a_whole"
    for name in (f"{same}_a", f"{same}_b"):
        assert tell(hubspot(name)) == "a touchpoint"
    first, second = touchpoints(desk.aisha.id)
    assert first != second
    for kept in (first, second):
        assert kept.startswith(f"hubspot {same[:60]}")
        assert MapForm(data={"event": kept, "kind": "form"}).offer().validate()
        event_name.map_to(kept, "form", desk.sanne.id, TUESDAY)
    tell(hubspot(f"{same}_a", at_moment(TUESDAY)))
    assert touchpoints(desk.aisha.id) == ["form", first, second]


@pytest.mark.parametrize("value_", ["aisha@voorbeeld.nl", "0612345678", "111222333", "3", "1136073600000", "-1"])
def test_what_a_property_holds_is_not_kept_when_it_may_tell_of_a_person(desk: Desk, value_: str) -> None:
    keep(hubspot("of_our_own", value_))
    row = db.session.scalars(select(ProviderEvent)).one()
    assert row.payload["propertyValue"] == "something"
    provider_events.settle_due("me", TUESDAY)
    assert db.session.scalars(select(Touchpoint.occurred_at)).one() == TUESDAY


@pytest.mark.parametrize("value_", ["1772528400000", "true", "false", ""])
def test_a_moment_and_yes_or_no_are_kept(desk: Desk, value_: str) -> None:
    keep(hubspot("of_our_own", value_))
    assert db.session.scalars(select(ProviderEvent)).one().payload["propertyValue"] == value_


def test_who_wants_no_mail_there_gets_none_here(desk: Desk) -> None:
    identity.add(desk.aisha, Channel.EMAIL, "aisha@voorbeeld.nl", TUESDAY - HOUR)
    assert tell(hubspot("hs_email_optout", "false")) == "nothing to do"
    assert tell(hubspot("hs_email_optout", "true")) == "no more on this channel"
    assert states(desk.aisha.id)["email", "aisha@voorbeeld.nl"] == ("opted_out", "candidate")
    assert said(desk.aisha.id, Channel.EMAIL) == (False, "mail-program")


def test_what_they_said_to_a_recruiter_since_stands(desk: Desk) -> None:
    consent.give(
        desk.aisha.id, ConsentPurpose.CONTACT, via=Via.RECRUITER, by_id=None, now=TUESDAY, channel=Channel.EMAIL
    )
    assert tell(hubspot("hs_email_optout", "true", TUESDAY - HOUR)) == "they said otherwise since"
    assert said(desk.aisha.id, Channel.EMAIL) == (True, "recruiter")


def test_an_unknown_number_waits_until_somebody_has_it(desk: Desk) -> None:
    stranger = make.candidate("Bram Jansen", owner=desk.sanne)
    assert tell(hubspot("recent_conversion_date", number=777)) == "nobody we know yet"
    assert [row.waits_for for row in provider_event.aside_of("hubspot")] == ["777"]
    assert provider_events.settle_due("me", TUESDAY + HOUR) == 0
    crm_id.give(stranger.id, Crm.HUBSPOT, "777", origin="page", now=TUESDAY + HOUR)
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY + HOUR) == 1
    assert (touchpoints(stranger.id), provider_event.aside()) == (["form"], {})


def test_it_waits_a_month_and_may_be_tried_or_let_go(desk: Desk) -> None:
    for number in (1, 2):
        tell(hubspot("recent_conversion_date", number=number))
    assert provider_event.try_again("hubspot") == 2
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY) == 2
    assert provider_event.let_go("hubspot", "1") == 1
    assert provider_event.forget(TUESDAY) == 0
    assert provider_event.forget(TUESDAY + HOUR) == 1


def test_of_very_many_that_wait_each_vendors_newest_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_event, "MOST_ASIDE", 2)
    tell(of_whatsapp(message("Hoi", at=TUESDAY, number="31650000001")))
    for number in (1, 2, 3):
        tell(hubspot("recent_conversion_date", number=number))
    assert (waiting("hubspot"), waiting("whatsapp")) == ({"2", "3"}, {"+31650000001"})
    gone = db.session.scalars(select(ProviderEvent).where(ProviderEvent.settled_at.is_not(None))).one()
    assert (gone.outcome, gone.payload) == ("too many wait", {})


def test_what_somebody_wishes_gives_way_to_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_event, "MOST_ASIDE", 1)
    tell(of_whatsapp(message("Stop", at=TUESDAY, number="31650000001")))
    for number in (2, 3):
        tell(of_whatsapp(message("Hoi", at=TUESDAY, number=f"3165000000{number}", name=f"wamid.{number}")))
    assert waiting("whatsapp") == {"+31650000001", "+31650000003"}
    tell(hubspot("hs_email_optout", "true", number=1))
    for number in (2, 3):
        tell(hubspot("recent_conversion_date", number=number))
    assert waiting("hubspot") == {"1", "3"}


def at_moment(moment: datetime) -> str:
    """As HubSpot writes it."""
    return str(int(moment.timestamp() * 1000))


def test_of_a_property_that_changes_again_the_newest_waits(desk: Desk) -> None:
    stranger = make.candidate("Bram Jansen", owner=desk.sanne)
    for hours in (3, 1, 2):
        moment = TUESDAY - hours * HOUR
        tell(hubspot("recent_conversion_date", at_moment(moment), at=moment, number=777))
    tell(hubspot("hs_email_last_open_date", at_moment(TUESDAY - HOUR), number=777))
    tell(hubspot("recent_conversion_date", at_moment(TUESDAY), number=778))
    assert provider_event.aside() == {"hubspot": 3}
    crm_id.give(stranger.id, Crm.HUBSPOT, "777", origin="page", now=TUESDAY)
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY) == 2
    rows = db.session.execute(select(Touchpoint.kind, Touchpoint.occurred_at).order_by(Touchpoint.kind))
    assert [tuple(row) for row in rows] == [("form", TUESDAY - HOUR), ("mail_open", TUESDAY - HOUR)]


def test_what_hubspot_merges_is_one_person_here(desk: Desk) -> None:
    merged: dict[str, Any] = {
        "subscriptionType": "contact.merge",
        "primaryObjectId": 501,
        "mergedObjectIds": [502],
        "newObjectId": 503,
    }
    assert tell(hubspot("recent_conversion_date", number=503)) == "nobody we know yet"
    assert tell(hubspot("", "", number=503, **merged)) == "numbers of one person"
    assert {row.number for row in crm_id.ids_of(desk.aisha.id)} == {"501", "502", "503"}
    provider_events.settle_due("me", TUESDAY)
    assert touchpoints(desk.aisha.id) == ["form"]


def test_two_candidates_stay_two(desk: Desk) -> None:
    other = make.candidate("Bram Jansen", owner=desk.sanne)
    crm_id.give(other.id, Crm.HUBSPOT, "502", origin="page", now=TUESDAY)
    merged: dict[str, Any] = {"subscriptionType": "object.merge", "objectTypeId": "0-1", "primaryObjectId": 501}
    assert tell(hubspot("", "", **merged, mergedObjectIds=[502])) == "more than one candidate"
    assert [row.number for row in crm_id.ids_of(other.id)] == ["502"]


MERGED: dict[str, Any] = {
    "subscriptionType": "contact.merge",
    "primaryObjectId": 601,
    "mergedObjectIds": [602],
    "newObjectId": 603,
}


@pytest.mark.parametrize("number", ["601", "602", "603"])
def test_a_merge_of_strangers_is_known_by_whichever_number_is_known_first(desk: Desk, number: str) -> None:
    stranger = make.candidate("Bram Jansen", owner=desk.sanne)
    tell(hubspot("hs_email_optout", "true", number=603))
    assert tell(hubspot("", "", number=603, **MERGED)) == "nobody we know yet"
    assert waiting("hubspot") == {"601", "602", "603"}
    crm_id.give(stranger.id, Crm.HUBSPOT, number, origin="page", now=TUESDAY)
    db.session.commit()
    for _ in range(2):
        provider_events.settle_due("me", TUESDAY)
    assert {row.number for row in crm_id.ids_of(stranger.id)} == {"601", "602", "603"}
    assert (said(stranger.id, Channel.EMAIL), provider_event.aside()) == ((False, "mail-program"), {})


def test_a_merge_that_is_told_again_waits_once(desk: Desk) -> None:
    for _ in range(2):
        tell(hubspot("", "", number=603, **MERGED))
    assert provider_event.aside() == {"hubspot": 3}


def test_of_very_many_numbers_that_were_merged_as_many_wait_as_one_person_may_have(desk: Desk) -> None:
    many: dict[str, Any] = MERGED | {"mergedObjectIds": [[], None, *range(1_000, 2_000)]}
    tell(hubspot("", "", number=603, **many))
    assert provider_event.aside() == {"hubspot": crm_id.MOST}


@pytest.mark.parametrize("others", [5, "602", None, [{}], [True, 0, -1]])
def test_what_is_no_list_of_numbers_is_no_fault_at_the_door(desk: Desk, others: object) -> None:
    told: dict[str, Any] = MERGED | {"mergedObjectIds": others}
    tell(hubspot("", "", number=603, **told))
    assert waiting("hubspot") & {"601", "603", ""}


def test_who_is_forgotten_there_is_seen_to_here(desk: Desk) -> None:
    ada = make.person("Ada Smit", Role.ADMIN)
    ada.email = "ada@voorbeeld.nl"
    assert tell(hubspot("", "", subscriptionType="contact.privacyDeletion")) == "wants to be forgotten"
    assert erasure_wish.asked_at(desk.aisha.id) == TUESDAY
    assert [row.kind for row in db.session.scalars(select(OutboxRow))] == ["erasure_asked"]


@pytest.mark.parametrize("kind", ["contact.privacyDeletion", "contact.merge", "contact.propertyChange"])
def test_what_another_account_tells_of_a_number_is_of_somebody_else(desk: Desk, kind: str) -> None:
    elsewhere = int(PORTAL) + 1
    told = hubspot(
        "recent_conversion_date", subscriptionType=kind, portalId=elsewhere, primaryObjectId=501, mergedObjectIds=[502]
    )
    assert tell(told) == "of another account"
    assert (erasure_wish.asked_at(desk.aisha.id), touchpoints(desk.aisha.id)) == (None, [])
    assert crm_id.held([(Crm.HUBSPOT, "502")]) == set()
    without = change("recent_conversion_date", "", at=TUESDAY)
    del without["portalId"]
    assert tell(of_hubspot([without], TUESDAY)) == "of another account"


def test_a_run_ends_and_the_next_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(hubspot("recent_conversion_date"))
    with monkeypatch.context() as at_its_end:
        at_its_end.setattr(provider_events, "A_RUN", timedelta(0))
        assert (provider_events.settle_due("me", TUESDAY), touchpoints(desk.aisha.id)) == (0, [])
    assert (provider_events.settle_due("me", TUESDAY), touchpoints(desk.aisha.id)) == (1, ["form"])


@pytest.mark.parametrize(
    "kind",
    ["contact.creation", "contact.deletion", "contact.restore", "company.propertyChange", "object.propertyChange"],
)
def test_what_nobody_did_is_nothing(desk: Desk, kind: str) -> None:
    assert tell(hubspot("recent_conversion_date", subscriptionType=kind)) == "nothing to do"


def test_a_message_answers_ours_and_its_words_are_not_kept(desk: Desk) -> None:
    action.log(desk.sanne, desk.aisha, Outcome.MESSAGE_SENT, at=TUESDAY - HOUR, now=TUESDAY - HOUR)
    keep(of_whatsapp(message("Geheim: ik wil weg bij mijn baas", at=TUESDAY)))
    assert "Geheim" not in str(db.session.scalars(select(ProviderEvent.payload)).all())
    provider_events.settle_due("me", TUESDAY)
    assert touchpoints(desk.aisha.id) == ["inbound_reply"]
    reasons = db.session.scalars(select(LedgerEntry.reason).where(LedgerEntry.person_id == desk.sanne.id)).all()
    assert reasons.count("reply") == 1
    assert contact_state.lock(desk.aisha.id).last_inbound_at == TUESDAY


def test_who_hides_their_number_is_known_once_both_came_together(desk: Desk) -> None:
    assert tell(of_whatsapp(message("Hoi", at=TUESDAY, number="", user=USER))) == "nobody we know yet"
    assert tell(of_whatsapp(message("Hoi weer", at=TUESDAY, user=USER, name="wamid.2"))) == "a touchpoint"
    assert states(desk.aisha.id)["whatsapp", USER] == ("verified", "reply")
    provider_events.settle_due("me", TUESDAY)
    assert touchpoints(desk.aisha.id) == ["inbound_reply"] * 2
    assert provider_event.aside() == {}


def test_another_number_is_theirs_as_well(desk: Desk) -> None:
    assert tell(of_whatsapp(moved("31687654321", USER, at=TUESDAY))) == "numbers of one person"
    assert {("whatsapp", "+31687654321"), ("whatsapp", USER)} <= states(desk.aisha.id).keys()


@pytest.mark.parametrize("words", ["STOP", "stop!", " Afmelden ", "Unsubscribe", "Meld mij af.", "Stop promotions"])
def test_stop_closes_that_channel_alone(desk: Desk, words: str) -> None:
    assert tell(of_whatsapp(message(words, at=TUESDAY))) == "no more on this channel"
    assert set(identity.ways(identity.identities_of(desk.aisha.id))) == {Channel.PHONE, Channel.SMS}
    assert said(desk.aisha.id, Channel.WHATSAPP) == (False, "message")
    assert touchpoints(desk.aisha.id) == []


@pytest.mark.parametrize("words", ["Ik stop vrijdag bij mijn baas", "Kan ik morgen starten?", "", "stop " * 20])
def test_a_sentence_with_such_a_word_is_a_message(desk: Desk, words: str) -> None:
    assert tell(of_whatsapp(message(words, at=TUESDAY))) == "a touchpoint"


def test_a_wish_in_whatsapps_own_settings_counts(desk: Desk) -> None:
    wish = {"wa_id": BARE, "category": "marketing_messages", "value": "stop", "timestamp": int(TUESDAY.timestamp())}
    assert tell(of_whatsapp(value("user_preferences", user_preferences=[wish]))) == "no more on this channel"


def test_a_read_message_is_a_touchpoint_unless_they_are_not_followed(desk: Desk) -> None:
    assert tell(of_whatsapp(status("read", at=TUESDAY))) == "a touchpoint"
    assert touchpoints(desk.aisha.id) == ["mail_open"]
    consent.withdraw(desk.aisha.id, ConsentPurpose.TRACKING, via="own-page", by_id=None, now=TUESDAY)
    assert tell(of_whatsapp(status("read", at=TUESDAY, name="wamid.3"))) == "the candidate is not followed"


def test_a_number_that_is_not_on_whatsapp_is_closed_until_they_write(desk: Desk) -> None:
    assert tell(of_whatsapp(status("failed", at=TUESDAY, code=131047))) == "nothing to do"
    failed = of_whatsapp(status("failed", at=TUESDAY, code=131026, name="wamid.4"))
    assert tell(failed) == "the address refuses messages"
    assert states(desk.aisha.id)["whatsapp", NUMBER] == ("invalid", "undelivered")
    assert Channel.WHATSAPP not in identity.ways(identity.identities_of(desk.aisha.id))
    tell(of_whatsapp(message("Nu wel", at=TUESDAY)))
    assert states(desk.aisha.id)["whatsapp", NUMBER] == ("verified", "reply")


@pytest.mark.parametrize("became", ["sent", "delivered", "deleted", ""])
def test_that_it_was_sent_or_came_tells_nothing(desk: Desk, became: str) -> None:
    assert tell(of_whatsapp(status(became, at=TUESDAY))) == "nothing to do"


@pytest.mark.parametrize("kind", ["reaction", "unsupported", "system_other"])
def test_what_is_no_message_is_none(desk: Desk, kind: str) -> None:
    said_ = message("x", at=TUESDAY)
    said_["entry"][0]["changes"][0]["value"]["messages"][0]["type"] = kind
    assert tell(of_whatsapp(said_)) == "nothing to do"


def test_text_messages_answer_and_close(desk: Desk) -> None:
    assert tell(of_twilio(sms("Ik kom"))) == "a touchpoint"
    assert tell(of_twilio(sms("Quit", name="SM2"))) == "no more on this channel"
    assert set(identity.ways(identity.identities_of(desk.aisha.id))) == {Channel.PHONE, Channel.WHATSAPP}
    assert tell(of_twilio(sms("help", name="SM3", OptOutType="HELP"))) == "nothing to do"
    opened = of_twilio(sms("graag weer", name="SM4", OptOutType="START"))
    assert tell(opened, TUESDAY + HOUR) == "welcome on this channel again"
    assert said(desk.aisha.id, Channel.SMS) == (True, "message")
    assert Channel.SMS in identity.ways(identity.identities_of(desk.aisha.id))


def test_twilio_tells_of_whatsapp_and_of_numbers_that_fail(desk: Desk) -> None:
    assert tell(of_twilio(sms("Stop", From=f"whatsapp:{NUMBER}"))) == "no more on this channel"
    assert said(desk.aisha.id, Channel.WHATSAPP) == (False, "message")
    became = {"MessageSid": "SM9", "To": NUMBER, "From": "+3197010281234"}
    assert tell(of_twilio({**became, "MessageStatus": "delivered"})) == "nothing to do"
    failed = of_twilio({**became, "MessageStatus": "undelivered", "ErrorCode": "30005"})
    assert tell(failed) == "the address refuses messages"
    assert states(desk.aisha.id)["sms", NUMBER] == ("invalid", "undelivered")
    assert tell(of_twilio(sms("Hoi", name="SM10", From="messenger:123"))) == "nothing to do"


def test_a_number_of_two_is_whoevers_we_wrote_to(desk: Desk) -> None:
    other = make.candidate("Sami El Amrani", owner=desk.sanne)
    identity.add(other, Channel.PHONE, NUMBER, TUESDAY - HOUR)
    assert tell(of_twilio(sms("Hoi"))) == "more than one candidate"
    action.log(desk.sanne, other, Outcome.MESSAGE_SENT, at=TUESDAY - HOUR, now=TUESDAY - HOUR)
    assert tell(of_twilio(sms("Hoi", name="SM2"))) == "a touchpoint"
    assert (touchpoints(desk.aisha.id), touchpoints(other.id)) == ([], ["inbound_reply"])
    tell(of_twilio(sms("Stop", name="SM3")))
    assert said(desk.aisha.id, Channel.SMS) == said(other.id, Channel.SMS) == (False, "message")


def test_start_opens_a_shared_number_for_whom_we_wrote_to_alone(desk: Desk) -> None:
    other = make.candidate("Sami El Amrani", owner=desk.sanne)
    identity.add(other, Channel.PHONE, NUMBER, TUESDAY - HOUR)
    tell(of_twilio(sms("Stop")))
    assert tell(of_twilio(sms("Start", name="SM2")), TUESDAY + HOUR) == "more than one candidate"
    assert said(desk.aisha.id, Channel.SMS) == said(other.id, Channel.SMS) == (False, "message")
    action.log(desk.sanne, other, Outcome.MESSAGE_SENT, at=TUESDAY - HOUR, now=TUESDAY - HOUR)
    assert tell(of_twilio(sms("Start", name="SM3")), TUESDAY + HOUR) == "welcome on this channel again"
    assert (said(desk.aisha.id, Channel.SMS), said(other.id, Channel.SMS)) == ((False, "message"), (True, "message"))
    assert (touchpoints(desk.aisha.id), touchpoints(other.id)) == ([], ["inbound_reply"])


def test_what_a_recruiter_closed_since_stays_closed(desk: Desk) -> None:
    identity.opt_out(desk.aisha.id, Channel.WHATSAPP, origin="recruiter", now=TUESDAY)
    late = of_whatsapp(message("Start", at=TUESDAY - HOUR))
    assert tell(late, TUESDAY + HOUR) == "they said otherwise since"
    assert states(desk.aisha.id)["whatsapp", NUMBER] == ("opted_out", "recruiter")
    again = of_whatsapp(message("Start", at=TUESDAY + HOUR, name="wamid.2"))
    assert tell(again, TUESDAY + HOUR) == "welcome on this channel again"


LATER = TUESDAY + timedelta(days=40)


def test_a_wish_that_is_sent_again_after_years_changes_nothing(desk: Desk) -> None:
    start = of_twilio(sms("Start"))
    assert tell(start) == "welcome on this channel again"
    tell(of_twilio(sms("Hoi", name="SM2")))
    tell(of_twilio(sms("Stop", name="SM3")), TUESDAY + HOUR)
    assert provider_event.forget(LATER) == 1
    keep(start, LATER)
    assert provider_events.settle_due("me", LATER) == 0
    assert said(desk.aisha.id, Channel.SMS) == (False, "message")
    assert "SM1" not in str(db.session.scalars(select(ProviderEvent.event_id)).all())


@pytest.mark.parametrize("end", [lambda: provider_event.forget(LATER), lambda: provider_event.let_go("twilio")])
def test_nor_does_one_that_waited_in_vain(desk: Desk, end: Callable[[], int]) -> None:
    start = of_twilio(sms("Start", From="+31650000009"))
    assert tell(start) == "nobody we know yet"
    assert end() == 1
    assert db.session.execute(select(ProviderEvent.payload, ProviderEvent.waits_for)).all() == [({}, None)]
    identity.add(desk.aisha, Channel.SMS, "+31650000009", LATER)
    keep(start, LATER)
    assert provider_events.settle_due("me", LATER) == 0
    assert said(desk.aisha.id, Channel.SMS) is None


@pytest.mark.parametrize(
    "told", [of_whatsapp(message("Stop", at=TUESDAY - HOUR)), hubspot("hs_email_optout", "true", TUESDAY - HOUR)]
)
def test_what_they_said_before_is_known_since_it_was_told(desk: Desk, told: Sent) -> None:
    tell(told)
    db.session.refresh(desk.aisha)
    assert desk.aisha.updated_at == TUESDAY


def test_one_that_nobody_understands_holds_up_no_other_and_can_be_tried_again(desk: Desk) -> None:
    assert tell(hubspot("recent_conversion_date", "x", objectId=None)) == "fault: KeyError"
    assert [row.waits_for for row in provider_event.aside_of("hubspot")] == [""]
    assert tell(of_whatsapp(message("Hoi", at=TUESDAY))) == "a touchpoint"
    assert provider_event.try_again("hubspot") == 1


def test_what_was_held_up_by_others_waits_for_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as while_held:
        held = Mock(side_effect=OperationalError("UPDATE", {}, Exception("lock timeout")))
        while_held.setattr(crm_event, "settle", held)
        with pytest.raises(OperationalError):
            tell(hubspot("recent_conversion_date"))
    db.session.rollback()
    assert provider_events.settle_due("me", TUESDAY) == 1
    assert touchpoints(desk.aisha.id) == ["form"]


def test_the_same_event_a_month_later_changes_nothing(desk: Desk) -> None:
    for sent in (hubspot("recent_conversion_date"), of_whatsapp(message("Hoi", at=TUESDAY)), of_twilio(sms("Hoi"))):
        tell(sent)
    db.session.execute(update(ProviderEvent).values(event_id=ProviderEvent.event_id + "x"))
    before = touchpoints(desk.aisha.id)
    for sent in (hubspot("recent_conversion_date"), of_whatsapp(message("Hoi", at=TUESDAY)), of_twilio(sms("Hoi"))):
        assert tell(sent) == "known already"
    assert touchpoints(desk.aisha.id) == before


def test_who_is_forgotten_is_forgotten_in_what_waits_as_well(desk: Desk) -> None:
    keep(hubspot("recent_conversion_date"))
    keep(of_whatsapp(message("Hoi", at=TUESDAY)))
    keep(of_twilio(sms("Hoi")))
    keep(hubspot("recent_conversion_date", number=888))
    anonymise_many([desk.aisha.id], TUESDAY)
    left = [row.payload["objectId"] for row in db.session.scalars(select(ProviderEvent))]
    assert left == [888]
    assert crm_id.whose(Crm.HUBSPOT, ["501"]) == {}


NUMBERS = count(31_610_000_000)
WORDS = ("Hoi", "Stop", "Start", "Ik kom", "read", "Afmelden", "fails")


def _sent(words: str, number: int, name: str) -> Sent:
    at = TUESDAY - 8 * HOUR + HOUR * int(name)
    if words == "read":
        return of_whatsapp(status("read", at=at, number=str(number), name=f"{number}.{name}"))
    if words == "fails":
        return of_whatsapp(status("failed", at=at, number=str(number), name=f"{number}.{name}", code=131026))
    return of_whatsapp(message(words, at=at, number=str(number), name=f"{number}.{name}"))


def _state_after(words: Sequence[str], order: Sequence[int], desk: Desk) -> object:
    """Of a new candidate to whom this was told in this order."""
    number = next(NUMBERS)
    them: Candidate = make.candidate("Noor Jansen", owner=desk.sanne)
    identity.add(them, Channel.PHONE, f"+{number}", TUESDAY - 9 * HOUR)
    for place in order:
        tell(_sent(words[place], number, str(place)))
    state = contact_state.lock(them.id)
    found = {key[0]: told for key, told in states(them.id).items()}
    return found, said(them.id, Channel.WHATSAPP), touchpoints(them.id), state.last_inbound_at


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_order_and_however_often_it_comes_the_state_is_the_same(desk: Desk, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[:6]), min_size=2, max_size=6))
    again = data.draw(st.lists(st.sampled_from(range(len(words))), max_size=4))
    order = data.draw(st.permutations([*range(len(words)), *again]))
    assert _state_after(words, order, desk) == _state_after(words, range(len(words)), desk)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_so_it_is_with_numbers_that_fail(desk: Desk, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(("fails", "Hoi", "Stop")), min_size=2, max_size=5))
    order = data.draw(st.permutations(range(len(words))))
    assert _state_after(words, order, desk) == _state_after(words, range(len(words)), desk)


def test_an_address_that_they_closed_stays_closed_for_their_other_name(desk: Desk) -> None:
    tell(of_whatsapp(message("Stop", at=TUESDAY)))
    tell(of_whatsapp(message("Toch een vraag", at=TUESDAY, user=USER, name="wamid.2")))
    assert states(desk.aisha.id)["whatsapp", USER][0] == IdentityState.OPTED_OUT
    assert Channel.WHATSAPP not in identity.ways(identity.identities_of(desk.aisha.id))
