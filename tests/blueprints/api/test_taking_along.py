"""Whoever reads many different candidates leaves a trace, once an hour, by whichever address and with which token."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select, update

from app import clock
from app.blueprints.api import taking_along
from app.db import db
from app.domain.actions import action, response
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.reading import ReadingMark
from app.domain.candidates import crm_id, identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.people import Browser, People

MANY = 3


@pytest.fixture
def pool(browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One more than may be looked up without a trace, each with something done by a colleague."""
    monkeypatch.setattr(taking_along, "MANY", MANY)
    with browser.app.app_context():
        touchpoint_kind.install_preset()
        bram, north = people.bram, branch_of(people.bram.id)
        rows = [make.candidate(f"Iemand {number}", owner=bram, branch_id=north) for number in range(MANY + 1)]
        for row in rows:
            lead_life(row, people.bram, clock.now())
        db.session.commit()
        return [row.id for row in rows]


def lead_life(row: Candidate, by: Person, now: datetime) -> None:
    """Something of everything that is told of a candidate."""
    action.log(by, row, Outcome.SPOKE, at=now, now=now, promise_at=now + timedelta(days=3))
    identity.add(row, Channel.EMAIL, f"{row.id}@voorbeeld.nl", now)
    preference.prefer(row.id, Wish((Channel.PHONE,)), said_by=SaidBy.RECRUITER, by_id=by.id, now=now)
    crm_id.give(row.id, Crm.HUBSPOT, f"5{row.id}", origin="page", now=now)
    response.take_in(Hit(row.id, "form", now, "test", str(row.id)), now)


def traces(browser: Browser) -> int:
    with browser.app.app_context():
        entries = db.session.scalars(select(AuditEntry.what)).all()
    assert set(entries) <= {"candidates.read_on"}
    return len(entries)


WAYS: dict[str, Callable[[Client, int], object]] = {
    "one": lambda client, each: client.get(f"/candidates/{each}"),
    "identities": lambda client, each: client.get(f"/candidates/{each}/identities"),
    "preferences": lambda client, each: client.get(f"/candidates/{each}/preferences"),
    "crm ids": lambda client, each: client.get(f"/candidates/{each}/crm-ids"),
    "touchpoints": lambda client, each: client.get(f"/candidates/{each}/touchpoints"),
    "actions": lambda client, each: client.get(f"/actions?candidate_id={each}"),
    "an action": lambda client, each: client.get(f"/actions/{action_of(client, each)}"),
    "promises": lambda client, each: client.get(f"/promises?candidate_id={each}"),
    "a change": lambda client, each: client.ask("PATCH", f"/candidates/{each}", {"region": "Zwolle"}),
}


def action_of(client: Client, candidate_id: int) -> int:
    with client.client.application.app_context():
        found = select(EngagementAction.id).where(EngagementAction.candidate_id == candidate_id)
        return db.session.scalars(found).one()


@pytest.mark.parametrize("way", list(WAYS))
def test_one_by_one_is_taking_along_as_well(way: str, pool: list[int], browser: Browser, people: People) -> None:
    clients = [client_of(browser, people.sanne) for _ in range(2)]
    for number, each in enumerate(pool[:MANY] * 2):
        WAYS[way](clients[number % 2], each)
    assert traces(browser) == 0, "the same again and again is nothing"
    for _ in range(2):
        WAYS[way](clients[0], pool[MANY])
    assert traces(browser) == 1


PLACES = ("", "/identities", "/preferences", "/crm-ids", "/touchpoints")


def test_of_whom_nothing_is_known_nothing_is_told(browser: Browser, people: People, sanne: Client) -> None:
    with browser.app.app_context():
        ids = [make.candidate(f"Iemand {number}", owner=people.bram).id for number in range(3)]
        db.session.commit()
    for each in ids:
        for path in (*(f"/candidates/{each}{place}" for place in PLACES[1:]), f"/actions?candidate_id={each}"):
            assert sanne.get(path).json["items"] == []
        assert sanne.get(f"/promises?candidate_id={each}").json["items"] == []
    assert marks(browser) == 0


def test_who_may_not_be_seen_or_is_asked_for_wrongly_is_not_told(
    pool: list[int], browser: Browser, people: People
) -> None:
    otto = client_of(browser, people.otto)
    for each in pool:
        for path in (f"/actions?candidate_id={each}", f"/promises?candidate_id={each}"):
            assert otto.get(path).json["items"] == []
            assert otto.get(f"{path}&after=none").status_code == 422
        assert otto.get(f"/candidates/{each}").status_code == 404
    assert marks(browser) == 0


@pytest.mark.parametrize("place", PLACES)
def test_what_is_known_there_already_is_not_told_again(
    place: str, pool: list[int], browser: Browser, sanne: Client
) -> None:
    path = f"/candidates/{pool[0]}{place}"
    tag = sanne.get(path).headers["ETag"]
    assert marks(browser) == 1
    forget(browser)
    assert sanne.get(path, If_None_Match=tag).status_code == 304
    assert marks(browser) == 0


def test_the_end_of_a_list_tells_of_nobody(pool: list[int], browser: Browser, sanne: Client) -> None:
    page = sanne.get("/candidates?limit=1").json
    with browser.app.app_context():
        db.session.execute(update(Candidate).where(Candidate.id.in_(pool[1:])).values(anonymised_at=clock.now()))
        db.session.commit()
    assert sanne.get(f"/candidates?after={page['next']}").json["items"] == []
    assert traces(browser) == 0


def marks(browser: Browser) -> int:
    with browser.app.app_context():
        return db.session.scalar(select(func.count()).select_from(ReadingMark)) or 0


def forget(browser: Browser) -> None:
    with browser.app.app_context():
        db.session.execute(delete(ReadingMark))
        db.session.commit()


def test_a_page_is_many_at_once(pool: list[int], browser: Browser, sanne: Client) -> None:
    sanne.get(f"/candidates?limit={MANY}")
    assert traces(browser) == 0
    sanne.get("/candidates?updated_since=2020-01-01T00:00:00Z")
    assert traces(browser) == 1


def test_what_is_ones_own_is_not(pool: list[int], browser: Browser, people: People) -> None:
    bram = client_of(browser, people.bram)
    bram.get("/actions")
    for each in pool:
        for way in ("an action", "actions", "promises"):
            WAYS[way](bram, each)
    assert marks(browser) == 0


def test_of_each_for_themselves_and_of_each_hour(pool: list[int], browser: Browser, people: People) -> None:
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    sanne, bram = (client_of(browser, each) for each in (people.sanne, people.bram))
    for moment, ids in ((noon, pool[:2]), (noon + timedelta(minutes=61), pool[2:])):
        with time_machine.travel(moment, tick=False):
            for who in (sanne, bram):
                for each in ids:
                    WAYS["one"](who, each)
    assert traces(browser) == 0
    for moment in (noon + timedelta(hours=5), noon + timedelta(hours=5, minutes=61)):
        with time_machine.travel(moment, tick=False):
            for each in pool:
                WAYS["one"](sanne, each)
    assert traces(browser) == 2


def test_whoever_only_writes_takes_nobody_along(pool: list[int], browser: Browser, people: People) -> None:
    blind = client_of(browser, people.sanne, [Scope.CANDIDATES_WRITE])
    for each in pool:
        assert blind.ask("PATCH", f"/candidates/{each}", {"region": "Zwolle"}).status_code == 200
    assert traces(browser) == 0
