"""Whom Bullhorn means: nobody here gets a stranger's number or addresses, and whoever was forgotten stays so."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import record, unplaced
from app.domain.actions.bullhorn.reason import TO_DECIDE, Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.custody import anonymise, erasure
from app.domain.custody.erasure import Reason as Why
from tests import make
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import NOTE, PERSON, desk, logged, mail_of, millis, note, poll, reason, there
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
NEW, PHONE = 777, "06 12345678"
pytestmark = pytest.mark.usefixtures("session")


def here(name: str, *, mail: str = "", phone: str = "", number: int | None = None) -> Candidate:
    """Somebody in our pool."""
    row = make.candidate(name, at=TUESDAY)
    if mail:
        identity.add(row, Channel.EMAIL, mail, TUESDAY)
    if phone:
        identity.add(row, Channel.PHONE, phone, TUESDAY)
    if number:
        crm_id.give(row.id, Crm.BULLHORN, str(number), origin="page", now=TUESDAY)
    return row


def told(there: Bullhorn, name: str, *, number: int = NEW, at: datetime = TUESDAY, **facts: object) -> None:
    there.put("Candidate", number, name=name, dateAdded=millis(at), **facts)
    poll()


def addresses(row: Candidate) -> set[str]:
    return {each.address for each in identity.identities_of(row.id)}


def named(name: str) -> list[Candidate]:
    return list(db.session.scalars(select(Candidate).where(Candidate.name == name)))


def holder(number: int = NEW) -> int | None:
    return crm_id.whose(Crm.BULLHORN, [str(number)]).get(str(number))


def why(number: int = NEW) -> str:
    return reason(Entity.CANDIDATE, number)


def erase(row: Candidate) -> None:
    key = current_app.config["SETTINGS"].key.encode()
    erasure.erase(row.id, by_id=None, reason=Why.ASKED, key=key, now=TUESDAY + timedelta(hours=1))
    db.session.commit()


def test_our_own_number_is_another_systems(there: Bullhorn, desk: Desk) -> None:
    desk.aisha.external_id = str(NEW)
    told(there, desk.aisha.name, email="iemand@elders.nl")
    assert holder() not in {None, desk.aisha.id}
    assert "iemand@elders.nl" not in addresses(desk.aisha)


def test_a_phone_under_the_same_name_is_the_same_person(there: Bullhorn, desk: Desk) -> None:
    assert desk
    jan = here("Jan de Vries", phone=PHONE)
    told(there, "Vries, Jan de", mobile=PHONE, email="jan@voorbeeld.nl")
    assert (holder(), "jan@voorbeeld.nl" in addresses(jan), why()) == (jan.id, True, "")


def test_father_and_son_have_one_telephone_and_are_two(there: Bullhorn, desk: Desk) -> None:
    assert desk
    father = here("Jan de Vries", phone=PHONE)
    told(there, "Kees de Vries", mobile=PHONE, email="kees@voorbeeld.nl")
    assert (holder(), addresses(father), named("Kees de Vries")) == (None, {"+31612345678"}, [])
    assert why() == Reason.ANOTHER_NAME
    assert Reason.ANOTHER_NAME in TO_DECIDE


def test_a_phone_that_strangers_share_keeps_nobody_out(there: Bullhorn, desk: Desk) -> None:
    assert desk
    jan = here("Jan de Vries", phone=PHONE)
    told(there, "Piet de Boer", mobile=PHONE)
    (piet,) = named("Piet de Boer")
    assert (holder(), piet.id != jan.id) == (piet.id, True)


def test_two_of_one_name_at_one_telephone_are_for_people_to_tell(there: Bullhorn, desk: Desk) -> None:
    assert desk
    for _ in range(2):
        here("Jan de Vries", phone=PHONE)
    told(there, "Jan de Vries", mobile=PHONE)
    assert (holder(), why()) == (None, Reason.SHARED)


def test_a_number_that_was_mistyped_brings_no_addresses(there: Bullhorn, desk: Desk) -> None:
    assert desk
    dummy = here("Test Persoon", number=NEW)
    told(there, "Noor Willems", email="noor@voorbeeld.nl", mobile=PHONE)
    assert (addresses(dummy), why()) == (set(), Reason.SOMEBODY_ELSE)
    assert [(each.number, each.candidate_id) for each in unplaced.listed(TUESDAY).rows] == [(NEW, dummy.id)]


@pytest.mark.parametrize("mail", ["", "noor@voorbeeld.nl"])
def test_whoever_has_the_name_or_an_address_follows(there: Bullhorn, desk: Desk, mail: str) -> None:
    assert desk
    noor = here("Noor Bakker" if mail else "Noor Willems", mail=mail, number=NEW)
    told(there, "Noor Willems", email="NOOR@voorbeeld.nl", mobile=PHONE)
    assert (addresses(noor), why()) == ({"noor@voorbeeld.nl", "+31612345678"}, "")


def test_once_the_name_is_corrected_they_follow(there: Bullhorn, desk: Desk) -> None:
    assert desk
    noor = here("N. Willems", number=NEW)
    told(there, "Noor Willems", email="noor@voorbeeld.nl")
    assert why() == Reason.SOMEBODY_ELSE
    noor.name = "Noor Willems"
    record.ask_again([Reason.SOMEBODY_ELSE], TUESDAY)
    poll()
    assert (addresses(noor), why()) == ({"noor@voorbeeld.nl"}, "")


@pytest.mark.parametrize("origin", ["page", "file", "api"])
def test_a_number_that_is_given_here_wakes_what_waited_for_it(there: Bullhorn, desk: Desk, origin: str) -> None:
    note(there, by=mail_of(desk), personReference={"id": NEW, "_subtype": "Candidate"})
    assert (poll(), reason(), poll()) == (1, Reason.UNKNOWN_CANDIDATE, 0)
    crm_id.give(desk.aisha.id, Crm.BULLHORN, str(NEW), origin=origin, now=TUESDAY)
    assert (poll(), reason(), len(logged()), poll()) == (1, "", 1, 0)


def test_a_number_that_is_given_here_brings_the_addresses_of_whoever_was_passed_over(
    there: Bullhorn, desk: Desk
) -> None:
    assert desk
    there.entities["Candidate", NEW] = {"id": NEW}
    told(there, "Noor Willems", email="noor@voorbeeld.nl")
    assert (holder(), why()) == (None, Reason.PASSED)
    noor = here("Noor Willems", number=NEW)
    assert (poll(), addresses(noor), why(), poll()) == (1, {"noor@voorbeeld.nl"}, "", 0)


def test_a_number_that_is_given_here_tells_father_from_son(there: Bullhorn, desk: Desk) -> None:
    assert desk
    here("Jan de Vries", phone=PHONE)
    told(there, "Kees de Vries", mobile=PHONE, email="kees@voorbeeld.nl")
    kees = here("Kees de Vries", number=NEW)
    assert (poll(), addresses(kees), why()) == (1, {"+31612345678", "kees@voorbeeld.nl"}, "")


@pytest.mark.parametrize("entity", [Entity.NOTE, Entity.CANDIDATE])
def test_what_is_not_shown_when_it_was_woken_is_not_asked_for_every_minute(
    there: Bullhorn, desk: Desk, entity: Entity
) -> None:
    number = NEW if entity is Entity.CANDIDATE else NOTE
    there.entities["Candidate", NEW] = {"id": NEW, "name": "Noor Willems"}
    there.tell("Candidate", NEW, "UPDATED")
    note(there, by=mail_of(desk), personReference={"id": NEW, "_subtype": "Candidate"})
    poll()
    there.hidden[str(entity), number] = 403
    here("Noor Willems", number=NEW)
    assert (poll(), reason(entity, number), poll()) == (2, Reason.FORBIDDEN, 0)


def test_whoever_is_new_comes_in_once_their_telephone_is_corrected_there(there: Bullhorn, desk: Desk) -> None:
    assert desk
    here("Jan de Vries", phone=PHONE)
    told(there, "Kees de Vries", mobile=PHONE)
    assert (holder(), why()) == (None, Reason.ANOTHER_NAME)
    told(there, "Kees de Vries", mobile="06 87654321")
    (kees,) = named("Kees de Vries")
    assert (holder(), why()) == (kees.id, "")


def test_whoever_is_new_and_shares_an_address_comes_in_once_it_is_corrected_there(there: Bullhorn, desk: Desk) -> None:
    assert desk
    for _ in range(2):
        here("Jan de Vries", mail="jan@voorbeeld.nl")
    told(there, "Kees de Boer", email="jan@voorbeeld.nl")
    assert why() == Reason.SHARED
    told(there, "Kees de Boer", email="kees@voorbeeld.nl")
    assert (len(named("Kees de Boer")), why()) == (1, "")


def test_whoever_is_not_new_does_not_come_in_by_a_telephone(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.entities["Candidate", NEW] = {"id": NEW}
    here("Jan de Vries", phone=PHONE)
    told(there, "Kees de Vries", mobile=PHONE)
    told(there, "Kees de Vries", mobile="06 87654321")
    assert (named("Kees de Vries"), why()) == ([], Reason.PASSED)


def test_whoever_was_forgotten_here_does_not_come_back_by_a_change(there: Bullhorn, desk: Desk) -> None:
    anonymise.anonymise_many([desk.aisha.id], TUESDAY)
    there.put("Candidate", PERSON, name="Aisha El Amrani")
    note(there, by=mail_of(desk))
    poll()
    assert named("Aisha El Amrani") == []
    assert (logged(), reason(), why(PERSON)) == ([], Reason.UNKNOWN_CANDIDATE, Reason.PASSED)


@pytest.mark.parametrize("number", [None, NEW])
def test_whoever_is_forgotten_while_their_event_waits_does_not_come_back_by_it(
    there: Bullhorn, desk: Desk, number: int | None
) -> None:
    assert desk
    there.put("Candidate", NEW, name="Noor Willems", email="noor@voorbeeld.nl", dateAdded=millis(TUESDAY))
    erase(here("Willems, N." if number else "Noor Willems", mail="noor@voorbeeld.nl", number=number))
    assert poll() == 1
    assert (named("Noor Willems"), why()) == ([], Reason.PASSED)


def test_whoever_registers_anew_after_they_were_forgotten_is_welcome(there: Bullhorn, desk: Desk) -> None:
    assert desk
    erase(here("Noor Willems", mail="noor@voorbeeld.nl"))
    later = TUESDAY + timedelta(days=30)
    with time_machine.travel(later, tick=False):
        told(there, "Noor Willems", email="noor@voorbeeld.nl", at=later)
    assert len(named("Noor Willems")) == 1


def test_a_number_that_was_mistyped_forgets_nobody_else_with_a_restored_copy(desk: Desk) -> None:
    key = current_app.config["SETTINGS"].key.encode()
    erase(here("Test Persoon", number=NEW))
    here("Noor Willems", number=NEW)
    assert erasure.replay([], key=key, now=TUESDAY) == []
    assert desk.aisha.anonymised_at is None
