"""The pool narrowed to what is asked: each fact of a question as a condition that an index or one scan answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.address import NUMBER
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.folding import fold
from app.domain.candidates.label import CandidateLabel, Label, LabelKind, folded_name
from app.domain.candidates.search import BIT, CandidateSearch
from app.domain.candidates.wanted import Agreed, AsOf, Owned, Signal, Wanted, Warmth
from app.domain.notices.alert import AlertKind

MOST_WORDS = 5
LONGEST_WORD = 60
FEWEST_DIGITS = 3
FEWEST_LETTERS = 3
MOST_VALUES = 1000
ENDING = timedelta(days=21)
LATELY = timedelta(days=7)
STALE = timedelta(days=14)
FORGOTTEN = timedelta(days=31)
Condition = ColumnElement[bool]


class Plan(Enum):
    """For what candidates are found: to count them all, to gather them if they are few, or to walk to a page."""

    COUNT = "count"
    GATHER = "gather"
    WALK = "walk"


def narrowed(person: Person, wanted: Wanted, plan: Plan = Plan.COUNT) -> Select[Candidate]:
    """The candidates that a person may see and asked for, in no order.

    What stands in another table is either looked up there for all at once, or asked of each candidate by itself: that
    is quicker where one can stop early, and where a word has left few to ask.
    """
    query = visible(person).where(*_facts(person, wanted), *_labels(wanted))
    line, contact = list(_line(wanted)), list(_contact(wanted))
    by_many = plan == Plan.COUNT or (plan == Plan.GATHER and not leaves_few(wanted))
    if line:
        at_once = by_many or (plan == Plan.GATHER and _tells(wanted.text))
        query = query.where(_elsewhere(CandidateSearch.candidate_id, line, at_once=at_once))
    if contact:
        of_both = Signal.LATE in wanted.signals
        query = query.where(_elsewhere(ContactState.candidate_id, contact, at_once=by_many and not of_both))
    return query


def leaves_few(wanted: Wanted) -> bool:
    """Whether a question probably finds few: it has a word, a label or an owner in it."""
    return bool(_tells(wanted.text) or wanted.skills or wanted.certificates or wanted.tags or wanted.of_owners)


def _tells(text: str) -> bool:
    return any(len(word) >= FEWEST_LETTERS for word in text.split())


def _elsewhere(key: InstrumentedAttribute[int], conditions: Sequence[Condition], *, at_once: bool) -> Condition:
    if at_once:
        return Candidate.id.in_(select(key).where(*conditions))
    return exists().where(key == Candidate.id, *conditions).correlate(Candidate)


def count(query: Select[Candidate]) -> int:
    """How many they are."""
    return counts([query])[0]


def counts(queries: Sequence[Select[Candidate]]) -> list[int]:
    """How many each of them finds, in one question; there is at least one."""
    ids = [query.with_only_columns(Candidate.id).order_by(None).subquery() for query in queries]
    found = db.session.execute(select(*(select(func.count()).select_from(each).scalar_subquery() for each in ids)))
    return list(found.one())


def values_of(attribute: InstrumentedAttribute[str], most: int = MOST_VALUES) -> list[str]:
    """The different values of an indexed fact, in order: one step through the index for each, not one for each row."""
    first = select(func.min(attribute).label("value")).where(attribute > "").cte("seen", recursive=True)
    further = select(func.min(attribute)).where(attribute > first.c.value).correlate(first).scalar_subquery()
    seen = first.union_all(select(further).where(first.c.value.is_not(None)))
    return list(db.session.scalars(select(seen.c.value).where(seen.c.value.is_not(None)).limit(most)))


def meaning(text: str) -> Condition:
    """Everything that was typed stands in what a candidate is found by: a number in any form, else every word."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) >= FEWEST_DIGITS and NUMBER.fullmatch(text):
        part, typed = _international(digits), fold(text)
        return _holds(part) if part in typed else or_(_holds(part), _holds(typed))
    return and_(true(), *(_word(word[:LONGEST_WORD]) for word in fold(text).split()[:MOST_WORDS]))


def _word(word: str) -> Condition:
    if word.isdecimal() and len(word) >= FEWEST_DIGITS:
        return _holds(_international(word))
    return _holds(word)


def _international(digits: str) -> str:
    """Part of a number as people type it: a leading 0 or 00 is not in the international form."""
    return digits.lstrip("0") or digits


def _holds(part: str) -> Condition:
    return CandidateSearch.text.contains(part, autoescape=True)


def _line(wanted: Wanted) -> Iterator[Condition]:
    """What stands in the table that is made for looking through."""
    if wanted.text:
        yield meaning(wanted.text)
    if wanted.channel:
        yield CandidateSearch.channels.bitwise_and(BIT[wanted.channel]) != 0
    if wanted.consent:
        yield _agreed(wanted.consent, wanted.as_of)


def _facts(person: Person, wanted: Wanted) -> Iterator[Condition]:
    """What stands on the candidate's own row."""
    if wanted.stages:
        yield Candidate.stage.in_(wanted.stages)
    yield from _owner(person, wanted)
    if wanted.origin:
        yield _like(Candidate.origin, wanted.origin)
    if wanted.region:
        yield _like(Candidate.region, wanted.region)
    if wanted.available_by:
        yield Candidate.available_from <= wanted.available_by
    if wanted.hours:
        yield Candidate.hours_week >= wanted.hours
    if wanted.travel_km:
        yield Candidate.travel_km >= wanted.travel_km
    if wanted.referred:
        yield Candidate.referred_by_id.is_not(None)
    if wanted.channel:
        yield Candidate.id.not_in(select(ContactState.candidate_id).where(ContactState.do_not_contact_at.is_not(None)))


def _owner(person: Person, wanted: Wanted) -> Iterator[Condition]:
    if wanted.owned == Owned.NOBODY:
        yield Candidate.owner_id.is_(None)
    elif wanted.owned == Owned.TEAM:
        yield Candidate.owner_id.in_(select(Person.id).where(Person.team_id == (person.team_id or 0)))
    elif wanted.owned == Owned.MINE or wanted.owner_id:
        yield Candidate.owner_id == (wanted.owner_id or person.id)


def _like(attribute: InstrumentedAttribute[str], text: str) -> Condition:
    """Part of a fact with few different values: found among those, so that the rows are found by the index."""
    part = fold(text)
    return attribute.in_([value for value in values_of(attribute) if part in fold(value)])


def _labels(wanted: Wanted) -> Iterator[Condition]:
    asked = {
        LabelKind.SKILL: wanted.skills,
        LabelKind.CERTIFICATE: wanted.certificates,
        LabelKind.TAG: wanted.tags,
    }
    for kind, names in asked.items():
        for name in names:
            label_id = select(Label.id).where(Label.kind == kind, Label.folded == folded_name(name)).scalar_subquery()
            held = select(CandidateLabel.candidate_id).where(CandidateLabel.label_id == label_id)
            if kind == LabelKind.CERTIFICATE:
                held = held.where(or_(CandidateLabel.until.is_(None), CandidateLabel.until >= wanted.as_of.today))
            yield Candidate.id.in_(held)


def _contact(wanted: Wanted) -> Iterator[Condition]:
    """How warm, what stands out, and when spoken."""
    if wanted.warmth:
        yield or_(*(_band(each, wanted) for each in wanted.warmth))
    if wanted.signals:
        yield or_(*(_signal(each, wanted.as_of) for each in wanted.signals))
    if wanted.spoken:
        since = wanted.as_of.now - timedelta(days=wanted.spoken.days)
        if wanted.spoken.within:
            yield ContactState.last_two_way_at >= since
        elif wanted.spoken.days:
            yield ContactState.last_two_way_at < since
        else:
            yield ContactState.last_two_way_at.is_(None)


def _band(warmth: Warmth, wanted: Wanted) -> Condition:
    """From one threshold up to the next; without any signal one is cool."""
    bands = list(Warmth)
    above = bands[bands.index(warmth) + 1 :][:1]
    limits = [ContactState.tau < wanted.as_of.warmth[each] for each in above]
    if warmth == Warmth.COOL:
        return or_(ContactState.tau.is_(None), *limits)
    return and_(ContactState.tau >= wanted.as_of.warmth[warmth], *limits)


def _signal(signal: Signal, as_of: AsOf) -> Condition:
    now = as_of.now
    if signal is Signal.FAN:
        return ContactState.fan_since.is_not(None)
    if signal is Signal.COMING_BACK:
        return ContactState.coming_back_at > now - LATELY
    if signal is Signal.UNFINISHED:
        return and_(ContactState.trigger == AlertKind.UNFINISHED_APPLICATION, ContactState.trigger_at > now - STALE)
    if signal is Signal.LATE:
        return as_of.late
    return or_(ContactState.application_owed_at <= now, ContactState.recovery_due_at.is_not(None), _unanswered(now))


def _unanswered(now: datetime) -> Condition:
    """They turned to us a day ago or more, and nobody was in touch since; after a month nobody waits any more."""
    heard = ContactState.last_inbound_at
    ours = (ContactState.last_two_way_at, ContactState.last_attempt_at)
    return and_(
        heard.between(now - FORGOTTEN, now - timedelta(days=1)), *(or_(at.is_(None), at < heard) for at in ours)
    )


def _agreed(agreed: Agreed, as_of: AsOf) -> Condition:
    until = CandidateSearch.agreed_until
    if agreed == Agreed.NONE:
        return or_(until.is_(None), until <= as_of.now)
    ending = (until <= as_of.now + ENDING,) if agreed == Agreed.ENDING else ()
    return and_(until > as_of.now, *ending)
