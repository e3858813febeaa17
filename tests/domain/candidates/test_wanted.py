"""A question to the pool and its address say the same; nonsense in an address asks nothing."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates import wanted
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.wanted import PLACES, Agreed, AsOf, Order, Owned, Spoken, Wanted, Warmth

TODAY = AsOf(today=date(2026, 11, 19))
ALL = Wanted(
    text="jan berg",
    stages=(Stage.ENGAGE, Stage.NURTURE),
    owner_id=7,
    skills=("lassen", "heftruck"),
    certificates=("VCA",),
    tags=("beurs",),
    origin="Website",
    region="Zwolle",
    available_by=date(2026, 12, 1),
    hours=32,
    travel_km=30,
    warmth=(Warmth.WARM, Warmth.VERY_WARM),
    spoken=Spoken.NOT_90,
    channel=Channel.WHATSAPP,
    consent=Agreed.ENDING,
    referred=True,
    order=Order.WARMEST,
)


def test_every_fact_has_a_place() -> None:
    assert {each.name for each in fields(Wanted)} - {"as_of"} == set(PLACES)


def test_the_address_asks_the_same() -> None:
    assert wanted.read(wanted.told(ALL)) == ALL
    assert wanted.told(Wanted()) == {}


@pytest.mark.parametrize("owned", Owned)
def test_whose_they_are(owned: Owned) -> None:
    assert wanted.read({"owner": [owned]}).owned == owned


def test_names_have_commas_between_them() -> None:
    asked = wanted.read({"skill": [" lassen,, heftruck ", "lassen"]})
    assert asked.skills == ("lassen", "heftruck")


def test_only_so_many_names() -> None:
    assert len(wanted.read({"tag": ["a,b,c,d,e,f,g"]}).tags) == wanted.MOST_NAMES


def test_today_stays_today() -> None:
    asked = wanted.read({"available": ["today"]}, TODAY)
    assert asked.available_by == TODAY.today
    assert wanted.told(asked) == {"available": ["today"]}


@pytest.mark.parametrize(
    "address",
    [
        {"stage": ["x"], "owner": ["0"], "warmth": ["hot"], "spoken": ["within-8"], "sort": [""]},
        {"hours": ["169"], "travel": ["-1"], "available": ["2026-13-01"], "owner": ["99999999999999"]},
        {"hours": ["٣"], "consent": ["?"], "channel": [], "referred": ["no"], "q": ["  "]},
    ],
)
def test_nonsense_asks_nothing(address: dict[str, list[str]]) -> None:
    assert wanted.read(address) == Wanted()


@given(st.dictionaries(st.sampled_from(sorted(set(PLACES.values()))), st.lists(st.text(max_size=20), max_size=3)))
def test_anything_can_be_typed(address: dict[str, list[str]]) -> None:
    asked = wanted.read(address, TODAY)
    assert wanted.read(wanted.told(asked), TODAY) == asked


def test_a_filter_is_taken_off() -> None:
    assert "region" in wanted.narrowing(ALL)
    assert "region" not in wanted.narrowing(wanted.without(ALL, "region"))
    assert wanted.narrowing(Wanted(order=Order.NEWEST)) == []


@pytest.mark.parametrize(("spoken", "days"), [(Spoken.WITHIN_7, 7), (Spoken.NOT_180, 180), (Spoken.NEVER, 0)])
def test_days(spoken: Spoken, days: int) -> None:
    assert spoken.days == days
