"""The talent pool as a list: searched by name, role, phone or mail, narrowed by stage and owner, and sorted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.db import Page, db, page_of
from app.domain.agency.person import Person
from app.domain.candidates.address import NUMBER, NUMBERED, Channel
from app.domain.candidates.candidate import Candidate, Stage, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference

MOST_WORDS = 5
LONGEST_WORD = 60
FEWEST_DIGITS = 3


class Owned(StrEnum):
    ALL = "all"
    MINE = "mine"
    NOBODY = "none"


class Order(StrEnum):
    NAME = "name"
    NEWEST = "newest"
    WARMEST = "warmest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates a list shows, and in which order."""

    text: str = ""
    stage: Stage | None = None
    owned: Owned = Owned.ALL
    order: Order = Order.NAME


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a list tells of a candidate besides their own facts."""

    owner: str | None
    tau: float | None
    contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate's glimpse, their newest channel preference and the name of who recorded it."""

    glimpse: Glimpse
    preference: ChannelPreference | None
    recorded_by: str | None


def listed(person: Person, wanted: Wanted, number: int = 1, size: int = 50) -> Page[Candidate]:
    """One page of the candidates that a person may see and asked for."""
    query = matching(visible(person), wanted.text)
    if wanted.stage:
        query = query.where(Candidate.stage == wanted.stage)
    if wanted.owned == Owned.MINE:
        query = query.where(Candidate.owner_id == person.id)
    elif wanted.owned == Owned.NOBODY:
        query = query.where(Candidate.owner_id.is_(None))
    return page_of(_ordered(query, wanted.order), number, size)


def found(person: Person, text: str, most: int = 10) -> list[Candidate]:
    """The first few candidates whom a text means, by name; nobody for an empty text."""
    if not text.strip():
        return []
    query = matching(visible(person), text).order_by(Candidate.sort_name, Candidate.id)
    return list(db.session.scalars(query.limit(most)))


def matching(query: Select[Candidate], text: str) -> Select[Candidate]:
    """Only candidates with every word of the text in their name, role, external id or addresses."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) >= FEWEST_DIGITS and NUMBER.fullmatch(text):
        return query.where(or_(_has_number(digits), Candidate.external_id.contains(text.strip(), autoescape=True)))
    for word in text.split()[:MOST_WORDS]:
        query = query.where(_means(word[:LONGEST_WORD]))
    return query


def glimpses(candidate_ids: Collection[int]) -> dict[int, Glimpse]:
    """What a list tells of each of some candidates, in one question."""
    query = (
        select(ContactState, Person.name)
        .outerjoin(Person, Person.id == ContactState.owner_id)
        .where(ContactState.candidate_id.in_(candidate_ids))
    )
    return {
        state.candidate_id: Glimpse(owner, state.tau, latest_contact(state))
        for state, owner in db.session.execute(query)
    }


def standing_of(candidate_id: int) -> Standing:
    """How things stand with one candidate, in one question."""
    newest = (
        select(func.max(ChannelPreference.id))
        .where(ChannelPreference.candidate_id == candidate_id, ChannelPreference.purpose == "contact")
        .scalar_subquery()
    )
    recorder = aliased(Person)
    query = (
        select(ContactState, Person.name, ChannelPreference, recorder.name)
        .outerjoin(Person, Person.id == ContactState.owner_id)
        .outerjoin(ChannelPreference, ChannelPreference.id == newest)
        .outerjoin(recorder, recorder.id == ChannelPreference.recorded_by_id)
        .where(ContactState.candidate_id == candidate_id)
    )
    state, owner, preference, by = db.session.execute(query).one()
    return Standing(Glimpse(owner, state.tau, latest_contact(state)), preference, by)


def latest_contact(state: ContactState) -> datetime | None:
    """When we last spoke with a candidate, or tried to."""
    moments = (state.last_two_way_at, state.last_attempt_at, state.last_inbound_at)
    return max((moment for moment in moments if moment), default=None)


def _ordered(query: Select[Candidate], order: Order) -> Select[Candidate]:
    if order == Order.NEWEST:
        return query.order_by(Candidate.registered_at.desc(), Candidate.id.desc())
    if order == Order.WARMEST:
        query = query.outerjoin(ContactState, ContactState.candidate_id == Candidate.id)
        return query.order_by(ContactState.tau.desc().nulls_last(), Candidate.sort_name, Candidate.id)
    return query.order_by(Candidate.sort_name, Candidate.id)


def _means(word: str) -> ColumnElement[bool]:
    if word.isdecimal() and len(word) >= FEWEST_DIGITS:
        return or_(_has_number(word), Candidate.external_id.contains(word, autoescape=True))
    return or_(
        Candidate.sort_name.contains(word.casefold(), autoescape=True),
        Candidate.role_sought.icontains(word, autoescape=True),
        Candidate.external_id.icontains(word, autoescape=True),
        _has_address(Identity.channel == Channel.EMAIL, word.lower()),
    )


def _has_number(digits: str) -> ColumnElement[bool]:
    """Part of a phone number as people type it: a leading 0 or 00 is not in the international form."""
    return _has_address(Identity.channel.in_(NUMBERED), digits.lstrip("0") or digits)


def _has_address(channel: ColumnElement[bool], part: str) -> ColumnElement[bool]:
    return exists(
        select(Identity.id).where(
            Identity.candidate_id == Candidate.id, channel, Identity.address.contains(part, autoescape=True)
        )
    )
