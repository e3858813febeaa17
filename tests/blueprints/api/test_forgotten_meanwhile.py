"""Software writes of somebody who is just being forgotten: it hears that they are nobody, and nothing of it stays."""

from collections.abc import Mapping
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.custody import access
from app.domain.custody.anonymise import anonymise_many
from app.domain.journey import touchpoint_kind
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import meanwhile
from tests.people import Browser, make_people

FACTS = {"name": "Noor Willems", "region": "Zwolle", "labels": {"skill": [{"name": "TIG", "until": None}]}}
MAIL = {"channel": "email", "address": "noor@voorbeeld.nl"}
WISH = {"channels": ["phone"], "note": "na vijven"}
Body = Mapping[str, object] | None
WRITES: list[tuple[str, str, Body]] = [
    ("PATCH", "/candidates/{id}", FACTS),
    ("POST", "/candidates/{id}/identities", MAIL),
    ("PATCH", "/candidates/{id}/identities/{address}", {"state": "verified"}),
    ("DELETE", "/candidates/{id}/identities/{address}", None),
    ("PUT", "/candidates/{id}/preferences/contact", WISH),
    ("POST", "/candidates/{id}/crm-ids", {"crm": "bullhorn", "number": "501"}),
    ("DELETE", "/candidates/{id}/crm-ids/{number}", None),
    ("POST", "/candidates/{id}/touchpoints", {"kind": "form", "note": "via de site"}),
    ("POST", "/actions", {"candidate_id": "{id}", "outcome": "spoke", "note": "na vijven"}),
]


@pytest.fixture
def sanne(real_app: Flask) -> Client:
    only_postgresql(real_app)
    with real_app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        row = make.candidate("Noor Willems", owner=people.sanne)
        identity.add(row, Channel.PHONE, "0612345678", make.START)
        crm_id.give(row.id, Crm.HUBSPOT, "12", origin="page", now=make.START)
        db.session.commit()
    return client_of(Browser(real_app), people.sanne)


def numbers(app: Flask) -> dict[str, int]:
    """Of the candidate, their address and their number elsewhere."""
    with app.app_context():
        row = db.session.scalars(select(Candidate)).one()
        address, number = identity.identities_of(row.id)[0], crm_id.ids_of(row.id)[0]
        return {"id": row.id, "address": address.id, "number": number.id}


def asked(app: Flask, client: Client, method: str, path: str, body: Body) -> int:
    """With what a command is answered."""
    these = numbers(app)
    told = body and {name: these["id"] if value == "{id}" else value for name, value in body.items()}
    return client.ask(method, path.format_map(these), told).status_code


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=lambda value: str(value)[:40])
def test_they_are_nobody_and_nothing_stays(real_app: Flask, sanne: Client, method: str, path: str, body: Body) -> None:
    candidate_id = numbers(real_app)["id"]
    forget, ask = partial(anonymise_many, [candidate_id], make.START), partial(asked, real_app, sanne)
    answer = meanwhile(real_app, forget, lambda: ask(method, path, body))
    with real_app.app_context():
        left = {section.table for section in access.facts_of(candidate_id)}
    assert (answer, left) == (404, {"candidate"})


def test_of_whoever_is_not_forgotten_all_of_that_is_taken(real_app: Flask, sanne: Client) -> None:
    assert {asked(real_app, sanne, *each) for each in WRITES} == {200, 201, 204}
