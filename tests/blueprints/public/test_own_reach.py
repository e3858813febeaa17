"""A candidate says on a page of their own how and when to be reached."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import promise
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import ChannelPreference
from app.domain.journey.touchpoint import Touchpoint
from tests import page
from tests.blueprints.public.own_page import OwnPage
from tests.people import Browser

WISH: dict[str, object] = {"first": "whatsapp", "second": "email", "days": ["1", "3"], "start": "18:00", "end": "20:00"}


@pytest.fixture
def own(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.REACH)


def said(own: OwnPage) -> dict[str, ChannelPreference]:
    with own.browser.app.app_context():
        return preference.current(own.id)


def touchpoints(own: OwnPage) -> list[str]:
    with own.browser.app.app_context():
        return list(db.session.scalars(select(Touchpoint.kind).where(Touchpoint.candidate_id == own.id)))


def test_looking_changes_nothing(own: OwnPage) -> None:
    shown = own.get()
    assert shown.status_code == 200
    assert "Hoe mogen we je bereiken?" in shown.text
    assert (said(own), touchpoints(own)) == ({}, [])


def test_it_is_kept_out_of_search_machines_and_of_other_sites(own: OwnPage) -> None:
    shown = own.get()
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert shown.headers["Referrer-Policy"] == "strict-origin"
    assert shown.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in shown.text


def test_there_is_no_way_into_the_house(own: OwnPage) -> None:
    own.browser = own.browser.sign_in(own.people.ada)
    assert [tag for tag in page.Page(own.get().text).all("a") if tag["href"] != "#main"] == []


def test_a_wish_is_kept(own: OwnPage) -> None:
    answer = own.post(data=WISH | {"note": "Bel niet tijdens de dienst."})
    assert (answer.status_code, answer.headers["Location"]) == (303, own.url)
    wish = preference.wish_of(said(own)["contact"])
    assert wish.channels == (Channel.WHATSAPP, Channel.EMAIL)
    assert (wish.days, wish.from_minute, wish.until_minute, wish.note) == (
        "13",
        1080,
        1200,
        "Bel niet tijdens de dienst.",
    )
    assert "Bedankt, we houden ons eraan." in own.get().text


def test_what_was_said_is_there_again(own: OwnPage) -> None:
    own.post(data=WISH | {"planning": "phone", "planning_done": "call"})
    shown = own.get().text
    assert 'value="18:00"' in shown
    assert '<option selected value="call">' in shown


def test_other_purposes_go_another_way(own: OwnPage) -> None:
    own.post(data=WISH | {"planning": "phone", "forms_done": "together"})
    assert {purpose: (row.channel, row.arrangement) for purpose, row in said(own).items()} == {
        "contact": ("whatsapp", ""),
        "planning": ("phone", ""),
        "forms": ("whatsapp", "together"),
    }


def test_the_same_way_again_is_said_too(own: OwnPage) -> None:
    own.post(data=WISH | {"planning": "phone"})
    own.post(data=WISH)
    assert said(own)["planning"].channel == "whatsapp"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": "pigeon"}, "Ongeldige keuze"),
        ({"end": "17:00"}, "Dit is eerder dan het begin."),
        ({"note": "Ik heb kanker gehad"}, "gezondheid"),
    ],
)
def test_what_cannot_be_taken_is_shown_again(own: OwnPage, wrong: dict[str, str], sentence: str) -> None:
    answer = own.post(data=WISH | {"note": "Blijft staan"} | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert wrong.get("note", "Blijft staan") in answer.text
    assert said(own) == {}


def test_a_private_note_may_be_kept_all_the_same(own: OwnPage) -> None:
    own.post(data=WISH | {"note": "Ik heb kanker gehad", "save_anyway": "y"})
    assert said(own)["contact"].note == "Ik heb kanker gehad"


@pytest.mark.parametrize(("sent", "days"), [("30", 30), ("90", 90), ("", None)])
def test_less_often(own: OwnPage, sent: str, days: int | None) -> None:
    own.post("/rest", {"rest": "60"})
    own.post("/rest", {"rest": sent})
    assert own.state().rest_days == days


def test_a_rhythm_of_their_own_is_refused(own: OwnPage) -> None:
    assert own.post("/rest", {"rest": "45"}).status_code == 422


def day_in(days: int) -> date:
    return date(2026, 3, 10) + timedelta(days=days)


@time_machine.travel("2026-03-10 10:00 +00:00", tick=False)
def test_a_pause_is_shown_and_ends(own: OwnPage) -> None:
    own.post("/pause", {"until": day_in(9).isoformat()})
    assert own.state().paused_until == clock.parse("2026-03-18T23:00")
    assert "We laten jou met rust tot 19 maart 2026." in own.get().text
    own.post("/pause/end")
    assert own.state().paused_until is None


@pytest.mark.parametrize("until", ["", "gisteren", "2026-03-10", "2027-03-12"])
@time_machine.travel("2026-03-10 10:00 +00:00", tick=False)
def test_such_a_pause_is_refused(own: OwnPage, until: str) -> None:
    assert own.post("/pause", {"until": until}).status_code == 422
    assert own.state().paused_until is None


@time_machine.travel("2026-03-10 10:00 +00:00", tick=False)
def test_call_me_back(own: OwnPage) -> None:
    own.post("/call", {"day": "2026-03-12", "part": "evening"})
    with own.browser.app.app_context():
        (one,) = promise.open_for(own.people.sanne)
    assert one.due_at == clock.parse("2026-03-12T17:00")
    assert "We bellen jou op donderdag 12 maart 2026." in own.get().text
    assert touchpoints(own) == ["inbound_reply"]


@pytest.mark.parametrize(
    "wrong", [{"day": "2026-03-15"}, {"day": "morgen"}, {"part": "night"}, {"day": "2026-03-10", "part": "morning"}]
)
@time_machine.travel("2026-03-10 11:30 +00:00", tick=False)
def test_nobody_calls_then(own: OwnPage, wrong: dict[str, str]) -> None:
    assert own.post("/call", {"day": "2026-03-12", "part": "evening"} | wrong).status_code == 422
    assert touchpoints(own) == []


def test_without_a_number_there_is_no_call(own: OwnPage) -> None:
    with own.browser.app.app_context():
        identity.opt_out(own.id, Channel.PHONE, origin="candidate", now=clock.now())
        db.session.commit()
    assert "Bel me terug" not in own.get().text


def test_what_we_know_is_mailed_not_shown(own: OwnPage) -> None:
    answer = own.post("/known")
    assert (answer.status_code, own.links(LinkPurpose.KNOWN)) == (303, 1)
    assert "/me/known/" not in own.get().text


def test_stopping_and_beginning_again(own: OwnPage) -> None:
    own.post("/stop", {"scope": "all"})
    assert own.state().do_not_contact_at
    assert "nemen we geen contact meer op met jou" in own.get().text
    own.post("/resume")
    assert own.state().do_not_contact_at is None


def test_stopping_on_one_channel(own: OwnPage) -> None:
    own.post("/stop", {"scope": "phone"})
    assert "Bel me terug" not in own.get().text
    assert own.post("/stop", {"scope": "pigeon"}).status_code == 422
    assert own.state().do_not_contact_at is None
