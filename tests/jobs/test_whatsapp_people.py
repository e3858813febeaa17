"""Who writes by WhatsApp: a number and Meta's own id of a person, when either changes, and whose a number is."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.notices import provider_event
from jobs import provider_events
from tests import make
from tests.jobs.desk import TUESDAY, Desk
from tests.jobs.telling import (
    BARE,
    HOUR,
    NUMBER,
    USER,
    make_known_desk,
    said,
    states,
    tell,
    touchpoints,
    waiting,
    whatsapp_way,
)
from tests.vendors.posting import message, moved, of_whatsapp, status

NEW, NEW_USER = "31687654321", "NL.5556667778"
STRANGER = "NL.9990001112"
OPENS = f"https://wa.me/{BARE}"
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def desk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return make_known_desk(app, monkeypatch)


def writes(words: str, user: str, name: str = "wamid.9", number: str = BARE, at: datetime = TUESDAY) -> str | None:
    return tell(of_whatsapp(message(words, at=at, number=number, user=user, name=name)))


def href(candidate_id: int) -> str | None:
    way = whatsapp_way(candidate_id)
    return way.href if way else None


@pytest.mark.parametrize(
    "told",
    [
        message("Ik kom", at=TUESDAY, user=USER),
        status("read", at=TUESDAY, user=USER),
        moved("", NEW_USER, at=TUESDAY, left="", was=USER),
    ],
)
def test_an_id_takes_no_link_away(desk: Desk, told: dict[str, Any]) -> None:
    tell(of_whatsapp(status("read", at=TUESDAY - HOUR, user=USER, name="wamid.first")))
    assert tell(of_whatsapp(told)) in {"a touchpoint", "numbers of one person"}
    assert ("whatsapp", USER) in states(desk.aisha.id)
    assert href(desk.aisha.id) == OPENS


def test_a_number_that_followed_from_the_telephones_has_a_state_beside_an_id(desk: Desk) -> None:
    writes("Ik kom", USER)
    assert states(desk.aisha.id)["whatsapp", NUMBER] == ("verified", "reply")
    tell(of_whatsapp(status("failed", at=TUESDAY + HOUR, user=USER, code=131026)), TUESDAY + HOUR)
    assert states(desk.aisha.id)["whatsapp", NUMBER] == ("invalid", "undelivered")
    assert whatsapp_way(desk.aisha.id) is None


def test_whoever_closes_the_telephone_is_as_reachable_as_before(desk: Desk) -> None:
    tell(of_whatsapp(status("read", at=TUESDAY, user=USER)))
    identity.opt_out(desk.aisha.id, Channel.PHONE, origin="candidate", now=TUESDAY)
    assert href(desk.aisha.id) == OPENS


def test_of_whoever_moved_the_new_number_is_opened(desk: Desk) -> None:
    writes("Ik kom", USER, at=TUESDAY - HOUR)
    assert tell(of_whatsapp(moved(NEW, NEW_USER, at=TUESDAY, was=USER))) == "numbers of one person"
    assert href(desk.aisha.id) == f"https://wa.me/{NEW}"
    known = states(desk.aisha.id)
    assert known["whatsapp", f"+{NEW}"] == ("verified", "moved")
    assert known["whatsapp", NUMBER] == ("invalid", "moved")
    assert known["phone", NUMBER] == ("unverified", "")
    assert writes("Ik ben het", NEW_USER, number=NEW, name="wamid.10") == "a touchpoint"


def test_whoever_moves_back_is_reached_where_they_were(desk: Desk) -> None:
    tell(of_whatsapp(moved(NEW, NEW_USER, at=TUESDAY, was=USER)))
    back = moved(BARE, STRANGER, at=TUESDAY + HOUR, left=NEW, was=NEW_USER, name="wamid.back")
    assert tell(of_whatsapp(back), TUESDAY + HOUR) == "numbers of one person"
    assert href(desk.aisha.id) == OPENS


def test_what_they_closed_stays_closed_on_a_new_number(desk: Desk) -> None:
    writes("Stop", USER)
    tell(of_whatsapp(moved(NEW, NEW_USER, at=TUESDAY + HOUR, was=USER)), TUESDAY + HOUR)
    assert {each[0] for key, each in states(desk.aisha.id).items() if key[0] == "whatsapp"} == {"opted_out"}


def test_of_two_who_share_a_number_nobody_moves(desk: Desk) -> None:
    other = make.candidate("Sami El Amrani", owner=desk.sanne)
    identity.add(other, Channel.PHONE, NUMBER, TUESDAY - HOUR)
    assert tell(of_whatsapp(moved(NEW, NEW_USER, at=TUESDAY))) == "more than one candidate"
    assert {href(desk.aisha.id), href(other.id)} == {OPENS}


def test_who_hides_their_new_number_is_known_by_the_new_id(desk: Desk) -> None:
    writes("Ik kom", USER)
    assert tell(of_whatsapp(moved("", NEW_USER, at=TUESDAY, left="", was=USER))) == "numbers of one person"
    assert writes("Hoi", NEW_USER, number="", name="wamid.10") == "a touchpoint"


ANOTHER = "another id with a known number"


@pytest.fixture
def recycled(desk: Desk) -> Desk:
    """Aisha wrote with her number once; since then it is a stranger's, which nobody told."""
    action.log(desk.sanne, desk.aisha, Outcome.MESSAGE_SENT, at=TUESDAY - HOUR, now=TUESDAY - HOUR)
    tell(of_whatsapp(status("read", at=TUESDAY - HOUR, user=USER)))
    return desk


@pytest.mark.parametrize(
    "told",
    [
        message("Met wie spreek ik?", at=TUESDAY, user=STRANGER),
        message("Start", at=TUESDAY, user=STRANGER),
        status("read", at=TUESDAY, user=STRANGER, name="wamid.3"),
        moved(NEW, NEW_USER, at=TUESDAY, was=STRANGER),
    ],
)
def test_who_has_a_number_that_was_somebody_elses_is_not_them(recycled: Desk, told: dict[str, Any]) -> None:
    before = states(recycled.aisha.id)
    assert tell(of_whatsapp(told)) == ANOTHER
    assert waiting("whatsapp") == {STRANGER}
    assert (states(recycled.aisha.id), touchpoints(recycled.aisha.id)) == (before, ["mail_open"])
    assert said(recycled.aisha.id, Channel.WHATSAPP) is None


def test_a_stranger_who_moves_is_not_followed(recycled: Desk) -> None:
    writes("Hoi", STRANGER)
    assert writes("Hoi", STRANGER, number="", name="wamid.10") == "nobody we know yet"
    assert touchpoints(recycled.aisha.id) == ["mail_open"]


def test_their_stop_holds_for_the_number_and_waits_for_them(recycled: Desk) -> None:
    assert writes("Stop", STRANGER) == ANOTHER
    assert said(recycled.aisha.id, Channel.WHATSAPP) == (False, "message")
    (row,) = provider_event.aside_of("whatsapp")
    assert (row.waits_for, row.is_wish) == (STRANGER, True)
    newcomer = make.candidate("Bram Jansen", owner=recycled.sanne)
    identity.add(newcomer, Channel.WHATSAPP, STRANGER, TUESDAY)
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY) == 1
    assert said(newcomer.id, Channel.WHATSAPP) == (False, "message")


def test_when_it_was_the_same_person_typing_the_id_is_enough(recycled: Desk) -> None:
    writes("Ik heb een nieuwe telefoon", STRANGER)
    identity.add(recycled.aisha, Channel.WHATSAPP, STRANGER, TUESDAY)
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY) == 1
    assert touchpoints(recycled.aisha.id) == ["inbound_reply", "mail_open"]
    assert href(recycled.aisha.id) == OPENS


def test_of_two_who_share_a_number_it_is_the_one_without_another_id(recycled: Desk) -> None:
    other = make.candidate("Sami El Amrani", owner=recycled.sanne)
    identity.add(other, Channel.PHONE, NUMBER, TUESDAY - HOUR)
    assert writes("Hoi", STRANGER) == "a touchpoint"
    assert (touchpoints(recycled.aisha.id), touchpoints(other.id)) == (["mail_open"], ["inbound_reply"])
    assert ("whatsapp", STRANGER) in states(other.id)


NUMBERS = count(31_610_000_000, 2)
STEPS = ("Hoi", "read", "Stop")


def _told(step: str, place: int, name: str, number: int) -> dict[str, Any]:
    at, old, new = TUESDAY - (9 - place) * HOUR, str(number), str(number + 1)
    user, later = f"NL.1{number}", f"NL.2{number}"
    if step == "read":
        return status("read", at=at, number=old, user=user, name=name)
    if step == "moves":
        return moved(new, later, at=at, left=old, was=user, name=name)
    if step == "from there":
        return message("Hoi", at=at, number=new, user=later, name=name)
    return message(step, at=at, number=old, user=user, name=name)


def _known_after(order: Sequence[int], steps: Sequence[str], desk: Desk) -> object:
    """Of a new candidate to whom these steps were told in this order."""
    number = next(NUMBERS)
    them: Candidate = make.candidate("Noor Jansen", owner=desk.sanne)
    identity.add(them, Channel.PHONE, f"+{number}", TUESDAY - 10 * HOUR)
    for place in order:
        tell(of_whatsapp(_told(steps[place], place, f"{number}.{place}", number)))
    provider_events.settle_due("me", TUESDAY)
    rows = [row for row in identity.identities_of(them.id) if row.channel == Channel.WHATSAPP]
    kept = {_plain(row.address, number): (str(row.state), row.state_origin) for row in rows}
    return kept, touchpoints(them.id)


def _plain(address: str, number: int) -> str:
    return address.replace(str(number), "before").replace(str(number + 1), "since")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whoever_moves_is_known_alike_in_whatever_order_it_comes(desk: Desk, data: st.DataObject) -> None:
    steps = ["Hoi", *data.draw(st.lists(st.sampled_from(STEPS), max_size=2)), "moves", "from there"]
    order = data.draw(st.permutations(range(len(steps))))
    assert _known_after(order, steps, desk) == _known_after(range(len(steps)), steps, desk)
