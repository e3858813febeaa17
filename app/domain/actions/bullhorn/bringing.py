"""Notes that Bullhorn did not tell and a file brings: however old, once, and from then on the note that it is there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.bullhorn import brought, counted, meaning, notes, people
from app.domain.actions.bullhorn.counted import Written
from app.domain.actions.bullhorn.meaning import Meant
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.contact import Contact, UnknownKind, check_whose, plain_rule
from app.domain.actions.log_file import LogRow
from app.domain.agency import person
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates import candidate, crm_id
from app.domain.candidates.crm_id import Crm, Improper
from app.domain.program.kind_rule import KindRule, rules_on
from app.domain.program.program import the_program

Forgotten = Callable[[Mapping[str, int], datetime], Mapping[str, datetime]]
"""By their numbers, and by who has these here: who was forgotten after a moment, and when that was last."""


class NoNumber(ValueError):  # noqa: N818 - it says what is the case
    """Bullhorn gives out no such number."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """Where and when notes are brought; `rules` of each day are kept for the next ones.

    `forgotten` tells whose notes of before must not come back, though they are here again.
    """

    zone: ZoneInfo
    program_id: int
    now: datetime
    forgotten: Forgotten
    rules: dict[date, Mapping[str, KindRule]] = field(default_factory=dict)


class Brought(NamedTuple):
    """How many are new, how many were here, and why the others, by their numbers, were left out."""

    recorded: int
    known: int
    left_out: Mapping[int, Reason]


class Decided(NamedTuple):
    """How many notes there were, which contacts they are, and why the others, by their numbers, are left out."""

    notes: int
    contacts: Mapping[Note, Contact]
    left_out: Mapping[int, Reason]


class Sides(NamedTuple):
    """Who wrote it, and about whom."""

    by: Person
    candidate_id: int


class Facts(NamedTuple):
    """Who has the numbers of candidates and the addresses of authors, and what is known of the notes themselves.

    `forgotten`: when candidates were, by their numbers; `counted`: which notes counted for somebody who was since.
    `doubted`: of which numbers Bullhorn showed that they are somebody else's. `names`: what each name means. `seen`:
    whom of the candidates each author may see.
    """

    candidates: Mapping[str, int]
    people: Mapping[str, Person | None]
    records: Mapping[int, BullhornRecord]
    forgotten: Mapping[str, datetime]
    counted: Collection[int]
    doubted: Collection[tuple[int, int]]
    names: Mapping[str, Meant | None]
    seen: Mapping[int, Collection[int]]


def begin(now: datetime, forgotten: Forgotten) -> Bringing | None:
    """None without an agency and its program: then there is nobody whose notes they would be."""
    agency, program = the_agency(), the_program()
    return Bringing(agency.zone, program.id, now, forgotten) if agency and program else None


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


def decide(found: Sequence[Note], bringing: Bringing) -> Decided:
    """What at most some hundreds of notes are, before anybody has to wait for it."""
    if not found:
        return Decided(0, {}, {})
    facts = _facts(found, bringing)
    decided = {told: _decide(told, facts, bringing) for told in found}
    left_out = {told.number: why for told, why in decided.items() if isinstance(why, Reason)}
    contacts = {told: contact for told, contact in decided.items() if isinstance(contact, Contact)}
    return Decided(len(found), contacts, left_out)


def take_in(decided: Decided, bringing: Bringing) -> Brought:
    """Take them in, each once, earliest first."""
    written = brought.write_down(decided.contacts, bringing.rules)
    left_out = {**decided.left_out, **dict.fromkeys(written.of_nobody, Reason.UNKNOWN_CANDIDATE)}
    return Brought(written.recorded, decided.notes - written.recorded - len(left_out), left_out)


def _facts(found: Sequence[Note], bringing: Bringing) -> Facts:
    row = BullhornRecord
    known = select(row).where(row.entity == Entity.NOTE, row.number.in_([told.number for told in found]))
    candidates = crm_id.whose(Crm.BULLHORN, {str(told.about) for told in found})
    authors = {author: person.by_email(author) for author in {told.author for told in found}}
    written = _written(found, authors)
    return Facts(
        candidates,
        authors,
        {each.number: each for each in db.session.scalars(known.execution_options(populate_existing=True))},
        bringing.forgotten(candidates, min(told.at for told in found)),
        counted.for_the_forgotten(written, notes.SOURCE, bringing.zone),
        people.somebody_elses([told.about for told in found if told.about is not None]),
        {name: meaning.one(Entity.NOTE, name) for name in {told.name for told in found}},
        {each.id: candidate.names_seen_by(each, set(candidates.values())) for each in authors.values() if each},
    )


def _written(found: Sequence[Note], people: Mapping[str, Person | None]) -> list[Written]:
    given = crm_id.given_at(Crm.BULLHORN, {str(told.about) for told in found})
    return [
        Written(told.number, by.id, told.at, given[str(told.about)])
        for told in found
        if (by := people[told.author]) is not None and str(told.about) in given
    ]


def _decide(told: Note, facts: Facts, bringing: Bringing) -> Contact | Reason | None:
    """The contact that it is, or why it becomes none; None when it was told before."""
    row = facts.records.get(told.number)
    if row is not None and row.action_id is not None:
        return None
    if row is not None and row.reason == Reason.DELETED:
        return Reason.DELETED
    if _is_forgotten(told, facts):
        return Reason.FORGOTTEN
    sides = _sides(told, facts)
    if isinstance(sides, Reason):
        return sides
    meant = facts.names[told.name]
    if meant is None or meant.means is None:
        return Reason.PASSED if meant else Reason.UNMAPPED
    return _contact(told, sides, meant.means, bringing)


def _is_forgotten(told: Note, facts: Facts) -> bool:
    """Whether it is of before its candidate was forgotten here, or counted then."""
    forgotten_at = facts.forgotten.get(str(told.about))
    return told.number in facts.counted or (forgotten_at is not None and told.at <= forgotten_at)


def _sides(told: Note, facts: Facts) -> Sides | Reason:
    """Its author, if they work here, and the candidate, if they may see them."""
    by, them = facts.people[told.author], facts.candidates.get(str(told.about))
    if them is None:
        return Reason.UNKNOWN_CANDIDATE
    if by is None or not by.is_active:
        return Reason.UNKNOWN_RECRUITER
    if (told.about, them) in facts.doubted:
        return Reason.SOMEBODY_ELSE
    return Sides(by, them) if them in facts.seen[by.id] else Reason.NOT_THEIRS


def _contact(told: Note, sides: Sides, means: str, bringing: Bringing) -> Contact | Reason:
    """Under the number of the note until it is held: only then it is certain how often it was logged anew."""
    outcome, kind = meaning.action_of(means)
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
        external_id=str(told.number),
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
