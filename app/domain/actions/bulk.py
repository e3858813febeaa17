"""Recording many contacts in one transaction, by the same rules as `log` and with the same rows as its result."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased

from app import clock
from app.db import db
from app.domain.actions import action, engagement_action, history, place, settling_contact, verification
from app.domain.actions.award import Award, PlaceClass, award
from app.domain.actions.contact import Contact, plain_rule
from app.domain.actions.outcome import Outcome, better_kind, effect_of
from app.domain.actions.place import Day, Week
from app.domain.candidates import changed, contact_state
from app.domain.candidates.contact_state import ContactState
from app.domain.game import ledger
from app.domain.game.ledger import LedgerEntry
from app.domain.program.kind_rule import KindRule, rules_on

Combination = tuple[int, int, int, date]
INSERT = insert(engagement_action.TABLE).returning(engagement_action.TABLE.c.id, sort_by_parameter_order=True)
_back = aliased(LedgerEntry)


class Decided(NamedTuple):
    contact: Contact
    rule: KindRule
    award: Award
    nth: int | None


@dataclass(slots=True)
class Batch:
    """What holds for some hundreds of contacts while they are decided one after the other, and what was decided."""

    rules: dict[date, Mapping[str, KindRule]]
    counts: dict[Day, int]
    states: dict[int, ContactState]
    places: defaultdict[Week, set[int]]
    earned: defaultdict[Combination, list[int]]
    decided: list[Decided] = field(default_factory=list)


def record_many(contacts: Sequence[Contact], rules: dict[date, Mapping[str, KindRule]]) -> int:
    """Record contacts in their order; returns how many were new. `rules` is filled, for the next call.

    What needs other rows than its own (a reply, a promise that is due) is recorded alone, between the others. Of whom
    somebody forgot in the meantime nothing is recorded.

    Raises:
        NotLoggable: a contact cannot be recorded; the transaction can only be rolled back.
    """
    known = _known(contacts)
    waiting = [contact for contact in contacts if contact.external_id not in known]
    for day in {contact.day for contact in waiting} - set(rules):
        rules[day] = rules_on(waiting[0].program_id, day)
    new = 0
    while waiting:
        batch = _gather(waiting, rules)
        waiting = [contact for contact in waiting if contact.candidate_id in batch.states]
        alone = next((at for at, contact in enumerate(waiting) if _needs_more(contact, batch)), len(waiting))
        for contact in waiting[:alone]:
            _decide(contact, batch)
        _write(batch)
        for contact in waiting[alone : alone + 1]:
            action.record(contact)
        new += len(waiting[: alone + 1])
        waiting = waiting[alone + 1 :]
    return new


def _known(contacts: Iterable[Contact]) -> set[str | None]:
    by_source = defaultdict(list)
    for contact in contacts:
        by_source[contact.source].append(contact.external_id)
    table = engagement_action.TABLE.c
    return {
        found
        for source, ids in by_source.items()
        for found in db.session.scalars(
            select(table.external_id).where(table.source == source, table.external_id.in_(ids))
        )
    }


def _needs_more(contact: Contact, batch: Batch) -> bool:
    if contact.person_id is None:
        return False
    due_at = batch.states[contact.candidate_id].promise_due_at
    return (
        contact.outcome is Outcome.REPLIED
        or contact.promise_at is not None
        or (due_at is not None and due_at < clock.midnight(contact.day + clock.DAY, contact.zone))
    )


def _gather(contacts: Sequence[Contact], rules: dict[date, Mapping[str, KindRule]]) -> Batch:
    """Hold the days of the persons and then the candidates, each in ascending order."""
    days = {
        (contact.person_id, plain_rule(rules[contact.day], contact.outcome, contact.kind).kind_id, contact.day)
        for contact in contacts
        if contact.person_id is not None
    }
    candidate_ids = {contact.candidate_id for contact in contacts}
    counts = place.counts(days)
    states = contact_state.hold_many(candidate_ids)
    first, last = min(contact.day for contact in contacts), max(contact.day for contact in contacts)
    return Batch(rules, counts, states, place.taken_by(candidate_ids, first, last), _earned(candidate_ids, first, last))


def _earned(candidate_ids: set[int], first: date, last: date) -> defaultdict[Combination, list[int]]:
    """Per combination how often it was earned, and how often that was reversed."""
    entry = LedgerEntry
    query = (
        select(entry.person_id, entry.candidate_id, entry.action_kind_id, entry.local_date, _back.id)
        .outerjoin(_back, _back.reverses_id == entry.id)
        .where(entry.candidate_id.in_(candidate_ids), entry.local_date.between(first, last), entry.nth.is_not(None))
    )
    found: defaultdict[Combination, list[int]] = defaultdict(lambda: [0, 0])
    for *combination, reversal in db.session.execute(query):
        times = found[cast("Combination", tuple(combination))]
        times[0] += 1
        times[1] += reversal is not None
    return found


def _decide(contact: Contact, batch: Batch) -> None:
    """The same decision as for one contact, from what the batch remembers."""
    rules, state = batch.rules[contact.day], batch.states[contact.candidate_id]
    rule = plain_rule(rules, contact.outcome, contact.kind)
    if contact.kind is None:
        rule = rules[better_kind(rule.code, contact.at, state.last_two_way_at, on_time=False)]
    award, nth = (Award(0), None) if contact.person_id is None else _award(contact, contact.person_id, rule, batch)
    effect = effect_of(contact.outcome, rule.code, rule.place_class, two_way=rule.two_way)
    history.apply(state, effect, contact.at, contact.person_id, contact.where)
    if contact.outcome is Outcome.DO_NOT_CONTACT:
        state.do_not_contact_at = min(state.do_not_contact_at or contact.at, contact.at)
    batch.decided.append(Decided(contact, rule, award, nth))


def _award(contact: Contact, person_id: int, rule: KindRule, batch: Batch) -> tuple[Award, int | None]:
    day = (person_id, rule.kind_id, contact.day)
    if day not in batch.counts:
        batch.counts |= place.counts({day})
    times = batch.earned[(person_id, contact.candidate_id, rule.kind_id, contact.day)]
    taken = batch.places[(contact.candidate_id, clock.week_of(contact.day).start, rule.place_class or "")]
    found = award(
        rule.points,
        place_class=cast("PlaceClass | None", rule.place_class),
        earned_today=times[0] > times[1],
        places_taken=taken,
        count_today=batch.counts[day],
    )
    batch.counts[day] += 1
    if found.place is not None:
        taken.add(found.place)
    if not found.points:
        return found, None
    times[0] += 1
    return found, times[1]


def _write(batch: Batch) -> None:
    if not batch.decided:
        return
    connection = db.session.connection()
    rows = [one.contact.row(one.rule.kind_id, one.award.points, one.award.reason) for one in batch.decided]
    ids = connection.execute(INSERT, rows).scalars().all()
    written = list(zip(ids, batch.decided, strict=True))
    place.take_many(
        (action_id, one.contact.candidate_id, one.rule.place_class, one.contact.day, one.award.place)
        for action_id, one in written
        if one.award.place is not None and one.rule.place_class is not None
    )
    place.set_counts(batch.counts)
    contact_state.save(*batch.states.values())
    refused = [one.contact for one in batch.decided if one.contact.outcome is Outcome.DO_NOT_CONTACT]
    if refused:
        changed.note({each.candidate_id for each in refused}, refused[-1].now)
    verification.expect(
        (action_id, one.contact.candidate_id, cast("int", one.contact.person_id), one.award.owing)
        for action_id, one in written
        if one.award.owing
    )
    for action_id, (contact, rule, (points, reason, *_), nth) in written:
        settling_contact.put_right(contact, rule, batch.states[contact.candidate_id], action_id)
        if points or reason:
            ledger.credit(**contact.entry(rule, action_id, points, reason or "", nth))
