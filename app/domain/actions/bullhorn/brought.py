"""What a file brings is written down: whom it concerns is held first, and what may have changed is looked at again."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import select

from app.db import db
from app.domain.actions import bulk, place
from app.domain.actions.bullhorn import notes, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.contact import Contact, plain_rule
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import contact_state, crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.program.kind_rule import KindRule

Contacts = Mapping[Note, Contact]
Rules = dict[date, Mapping[str, KindRule]]


class Written(NamedTuple):
    """How many are new, and which are of nobody any more: they were forgotten meanwhile, or lost the number."""

    recorded: int
    of_nobody: Collection[int]


def write_down(contacts: Contacts, rules: Rules) -> Written:
    """Record these contacts, each once; whatever happens to the notes from now on happens to their actions."""
    if not contacts:
        return Written(0, ())
    _hold(contacts, rules)
    present = _still_theirs(contacts)
    held = {told: record.hold(Entity.NOTE, told.number, contacts[told].now) for told in sorted(present)}
    fresh = {
        told: replace(contact, external_id=notes.external_id(held[told]))
        for told, contact in present.items()
        if held[told].action_id is None and held[told].reason != Reason.DELETED
    }
    recorded = bulk.record_many(list(fresh.values()), rules)
    _note_down(held, fresh)
    return Written(recorded, {told.number for told in contacts.keys() - present.keys()})


def _hold(contacts: Contacts, rules: Rules) -> None:
    """The days of who logged them and then the candidates, in the order in which everybody holds them."""
    place.counts({(cast("int", each.person_id), _kind(each, rules), each.day) for each in contacts.values()})
    contact_state.hold_many({each.candidate_id for each in contacts.values()})


def _kind(contact: Contact, rules: Rules) -> int:
    return plain_rule(rules[contact.day], contact.outcome, contact.kind).kind_id


def _still_theirs(contacts: Contacts) -> Contacts:
    """Those whose candidate has the number still: whoever is held by now is forgotten by nobody."""
    holders = crm_id.whose(Crm.BULLHORN, {str(told.about) for told in contacts})
    return {told: each for told, each in contacts.items() if holders.get(str(told.about)) == each.candidate_id}


def _note_down(held: Mapping[Note, BullhornRecord], contacts: Contacts) -> None:
    actions = _actions([contact.external_id or "" for contact in contacts.values()])
    numbers = crm_id.rows_of(Crm.BULLHORN, {str(told.about) for told in contacts})
    for told, contact in contacts.items():
        row = held[told]
        row.action_id, row.candidate_id = actions[contact.external_id or ""], contact.candidate_id
        row.about, row.number_id, row.seen = told.about, numbers[str(told.about)], notes.rough(told)
        record.took_effect(row, name=told.name)
    db.session.flush()


def _actions(external_ids: Collection[str]) -> dict[str, int]:
    action = EngagementAction
    theirs = action.source == notes.SOURCE, action.external_id.in_(external_ids)
    found = db.session.execute(select(action.external_id, action.id).where(*theirs))
    return {str(external_id): action_id for external_id, action_id in found}
