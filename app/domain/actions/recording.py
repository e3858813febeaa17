"""Recording a contact: what it earns is decided here, once, in the order of recording, and written with the action."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple, cast

from app import clock
from app.domain.actions import (
    bonus,
    circumstances,
    contact_start,
    engagement_action,
    good_news,
    history,
    outside_news,
    place,
    promise,
    reply,
    settling_contact,
    verification,
)
from app.domain.actions.award import Award, PlaceClass, award
from app.domain.actions.bonus import Bonus
from app.domain.actions.circumstances import Circumstances
from app.domain.actions.contact import Contact, KeyReused, plain_rule
from app.domain.actions.engagement_action import Message, Recorded
from app.domain.actions.outcome import Effect, Outcome, better_kind, effect_of
from app.domain.actions.promise import Due
from app.domain.actions.verification import Evidence
from app.domain.candidates import changed, contact_state
from app.domain.candidates.contact_state import ContactState
from app.domain.game import ledger
from app.domain.program import season
from app.domain.program.kind_rule import KindRule, rules_on

HALF_A_DAY = timedelta(hours=12)


class Logged(NamedTuple):
    """What came of logging; not `fresh`: it had been logged before, and this is that action again.

    `bonuses` are among the `points`; `owing` come on proof. `too_late_for` names the season that was closed before it
    was recorded.
    """

    action_id: int
    points: int
    reason: str | None
    kind_code: str
    fresh: bool
    promise_id: int | None
    owing: int = 0
    bonuses: Sequence[Bonus] = ()
    too_late_for: str | None = None


class Earning(NamedTuple):
    """What an action earns, the number that makes the earning unique, and what it earns besides."""

    award: Award
    nth: int | None
    bonuses: Sequence[Bonus] = ()

    @property
    def points(self) -> int:
        """All that it earns now."""
        return self.award.points + sum(each.points for each in self.bonuses)


class Case(NamedTuple):
    """A contact as it is decided: the kind that it counts as, how things stood, and which promises were due."""

    contact: Contact
    rule: KindRule
    effect: Effect
    state: ContactState
    given: Circumstances
    due: Sequence[Due]


def record(contact: Contact) -> Logged:
    """Hold the person's day and then the candidate's contact state; decide; write. For contacts that a person had."""
    person_id = cast("int", contact.person_id)
    rules = rules_on(contact.program_id, contact.day)
    plain = plain_rule(rules, contact.outcome, contact.kind)
    before = place.count(person_id, plain.kind_id, contact.day)
    case = _case(contact, rules, plain)
    if again := _again(case):
        place.uncount(person_id, plain.kind_id, contact.day)
        return again
    if case.rule is not plain:
        before = place.move(person_id, plain.kind_id, case.rule.kind_id, contact.day)
    if case.given.opened:
        case = case._replace(contact=contact_start.finish(contact))
    message = _answered(contact)
    earning = Earning(Award(0, "reply"), None) if message else _earning(case, before)
    action_id = _write(case, earning)
    promise_id = settling_contact.settle(case.contact, case.rule, case.state, case.due, action_id)
    good_news.of_contact(case.contact, case.rule.code, action_id, earning.points)
    outside_news.logged(case.contact, case.rule.code, action_id)
    if contact.outcome is Outcome.REPLIED:
        _replied(contact, message, action_id)
    reason, owing = earning.award.reason, earning.award.owing
    logged = Logged(action_id, earning.points, reason, case.rule.code, fresh=True, promise_id=promise_id)
    return logged._replace(owing=owing, bonuses=earning.bonuses, too_late_for=_too_late_for(contact))


def _too_late_for(contact: Contact) -> str | None:
    """A season takes what is recorded until noon of a working day after its last: sooner it cannot be closed."""
    if contact.is_imported or contact.now - contact.at < HALF_A_DAY:
        return None
    closed = season.closed_for(contact.program_id, contact.day, contact.now)
    return closed.name if closed else None


def _case(contact: Contact, rules: Mapping[str, KindRule], plain: KindRule) -> Case:
    state = contact_state.hold(contact.candidate_id)
    due = _due(contact, state)
    on_time = promise.on_time(due, contact.day, contact.zone)
    rule = rules[contact.kind or better_kind(plain.code, contact.at, state.last_two_way_at, on_time=on_time)]
    effect = effect_of(contact.outcome, rule.code, rule.place_class, two_way=rule.two_way)
    return Case(contact, rule, effect, state, circumstances.of(contact, rule), due)


def _replied(contact: Contact, message: Message | None, action_id: int) -> None:
    """A reply pays the message that it answers, and proves what colleagues logged: one's own word proves nothing."""
    if message:
        reply.pay(message, contact.candidate_id, contact.at, contact.day, contact.now, logged_by=action_id)
    seen = verification.seen
    seen(contact.candidate_id, Evidence.REPLY, contact.at, contact.now, except_of=contact.person_id)


def _again(case: Case) -> Logged | None:
    contact = case.contact
    if not case.given.known:
        return None
    found = engagement_action.recorded(contact.key, contact.source, contact.external_id)
    if found is None:
        return None
    same = (contact.person_id, contact.candidate_id, contact.outcome)
    if (found.person_id, found.candidate_id, found.outcome) != same:
        raise KeyReused
    made = promise.made_by(found.action_id)
    if contact.key is not None and not _repeats(contact, found, made):
        raise KeyReused
    promise_id = made.promise_id if made else None
    logged = Logged(found.action_id, found.points, found.reason, found.kind_code, fresh=False, promise_id=promise_id)
    return logged._replace(owing=verification.owing(found.action_id), bonuses=bonus.of_action(found.action_id))


def _repeats(contact: Contact, found: Recorded, made: Due | None) -> bool:
    """Whether a form that is sent again says the same, of an action that still stands: else it would be lost unseen."""
    said = (contact.note, contact.channel or found.channel, contact.kind or found.kind_code, contact.promise_at)
    kept = (found.note or "", found.channel, found.kind_code, made.due_at if made else None)
    return found.undone_at is None and said == kept


def _due(contact: Contact, state: ContactState) -> list[Due]:
    """The promises that this contact answers; the held row tells most candidates' absence of them without a query."""
    next_day = clock.midnight(contact.day + clock.DAY, contact.zone)
    if state.promise_due_at is None or state.promise_due_at >= next_day:
        return []
    return promise.due(contact.candidate_id, next_day)


def _answered(contact: Contact) -> Message | None:
    if contact.outcome is not Outcome.REPLIED:
        return None
    return engagement_action.newest_message(contact.candidate_id, contact.at)


def _earning(case: Case, before: int) -> Earning:
    rule, given = case.rule, case.given
    found = award(
        rule.points,
        place_class=cast("PlaceClass | None", rule.place_class),
        earned_today=given.times > given.reversals,
        places_taken=given.taken,
        count_today=before,
    )
    if not found.points:
        return Earning(found, None)
    return Earning(found, given.reversals, bonus.decide(case.contact, case.effect, case.state, given))


def _write(case: Case, earning: Earning) -> int:
    contact, rule, state = case.contact, case.rule, case.state
    points, reason, number, owing = earning.award
    action_id = engagement_action.insert(contact.row(rule.kind_id, earning.points, reason))
    if action_id is None:
        raise KeyReused
    if number is not None and rule.place_class is not None:
        place.take(action_id, contact.candidate_id, rule.place_class, contact.day, number)
    history.apply(state, case.effect, contact.at, contact.person_id, contact.where)
    if contact.outcome is Outcome.DO_NOT_CONTACT:
        state.do_not_contact_at = min(state.do_not_contact_at or contact.at, contact.at)
        changed.note([contact.candidate_id], contact.now)
    contact_state.save(state)
    if points or reason:
        besides = enumerate(earning.bonuses, 1)
        entries = [contact.entry(rule, action_id, points, reason or "", earning.nth)]
        ledger.credit_many(
            entries + [contact.entry(rule, action_id, more, what, line=line) for line, (what, more) in besides]
        )
    if owing:
        verification.expect([(action_id, contact.candidate_id, cast("int", contact.person_id), owing)])
    return action_id
