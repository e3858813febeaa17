"""Notes that Bullhorn did not tell and a file brings: however old, once, and from then on the note that it is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import bulk
from app.domain.actions.bullhorn import meaning, notes, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.contact import Contact, UnknownKind, check_whose, plain_rule
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.log_file import LogRow
from app.domain.agency import person
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import candidate, crm_id
from app.domain.candidates.crm_id import Crm, Improper
from app.domain.program.kind_rule import KindRule, rules_on
from app.domain.program.program import the_program


class NoNumber(ValueError):  # noqa: N818 - it says what is the case
    """Bullhorn gives out no such number."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """Where and when notes are brought; `rules` of each day are kept for the next ones."""

    zone: ZoneInfo
    program_id: int
    now: datetime
    rules: dict[date, Mapping[str, KindRule]] = field(default_factory=dict)


class Brought(NamedTuple):
    """How many are new, how many were here, and why the others, by their numbers, were left out."""

    recorded: int
    known: int
    left_out: Mapping[int, Reason]


class Sides(NamedTuple):
    """Who wrote it, and about whom."""

    by: Person
    candidate_id: int


class Facts(NamedTuple):
    """Who has the numbers of candidates and the addresses of authors, and what is known of the notes themselves."""

    candidates: Mapping[str, int]
    people: Mapping[str, Person | None]
    records: Mapping[int, BullhornRecord]


def begin(now: datetime) -> Bringing | None:
    """None without an agency and its program: then there is nobody whose notes they would be."""
    agency, program = the_agency(), the_program()
    return Bringing(agency.zone, program.id, now) if agency and program else None


def note_of(row: LogRow) -> Note:
    """A row of the file as Bullhorn would have told it.

    Raises:
        NoNumber: the note or the candidate has a number that is none of Bullhorn's.
    """
    name = " ".join(row.kind.split())
    return Note(_number(row.external_id), name, _number(row.candidate), row.recruiter, row.occurred_at)


def _number(text: str) -> int:
    try:
        return int(crm_id.proper(text, Crm.BULLHORN))
    except Improper as error:
        raise NoNumber(text) from error


def take_in(found: Sequence[Note], bringing: Bringing) -> Brought:
    """Take in at most some hundreds of notes, each once, earliest first."""
    facts = _facts(found)
    decided = {told: _decide(told, facts, bringing) for told in found}
    left_out = {told.number: why for told, why in decided.items() if isinstance(why, Reason)}
    contacts = {told: contact for told, contact in decided.items() if isinstance(contact, Contact)}
    held = {told: record.hold(Entity.NOTE, told.number, bringing.now) for told in sorted(contacts)}
    fresh = {told: contact for told, contact in contacts.items() if held[told].action_id is None}
    recorded = bulk.record_many(list(fresh.values()), bringing.rules)
    _note_down({told: held[told] for told in fresh}, fresh)
    return Brought(recorded, len(found) - recorded - len(left_out), left_out)


def _facts(found: Sequence[Note]) -> Facts:
    row = BullhornRecord
    known = select(row).where(row.entity == Entity.NOTE, row.number.in_([told.number for told in found]))
    return Facts(
        crm_id.whose(Crm.BULLHORN, {str(told.about) for told in found}),
        {author: person.by_email(author) for author in {told.author for told in found}},
        {each.number: each for each in db.session.scalars(known.execution_options(populate_existing=True))},
    )


def _decide(told: Note, facts: Facts, bringing: Bringing) -> Contact | Reason | None:
    """The contact that it is, or why it becomes none; None when it was told before."""
    row = facts.records.get(told.number)
    if row is not None and row.action_id is not None:
        return None
    if row is not None and row.reason == Reason.DELETED:
        return Reason.DELETED
    sides = _sides(told, facts)
    if isinstance(sides, Reason):
        return sides
    return _contact(told, sides, notes.external_id(row) if row else str(told.number), bringing)


def _sides(told: Note, facts: Facts) -> Sides | Reason:
    """Its author, if they work here, and the candidate, if they may see them."""
    by, them = facts.people[told.author], facts.candidates.get(str(told.about))
    if them is None:
        return Reason.UNKNOWN_CANDIDATE
    if by is None or not by.is_active:
        return Reason.UNKNOWN_RECRUITER
    return Sides(by, them) if candidate.visible_to(by, them) else Reason.NOT_THEIRS


def _contact(told: Note, sides: Sides, external_id: str, bringing: Bringing) -> Contact | Reason:
    meant = meaning.one(Entity.NOTE, told.name)
    if meant is None or meant.means is None:
        return Reason.PASSED if meant else Reason.UNMAPPED
    outcome, kind = meaning.action_of(meant.means)
    contact = Contact(
        person_id=sides.by.id,
        team_id=sides.by.team_id,
        candidate_id=sides.candidate_id,
        outcome=outcome,
        kind=kind,
        at=told.at,
        now=bringing.now,
        day=clock.local_day(told.at, bringing.zone),
        zone=bringing.zone,
        program_id=bringing.program_id,
        source=notes.SOURCE,
        external_id=external_id,
        brought=True,
    )
    return contact if _is_logged(contact, sides.by, bringing) else Reason.UNKNOWN_KIND


def _is_logged(contact: Contact, by: Person, bringing: Bringing) -> bool:
    """Whether the program logs such a thing on that day, for somebody with this role."""
    if contact.day not in bringing.rules:
        bringing.rules[contact.day] = rules_on(contact.program_id, contact.day)
    try:
        check_whose(bringing.rules[contact.day], contact.kind, by.role)
        plain_rule(bringing.rules[contact.day], contact.outcome, contact.kind)
    except UnknownKind:
        return False
    return True


def _note_down(held: Mapping[Note, BullhornRecord], contacts: Mapping[Note, Contact]) -> None:
    """Whatever happens to the note in Bullhorn from now on happens to this action."""
    actions = _actions([contact.external_id or "" for contact in contacts.values()])
    for told, row in held.items():
        row.action_id = actions[contacts[told].external_id or ""]
        row.candidate_id, row.about, row.seen = contacts[told].candidate_id, None, notes.rough(told)
        record.took_effect(row, name=told.name)
    db.session.flush()


def _actions(external_ids: Collection[str]) -> dict[str, int]:
    action = EngagementAction
    theirs = action.source == notes.SOURCE, action.external_id.in_(external_ids)
    found = db.session.execute(select(action.external_id, action.id).where(*theirs))
    return {str(external_id): action_id for external_id, action_id in found}
