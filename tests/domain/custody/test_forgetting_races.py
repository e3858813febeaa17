"""Somebody is forgotten while others write of them: nothing of that stays, and nobody meets a fault."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import action, mail_event, own_act, response, several
from app.domain.actions.outcome import Outcome
from app.domain.actions.several import Deed
from app.domain.agency.person import Person
from app.domain.candidates import (
    bulk,
    consent,
    consenting,
    contact_state,
    crm_id,
    identity,
    label,
    link,
    preference,
    refused_address,
    registration,
    retention,
)
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Facts
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.gone import Gone
from app.domain.candidates.label import LabelKind
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.custody import access, erasure, known_by, retention_run
from app.domain.custody.anonymise import STAYS, anonymise_many
from app.domain.custody.erasure import Erasure, Reason
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Hit
from app.domain.notices import preference as flagged
from app.domain.program.program import the_program
from tests import make
from tests.domain.actions.test_action import NOW
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.canary import CANARY, MAIL
from tests.domain.custody.meanwhile import carried_out, meanwhile
from tests.people import make_people

REFUSED = "noor@voorbeeld.nl"
WISH = Wish((Channel.PHONE,), note=CANARY)


@pytest.fixture
def noor(real_app: Flask) -> int:
    only_postgresql(real_app)
    with real_app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        row = make.candidate("Noor Willems", owner=people.sanne)
        identity.add(row, Channel.EMAIL, REFUSED, NOW)
        mail_event.bounced(row.id, REFUSED, NOW)
        flagged.flag(REFUSED, "bounced", NOW)
        link.make(row.id, LinkPurpose.REACH, by_id=None, now=NOW)
        label.ensure(LabelKind.TAG, [CANARY])
        db.session.commit()
        noor_id = row.id
        db.session.remove()
    return noor_id


def somebody() -> Person:
    return db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()


def corrected(row: Candidate) -> None:
    facts = Facts(CANARY, region=CANARY, aspiration=CANARY, owner_id=row.owner_id)
    registration.correct(somebody(), row, facts, {LabelKind.SKILL: {CANARY: None}}, NOW)


def consented(row: Candidate) -> None:
    pool, by_id = ConsentPurpose.POOL, somebody().id
    consenting.tell(row.id, pool, None, given=True, via=Via.FORM, by_id=by_id, now=NOW)


def wished(row: Candidate) -> None:
    preference.prefer(row.id, WISH, said_by=SaidBy.RECRUITER, by_id=None, now=NOW)


def wished_by_themselves(row: Candidate) -> None:
    visit = db.session.scalars(select(CandidateLink).where(CandidateLink.candidate_id == row.id)).one()
    own_act.prefer(visit, {"contact": WISH}, NOW)


def logged(row: Candidate) -> None:
    action.log(somebody(), row, Outcome.SPOKE, at=NOW, now=NOW, note=CANARY)


def logged_with_others(row: Candidate) -> None:
    program = the_program()
    assert program
    several.log(somebody(), [row.id], Deed(program.id, "event", NOW.date(), CANARY, b"k" * 16), NOW)


WRITING: dict[str, Callable[[Candidate], object]] = {
    "corrected": corrected,
    "consented": consented,
    "wished": wished,
    "wished by themselves": wished_by_themselves,
    "logged": logged,
    "reached": lambda row: identity.add(row, Channel.EMAIL, MAIL, NOW),
    "numbered": lambda row: crm_id.give(row.id, Crm.HUBSPOT, "501", origin=CANARY, now=NOW),
}
PASSING: dict[str, Callable[[Candidate], object]] = {
    "tagged": lambda row: bulk.tag(somebody(), [row.id], CANARY, NOW),
    "logged with others": logged_with_others,
    "bounced": lambda row: mail_event.bounced(row.id, REFUSED, NOW),
    "written to again": lambda _row: refused_address.lift(REFUSED, NOW),
    "handed": lambda row: bulk.assign(somebody(), [row.id], None, NOW),
    "did": lambda row: response.take_in(Hit(row.id, "form", NOW, "test", CANARY, payload={"note": CANARY}), NOW),
}
EVERYTHING = WRITING | PASSING


def writing(candidate_id: int, command: Callable[[Candidate], object]) -> object:
    return command(db.session.get_one(Candidate, candidate_id))


def nothing_is_left(app: Flask, candidate_id: int) -> bool:
    with app.app_context():
        row, known = db.session.get_one(Candidate, candidate_id), access.facts_of(candidate_id)
        assert {section.table for section in known} <= STAYS.keys()
        assert CANARY.encode() not in access.as_json(candidate_id, NOW)
        return (row.name, row.owner_id, row.anonymised_at) == (f"#{row.id}", None, NOW)


@pytest.mark.parametrize("name", WRITING)
def test_who_writes_of_them_waits_and_finds_nobody(real_app: Flask, noor: int, name: str) -> None:
    forget, write_of = partial(anonymise_many, [noor], NOW), partial(writing, noor, WRITING[name])
    assert isinstance(meanwhile(real_app, forget, write_of), Gone)
    assert nothing_is_left(real_app, noor)


@pytest.mark.parametrize("name", PASSING)
def test_who_writes_of_many_leaves_them_out(real_app: Flask, noor: int, name: str) -> None:
    forget, write_of = partial(anonymise_many, [noor], NOW), partial(writing, noor, PASSING[name])
    assert not isinstance(meanwhile(real_app, forget, write_of), Exception)
    assert nothing_is_left(real_app, noor)


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_was_written_a_moment_before_goes_too(real_app: Flask, noor: int, name: str) -> None:
    forget, write_of = partial(anonymise_many, [noor], NOW), partial(writing, noor, EVERYTHING[name])
    assert meanwhile(real_app, write_of, forget) is None
    assert nothing_is_left(real_app, noor)


def test_an_address_of_that_moment_is_known_again_in_a_restored_copy(real_app: Flask, noor: int) -> None:
    erase = partial(erasure.erase, noor, by_id=None, reason=Reason.ASKED, key=b"k" * 40, now=NOW)
    add = partial(writing, noor, WRITING["reached"])
    before = carried_out(real_app, lambda: len(marks_of(noor)))
    meanwhile(real_app, add, lambda: len(erase().marks))
    with real_app.app_context():
        assert len(db.session.scalars(select(Erasure)).one().marks) > int(str(before))


def marks_of(candidate_id: int) -> set[str]:
    return set().union(*known_by.marks_of([candidate_id], b"k" * 40).values())


def test_whoever_agrees_to_stay_that_night_stays(real_app: Flask, noor: int) -> None:
    night = NOW + 3000 * clock.DAY

    def end() -> None:
        db.session.get_one(Candidate, noor).keep_until = NOW

    carried_out(real_app, end)
    assert carried_out(real_app, lambda: len(retention_run.look([noor], night).over)) == 1

    def agree() -> None:
        until = night + timedelta(days=365)
        pool = ConsentPurpose.POOL
        contact_state.hold(noor)
        consent.give(noor, pool, via=Via.OWN_PAGE, by_id=None, now=night, until=until)
        retention.restart(noor, night)

    counts = meanwhile(real_app, agree, lambda: retention_run.carry_out([noor], night, None)["anonymised"])
    assert counts == 0
