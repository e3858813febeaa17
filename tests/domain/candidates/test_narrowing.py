"""Every filter finds whom it should and nobody else, whether few are gathered or many are walked."""

from datetime import timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.candidates import consent, contact_flags, identity, label, ordering, pool, search
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.label import LabelKind
from app.domain.candidates.narrowing import values_of
from app.domain.candidates.wanted import Agreed, AsOf, Order, Signal, Spoken, Wanted, Warmth
from tests import make
from tests.people import People, make_people

NOW = make.START
DAY = timedelta(days=1)
AS_OF = AsOf(NOW, NOW.date(), {Warmth.LUKEWARM: 100.0, Warmth.WARM: 200.0, Warmth.VERY_WARM: 300.0})
pytestmark = pytest.mark.usefixtures("session", "plan")


@pytest.fixture(params=["gathered", "walked"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "walked":
        monkeypatch.setattr(ordering, "FEW", 0)


@pytest.fixture
def people() -> People:
    people = make_people()
    jan = _jan(people)
    _els(jan)
    piet = make.candidate("Piet Niets")
    stand_out(jan, fan_since=NOW, last_inbound_at=NOW - 6 * DAY)
    stand_out(jan, application_state="started", trigger="unfinished_application", trigger_at=NOW - 13 * DAY)
    stand_out(piet, application_owed_at=NOW, coming_back_at=NOW - 8 * DAY)
    return people


def _jan(people: People) -> Candidate:
    jan = make.candidate("Jan Alles", owner=people.sanne)
    jan.region, jan.origin, jan.available_from = "'s-Hertogenbosch", "Wérkspot", NOW.date()
    jan.hours_week, jan.travel_km = 32, 30
    label.put(jan.id, LabelKind.SKILL, {"Lassen": None, "Heftruck": None}, NOW)
    label.put(jan.id, LabelKind.CERTIFICATE, {"VCA": NOW.date()}, NOW)
    label.put(jan.id, LabelKind.TAG, {"Beurs 2026": None}, NOW)
    identity.add(jan, Channel.PHONE, "06 12345678", NOW)
    consent.give(jan.id, ConsentPurpose.POOL, via="form", by_id=None, now=NOW, until=NOW + 20 * DAY)
    spoke(jan, 5 * DAY, 350.0)
    return jan


def _els(friend: Candidate) -> None:
    els = make.candidate("Els Anders")
    els.region, els.hours_week, els.travel_km, els.referred_by_id = "Zwolle", 24, 10, friend.id
    els.available_from = (NOW + 9 * DAY).date()
    label.put(els.id, LabelKind.SKILL, {"LASSEN": None}, NOW)
    label.put(els.id, LabelKind.CERTIFICATE, {"VCA": (NOW - DAY).date()}, NOW)
    identity.add(els, Channel.EMAIL, "els@voorbeeld.nl", NOW)
    consent.give(els.id, ConsentPurpose.POOL, via="form", by_id=None, now=NOW)
    consent.give(els.id, ConsentPurpose.CONTACT, via="form", by_id=None, now=NOW, until=NOW + DAY)
    spoke(els, 100 * DAY, 150.0)
    stand_out(els, application_state="started")  # who is still filling it in
    stand_out(els, coming_back_at=NOW - DAY, last_inbound_at=NOW - 2 * DAY, application_owed_at=NOW + DAY)


def spoke(candidate: Candidate, ago: timedelta, tau: float) -> None:
    state = db.session.get_one(ContactState, candidate.id)
    state.last_two_way_at, state.tau = NOW - ago, tau
    db.session.flush()


def stand_out(candidate: Candidate, **flags: object) -> None:
    state = db.session.get_one(ContactState, candidate.id)
    for name, value in flags.items():
        setattr(state, name, value)
    db.session.flush()


def names(people: People, **facts: Any) -> str:  # noqa: ANN401 - the facts of a question differ
    page = pool.listed(people.ada, Wanted(**facts, as_of=AS_OF))
    assert page.total == len(page.rows) == pool.count(people.ada, Wanted(**facts, as_of=AS_OF))
    return " ".join(row.name.split()[0] for row in page.rows)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, "Jan Els Piet"),
        ({"skills": ("lassen",)}, "Jan Els"),
        ({"skills": ("LASSEN", "heftruck")}, "Jan"),
        ({"skills": ("koken",)}, ""),
        ({"certificates": ("vca",)}, "Jan"),
        ({"tags": ("beurs 2026",)}, "Jan"),
        ({"tags": ("lassen",)}, ""),
        ({"region": "hertogen"}, "Jan"),
        ({"region": "zwo"}, "Els"),
        ({"region": "nergens"}, ""),
        ({"origin": "werk"}, "Jan"),
        ({"available_by": NOW.date()}, "Jan"),
        ({"available_by": (NOW + 9 * DAY).date()}, "Jan Els"),
        ({"hours": 24}, "Jan Els"),
        ({"hours": 25}, "Jan"),
        ({"travel_km": 30}, "Jan"),
        ({"referred": True}, "Els"),
        ({"owner_id": 10_000}, ""),
        ({"warmth": (Warmth.COOL,)}, "Piet"),
        ({"warmth": (Warmth.LUKEWARM,)}, "Els"),
        ({"warmth": (Warmth.WARM,)}, ""),
        ({"warmth": (Warmth.WARM, Warmth.VERY_WARM)}, "Jan"),
        ({"signals": (Signal.FAN,)}, "Jan"),
        ({"signals": (Signal.COMING_BACK,)}, "Els"),
        ({"signals": (Signal.UNFINISHED,)}, "Jan"),
        ({"signals": (Signal.WAITING,)}, "Els Piet"),
        ({"signals": (Signal.FAN, Signal.COMING_BACK)}, "Jan Els"),
        ({"spoken": Spoken.WITHIN_7}, "Jan"),
        ({"spoken": Spoken.NOT_90}, "Els"),
        ({"spoken": Spoken.NOT_180}, ""),
        ({"spoken": Spoken.NEVER}, "Piet"),
        ({"channel": Channel.PHONE}, "Jan"),
        ({"channel": Channel.WHATSAPP}, "Jan"),
        ({"channel": Channel.EMAIL}, "Els"),
        ({"consent": Agreed.GIVEN}, "Jan Els"),
        ({"consent": Agreed.ENDING}, "Jan"),
        ({"consent": Agreed.NONE}, "Piet"),
        ({"text": "lassen", "channel": Channel.EMAIL, "consent": Agreed.GIVEN, "hours": 20}, "Els"),
        ({"text": "beurs"}, "Jan"),
        ({"text": "\u0301"}, "Jan Els Piet"),
        ({"text": "71-2"}, ""),
    ],
)
def test_whom_it_finds(people: People, facts: dict[str, Any], found: str) -> None:
    assert names(people, **facts) == found
    assert sorted(names(people, **facts, order=Order.WARMEST).split()) == sorted(found.split())


def test_an_owner(people: People) -> None:
    assert names(people, owner_id=people.sanne.id) == "Jan"


@pytest.mark.parametrize("order", Order)
def test_everybody_once_in_every_order(people: People, order: Order) -> None:
    pages = [pool.listed(people.ada, Wanted(order=order), number, size=1).rows for number in (1, 2, 3)]
    assert sorted(row.name for rows in pages for row in rows) == ["Els Anders", "Jan Alles", "Piet Niets"]
    assert [row.id for rows in pages for row in rows] == pool.ids(people.ada, Wanted(order=order), 10)


def test_whoever_must_not_be_contacted_is_not_reachable(people: People) -> None:
    contact_flags.refused(pool.ids(people.ada, Wanted(text="jan"), 1)[0], NOW)
    assert names(people, channel=Channel.PHONE) == ""


def test_a_channel_that_was_refused_is_not_open(people: People) -> None:
    (jan,) = pool.ids(people.ada, Wanted(text="jan"), 9)
    identity.opt_out(jan, Channel.WHATSAPP, origin="candidate", now=NOW)
    assert names(people, channel=Channel.WHATSAPP) == ""
    assert names(people, channel=Channel.SMS) == "Jan"


def test_an_address_that_fails_is_none(people: People) -> None:
    (els,) = identity.identities_of(pool.ids(people.ada, Wanted(text="els"), 9)[0])
    identity.mark(els, IdentityState.INVALID, origin="bounce", now=NOW)
    assert names(people, channel=Channel.EMAIL) == ""


def test_consent_that_was_taken_back(people: People) -> None:
    (els,) = pool.ids(people.ada, Wanted(text="els"), 9)
    consent.withdraw(els, ConsentPurpose.POOL, via="own-page", by_id=None, now=NOW)
    assert names(people, consent=Agreed.NONE) == "Els Piet"


def test_outsiders_find_nobody_of_others(people: People) -> None:
    make.candidate("Ver Weg", owner=people.otto, branch_id=branch_of(people.otto.id))
    assert pool.count(people.sanne, Wanted(text="ver")) == 0
    assert pool.count(people.otto, Wanted(text="ver")) == 1


def test_values_that_there_are(people: People) -> None:
    assert values_of(Candidate.region) == ["'s-Hertogenbosch", "Zwolle"]
    assert values_of(Candidate.region, 1) == ["'s-Hertogenbosch"]
    assert values_of(Candidate.language) == []  # type: ignore[arg-type] # none is told


def test_forgotten_is_found_no_more(people: People) -> None:
    search.forget(pool.ids(people.ada, Wanted(text="els"), 9)[0])
    assert names(people, text="els") == ""
