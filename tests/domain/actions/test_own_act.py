"""What a candidate does on a page of their own is written, counted once a day, and restarts their clock."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import own_act
from app.domain.actions.call_back import Part
from app.domain.candidates import candidate_mail, consent, identity, preference, question
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.gone import Gone
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import Wish
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.domain.actions.own import Own
from tests.domain.candidates.test_candidate_mail import SENDER
from tests.domain.scoring.scene import NOW

DAY = timedelta(days=1)
WISH = Wish(channels=(Channel.WHATSAPP, Channel.EMAIL), days="12", no_voicemail=True, language="en")


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def test_a_wish_is_theirs(own: Own) -> None:
    own_act.prefer(own.visit(), {"contact": WISH}, NOW)
    row = preference.current(own.pieter.id)["contact"]
    assert (row.channel, row.days, row.said_by, row.recorded_by_id) == ("whatsapp", "12", "candidate", None)
    assert own.pieter.language == "en"


def test_saying_it_answers_the_question(own: Own) -> None:
    question.ask(own.pieter.id, "preference", channel=None, by_id=None, now=NOW)
    own_act.prefer(own.visit(), {"contact": WISH}, NOW)
    assert question.open_question(own.pieter.id) is None


def test_an_act_counts_once_a_day(own: Own) -> None:
    visit = own.visit()
    for at in (NOW, NOW, NOW + DAY):
        own_act.prefer(visit, {"contact": WISH}, at)
    assert own.touchpoints() == ["survey_answered"] * 2


def test_an_act_restarts_the_clock(own: Own) -> None:
    own_act.slow_down(own.visit(), 30, NOW)
    before = own.pieter.keep_until
    own_act.slow_down(own.visit(), 60, NOW + 9 * DAY)
    db.session.refresh(own.pieter)
    assert before
    assert own.pieter.keep_until
    assert own.pieter.keep_until > before


def test_an_act_shows_that_the_link_was_used(own: Own) -> None:
    visit = own.visit()
    own_act.slow_down(visit, 30, NOW)
    assert visit.used_at == NOW


@pytest.mark.parametrize("days", [30, 60, 90, None])
def test_less_often(own: Own, days: int | None) -> None:
    own_act.slow_down(own.visit(), 30, NOW)
    own_act.slow_down(own.visit(), days, NOW)
    assert own.state().rest_days == days


def test_a_pause_ends_when_they_say_so(own: Own) -> None:
    own_act.pause(own.visit(), NOW + 9 * DAY, NOW)
    assert own.state().paused_until == NOW + 9 * DAY
    own_act.pause(own.visit(), None, NOW)
    assert own.state().paused_until is None


def test_a_call_is_asked_of_the_owner(own: Own) -> None:
    due = own_act.ask_call(own.visit(), NOW.date() + DAY, Part.AFTERNOON, NOW)
    assert own.state().promise_due_at == due
    assert own.touchpoints() == ["inbound_reply"]


def test_stopping_altogether(own: Own) -> None:
    question.ask(own.pieter.id, "preference", channel=None, by_id=None, now=NOW)
    own_act.stop(own.visit(LinkPurpose.STOP), None, NOW)
    assert own.state().do_not_contact_at == NOW
    assert not consent.current(own.pieter.id)[ConsentPurpose.CONTACT, None].given
    assert question.open_question(own.pieter.id) is None


def test_stopping_the_phone_takes_back_the_call_that_was_asked(own: Own) -> None:
    own_act.ask_call(own.visit(), NOW.date() + DAY, Part.AFTERNOON, NOW)
    own_act.stop(own.visit(), [Channel.SMS], NOW)
    assert own.state().promise_due_at is not None
    own_act.stop(own.visit(), [Channel.PHONE], NOW)
    assert own.state().promise_due_at is None


def test_stopping_warms_nothing_and_restarts_nothing(own: Own) -> None:
    before = own.pieter.keep_until
    own_act.stop(own.visit(), None, NOW)
    db.session.refresh(own.pieter)
    assert (own.touchpoints(), own.state().tau, own.pieter.keep_until) == ([], None, before)


def test_stopping_on_one_channel(own: Own) -> None:
    own_act.stop(own.visit(), [Channel.PHONE], NOW)
    assert list(identity.ways(identity.identities_of(own.pieter.id))) == [Channel.WHATSAPP, Channel.EMAIL, Channel.SMS]
    assert own.state().do_not_contact_at is None
    assert not consent.current(own.pieter.id)[ConsentPurpose.CONTACT, "phone"].given


@pytest.mark.parametrize(
    ("channels", "state"), [(None, "skipped"), ([Channel.EMAIL], "skipped"), ([Channel.SMS], "pending")]
)
def test_what_waits_in_the_outbox_is_withdrawn(own: Own, channels: list[Channel] | None, state: str) -> None:
    candidate_mail.send_link(own.pieter, LinkPurpose.REFER, by=None, now=NOW, sender=SENDER)
    own_act.stop(own.visit(), channels, NOW)
    db.session.expire_all()
    assert db.session.scalars(select(OutboxRow.state)).all() == [state]


def test_in_touch_again(own: Own) -> None:
    own_act.stop(own.visit(), None, NOW)
    own_act.resume(own.visit(), NOW + DAY)
    assert own.state().do_not_contact_at is None
    assert consent.current(own.pieter.id)[ConsentPurpose.CONTACT, None].given


def test_staying_in_the_pool(own: Own) -> None:
    own_act.renew(own.visit(LinkPurpose.RENEW), NOW, stays=True)
    said = consent.current(own.pieter.id)[ConsentPurpose.POOL, None]
    assert (said.given, said.via, said.until) == (True, "own-page", NOW + 365 * DAY)
    assert own.touchpoints() == ["survey_answered"]


def test_leaving_the_pool(own: Own) -> None:
    own_act.renew(own.visit(LinkPurpose.RENEW), NOW, stays=True)
    own_act.renew(own.visit(LinkPurpose.RENEW), NOW + DAY, stays=False)
    assert not consent.current(own.pieter.id)[ConsentPurpose.POOL, None].given
    assert own.touchpoints() == ["survey_answered"]


def test_for_whoever_was_merged_it_happens_to_the_other_one(own: Own) -> None:
    visit, kept = own.visit(), make.candidate("Pieter P.")
    own.pieter.merged_into_id = kept.id
    own_act.slow_down(visit, 30, NOW)
    db.session.expire_all()
    assert db.session.get_one(ContactState, kept.id).rest_days == 30


def test_who_was_forgotten_does_nothing(own: Own) -> None:
    visit = own.visit()
    own.pieter.anonymised_at = NOW
    with pytest.raises(Gone):
        own_act.slow_down(visit, 30, NOW)


def test_a_day_is_the_agencys(own: Own) -> None:
    midnight = clock.midnight(date(2026, 3, 10), ZoneInfo("Europe/Amsterdam"))
    visit = own.visit()
    for at in (midnight - DAY / 24, midnight, midnight + DAY / 24):
        own_act.slow_down(visit, 30, at)
    assert len(own.touchpoints()) == 2
