"""Finding people in the pool, by any part of what is known of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import identity, pool, search
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.wanted import Order, Owned, Wanted
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


@pytest.fixture
def people() -> People:
    people = make_people()
    jan = make.candidate("Jan van der Berg", owner=people.sanne, external_id="HC-71", at=NOW)
    jan.role_sought = "Heftruckchauffeur"
    identity.add(jan, Channel.PHONE, "06 12345678", NOW)
    els = make.candidate("Élise Özdemir", stage=Stage.NURTURE, at=NOW + timedelta(days=1))
    els.role_sought = "100% thuis_werk"
    identity.add(els, Channel.EMAIL, "elise@voorbeeld.nl", NOW)
    bram = make.candidate("Bram Aalders", owner=people.otto, at=NOW + timedelta(days=2))
    search.refresh([jan.id, els.id, bram.id])
    return people


def warm(name: str, tau: float) -> ContactState:
    query = select(ContactState).join(Candidate, Candidate.id == ContactState.candidate_id)
    state = db.session.scalars(query.where(Candidate.name == name)).one()
    state.tau = tau
    db.session.flush()
    return state


def names(people: People, **wanted: object) -> list[str]:
    return [row.name.split()[0] for row in pool.listed(people.ada, Wanted(**wanted)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["berg", "BERG jan", "heftruck", "HEFTR", "hc-71", "0612", "612 34", "+31 6 12", "0031612345678", "jan 1234", "71"],
)
def test_jan_is_found(people: People, text: str) -> None:
    assert names(people, text=text) == ["Jan"]


@pytest.mark.parametrize("text", ["özdemir", "ÖZDEMIR", "ozdemir", "élise", "elise@voor", "100%", "thuis_"])
def test_elise_is_found(people: People, text: str) -> None:
    assert names(people, text=text) == ["Élise"]


@pytest.mark.parametrize("text", ["jan elise", "%", "_", "a@", "0687", "berg%", "\\", "' OR 1=1 --"])
def test_nobody_is_found(people: People, text: str) -> None:
    found = names(people, text=text)
    assert found == (["Élise"] if text in {"%", "_"} else [])


def test_a_long_text_is_bounded(people: People) -> None:
    assert names(people, text="jan " * 5 + "x " * 500) == ["Jan"]


def test_by_stage(people: People) -> None:
    assert names(people, stages=(Stage.NURTURE,)) == ["Élise"]


def test_by_owner(people: People) -> None:
    assert names(people, owned=Owned.NOBODY) == ["Élise"]
    mine = pool.listed(people.sanne, Wanted(owned=Owned.MINE))
    assert [row.name for row in mine.rows] == ["Jan van der Berg"]


def test_in_order(people: People) -> None:
    warm("Jan van der Berg", 5e8)
    warm("Bram Aalders", 6e8)
    assert names(people) == ["Bram", "Jan", "Élise"]
    assert names(people, order=Order.NEWEST) == ["Bram", "Élise", "Jan"]
    assert names(people, order=Order.WARMEST) == ["Bram", "Jan", "Élise"]


def test_by_pages(people: People) -> None:
    page = pool.listed(people.ada, Wanted(), 9, size=2)
    assert (len(page.rows), page.number, page.last, page.total) == (1, 2, 2, 3)


def test_the_first_few(people: People) -> None:
    assert [row.name for row in pool.found(people.ada, "jan")] == ["Jan van der Berg"]
    assert pool.found(people.ada, " ") == []


def test_a_glimpse(people: People) -> None:
    state = warm("Jan van der Berg", 5e8)
    state.last_attempt_at, state.last_two_way_at = NOW, NOW - timedelta(days=3)
    seen = pool.glimpses([state.candidate_id])[state.candidate_id]
    assert (seen.owner, seen.tau, seen.contact_at) == ("Sanne de Vries", 5e8, NOW)


def test_a_glimpse_of_somebody_new(people: People) -> None:
    row = make.candidate("Nieuw")
    assert pool.glimpses([row.id])[row.id] == pool.Glimpse(None, None, None)
