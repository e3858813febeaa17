"""An outsider finds nothing of a candidate: every address there is that leads to one is a 404, and so is every search.

The addresses are those of the application itself, so that a new page is held to this without anybody thinking of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app.db import db
from app.domain.actions import deciding
from app.domain.actions.time_offer import TimeOffer
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates import crm_id, identity, label, link
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.link import LinkPurpose
from app.domain.custody import merge
from app.domain.custody.merge import Merge
from app.domain.journey.application import Application
from tests import make
from tests.house.matrix import MATRIX, SCOPES
from tests.people import Browser, People

NAME, NUMBER = "Aïsha el Idrissi", "VB-12345"
SAID = {"channel": "phone", "purpose": "contact"}


def owner_of(candidate_id: int) -> Person:
    return db.session.scalars(
        select(Person).join(Candidate, Candidate.owner_id == Person.id).where(Candidate.id == candidate_id)
    ).one()


def merged_into(candidate_id: int) -> Merge:
    owner, other = owner_of(candidate_id), make.candidate("A. el Idrissi")
    return merge.merge(db.session.get_one(Candidate, candidate_id), other, {}, owner, make.START)


def applied(candidate_id: int) -> Application:
    return deciding.begin(db.session.get_one(Candidate, candidate_id), "", owner_of(candidate_id), make.START)


def proposed(candidate_id: int) -> TimeOffer:
    offer = TimeOffer(
        candidate_id=candidate_id,
        person_id=owner_of(candidate_id).id,
        channel="phone",
        minutes=30,
        starts=[],
        made_at=make.START,
        expires_at=make.START,
    )
    db.session.add(offer)
    db.session.flush()
    return offer


HERS: Mapping[str, Callable[[int], int]] = {
    "candidate_id": lambda candidate_id: candidate_id,
    "identity_id": lambda candidate_id: identity.identities_of(candidate_id)[0].id,
    "other_id": lambda candidate_id: make.candidate("Els", owner=owner_of(candidate_id)).id,
    "merge_id": lambda candidate_id: merged_into(candidate_id).id,
    "application_id": lambda candidate_id: applied(candidate_id).id,
    "link_id": lambda candidate_id: link.make(candidate_id, LinkPurpose.REACH, by_id=None, now=make.START).row.id,
    "offer_id": lambda candidate_id: proposed(candidate_id).id,
    "number_id": lambda candidate_id: crm_id.give(candidate_id, Crm.HUBSPOT, "1001", origin="", now=make.START).id,
}
"""What of an address leads to her."""

NOT_HERS = {
    "import_id": "whoever brought the file sees it",
    "export_id": "whoever made the file sees it, with those whom they could see",
    "segment_id": "a question, without answers",
    "kind": "as which kind of file",
    "key": "whoever logged for several may take it back",
    "change_id": "whoever made the change may undo it",
}


class Door(NamedTuple):
    """An address about her, and who may open it of those who see her."""

    method: str
    url: str
    endpoint: str


class Outsiders(NamedTuple):
    """In another branch than hers: a recruiter and a team lead."""

    recruiter: Browser
    lead: Browser


@pytest.fixture
def outsiders(browser: Browser, people: People) -> Outsiders:
    with browser.app.app_context():
        lead = make.person("Lars Los", Role.LEAD, team=db.session.get(Team, people.otto.team_id))
        db.session.commit()
    return Outsiders(browser.sign_in(people.otto), browser.sign_in(lead))


@pytest.fixture
def doors(browser: Browser, aisha: int) -> list[Door]:
    """Every address of the application that leads to Aïsha."""
    with browser.app.app_context():
        found = list(leading_to(browser.app, aisha))
        db.session.commit()
    return found


def leading_to(app: Flask, candidate_id: int) -> Iterator[Door]:
    held: dict[str, int] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if not rule.arguments & set(HERS) or rule.endpoint in SCOPES:  # those are tried in tests/blueprints/api
            continue
        for name in rule.arguments & set(HERS):
            held.setdefault(name, HERS[name](candidate_id))
        url = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(held.get(found[1]) or SAID[found[1]]), rule.rule)
        yield from (Door(method, url, rule.endpoint) for method in sorted(methods(rule)))


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) & {"GET", "POST"}


def opened(browser: Browser, door: Door) -> int:
    if door.method == "GET":
        return browser.client.get(door.url).status_code
    return browser.post(door.url, at="/candidates/new").status_code


def test_every_part_of_an_address_is_hers_or_is_said_not_to_be(browser: Browser) -> None:
    rules = [rule for rule in browser.app.url_map.iter_rules() if rule.endpoint.startswith("candidates.")]
    parts = {name for rule in rules for name in rule.arguments}
    assert parts - set(HERS) - set(SAID) - set(NOT_HERS) == set()


def test_every_address_about_her_is_absent_for_outsiders(doors: list[Door], outsiders: Outsiders) -> None:
    assert len(doors) >= 18
    answers = {(door, browser): opened(browser, door) for door in doors for browser in outsiders}
    assert {(door.method, door.url): status for (door, _), status in answers.items() if status != 404} == {}


def test_the_same_addresses_are_there_for_who_sees_her(doors: list[Door], browser: Browser, people: People) -> None:
    insiders = {Role.RECRUITER: people.sanne, Role.LEAD: people.lead, Role.ADMIN: people.ada}
    signed_in = {role: browser.sign_in(person) for role, person in insiders.items()}
    pages = [door for door in doors if door.method == "GET"]
    answers = {door.url: opened(signed_in[least(door)], door) for door in pages}
    assert {url: status for url, status in answers.items() if status not in {200, 303}} == {}


def least(door: Door) -> Role:
    """The role with the fewest rights that may open a door."""
    return next(role for role in (Role.RECRUITER, Role.LEAD, Role.ADMIN) if role in MATRIX[door.endpoint])


@pytest.mark.parametrize(
    "url",
    [
        "/candidates",
        "/candidates?q=idrissi",
        "/candidates?q=0612345678",
        "/log?q=idrissi",
        "/log?q=0612",
        "/",
        "/board",
    ],
)
def test_no_search_and_no_list_names_her(outsiders: Outsiders, aisha: int, url: str) -> None:
    for browser in outsiders:
        answer = browser.get(url)
        assert answer.status_code == 200
        assert NAME not in answer.text
        assert f"/candidates/{aisha}" not in answer.text


def test_the_same_searches_find_her_for_who_sees_her(sanne: Browser, aisha: int) -> None:
    assert all(NAME in sanne.get(url).text for url in ("/candidates?q=idrissi", "/candidates?q=0612", "/log?q=idrissi"))


def test_nothing_can_be_logged_for_her(outsiders: Outsiders, aisha: int) -> None:
    assert outsiders.recruiter.get(f"/log?candidate={aisha}").status_code == 404
    answer = outsiders.recruiter.post("/actions", {"candidate": aisha, "outcome": "spoke", "key": "0" * 32})
    assert answer.status_code == 404


def test_whoever_adds_her_again_is_not_told_that_she_is_there(outsiders: Outsiders, aisha: int) -> None:
    data = {"name": "Aïsha", "reach": "06 12345678", "role_sought": ""}
    answer = outsiders.recruiter.post("/candidates/new", data, at="/candidates/new")
    assert answer.status_code == 303
    assert answer.location != f"/candidates/{aisha}"


def test_no_export_takes_her_along(outsiders: Outsiders, aisha: int) -> None:
    answer = outsiders.lead.post("/candidates/exports", {"format": "csv", "id": aisha}, at="/candidates/new")
    assert (answer.status_code, NAME in answer.text) == (200, False)


def test_she_is_not_tagged_nor_handed_over(outsiders: Outsiders, people: People, aisha: int) -> None:
    outsiders.lead.post("/candidates/bulk/tag", {"id": aisha, "tag": "van mij"}, at="/candidates")
    outsiders.lead.post("/candidates/bulk/owner", {"id": aisha, "owner": people.otto.id}, at="/candidates")
    with outsiders.lead.app.app_context():
        assert label.of([aisha]) == {}
        assert db.session.get_one(Candidate, aisha).owner_id == people.sanne.id


def test_she_is_not_merged_with_ones_own(outsiders: Outsiders, people: People, aisha: int) -> None:
    with outsiders.lead.app.app_context():
        own = make.candidate("Aïsha Idrissi", owner=people.otto).id
        db.session.commit()
    for first, second in ((own, aisha), (aisha, own)):
        url = f"/candidates/{first}/merge/{second}"
        assert outsiders.lead.get(url).status_code == 404
        assert outsiders.lead.post(url, at="/candidates").status_code == 404
