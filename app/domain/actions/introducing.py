"""A trusted source tells who somebody is: with their consent whoever is new comes into the pool, without an owner."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.db import db, is_sqlite
from app.domain.actions.event import Became, Fate, Refusal, Sender, Subject
from app.domain.actions.knowing import Circle
from app.domain.candidates import candidate, consent, identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import ExternalIdTaken, Facts
from app.domain.candidates.consent import ConsentPurpose, Via

AGREED = (ConsentPurpose.POOL, ConsentPurpose.TRACKING)
ONE_AT_A_TIME = 6_803_774_120
"""No row stands for who is not there yet, and nothing keeps an address from being two people's."""


def waits(subjects: Iterable[Subject], circle: Circle) -> bool:
    """Let one process at a time bring in whoever is new, before it holds anything else; whether others were there."""
    if is_sqlite() or not circle.trusted:  # SQLite has one writer anyway, and a browser brings nobody in
        return False
    if not any(each.consent and circle.named(each) is Refusal.UNKNOWN_CANDIDATE for each in subjects):
        return False
    db.session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    return True


def introduce(subject: Subject, circle: Circle, sender: Sender, now: datetime) -> Became:
    """Whoever is known stays as they are, but for a no to being followed; who is new comes in."""
    if not sender.trusted:
        return Became(Refusal.NOT_TRUSTED)
    if not subject.is_named:
        return Became(Refusal.NO_TRAITS)
    who = circle.named(subject)
    if who is Refusal.UNKNOWN_CANDIDATE:
        return _welcome(subject, circle, sender, now)
    if isinstance(who, Refusal):
        return Became(who)
    if subject.consent is False:
        _unfollow(who, now)
    return Became(Fate.ACCEPTED, who)


def _welcome(subject: Subject, circle: Circle, sender: Sender, now: datetime) -> Became:
    name = subject.name or subject.email.partition("@")[0]
    if not name or not subject.consent:
        return Became(Refusal.NO_CONSENT if name else Refusal.NO_TRAITS)
    try:
        with db.session.begin_nested():
            candidate_id = _register(name, subject, sender, now)
    except (IntegrityError, ExternalIdTaken):  # another process introduced them in this very moment
        circle.known.by_external_id.update(identity.find_known([subject.external_id], []).by_external_id)
        return Became(Fate.ACCEPTED, circle.known.by_external_id.get(subject.external_id))
    circle.learn(subject, candidate_id)
    return Became(Fate.ACCEPTED, candidate_id)


def _register(name: str, subject: Subject, sender: Sender, now: datetime) -> int:
    facts = Facts(name, subject.given_name, origin=sender.name, external_id=subject.external_id or None)
    row = candidate.add(None, facts, now)
    for channel, text in ((Channel.EMAIL, subject.email), (Channel.PHONE, subject.phone)):
        if text:
            identity.add(row, channel, text, now, sender.name)
    for purpose in AGREED:
        consent.give(row.id, purpose, via=Via.FORM, by_id=None, now=now)
    retention.begin(row.id, now)
    return row.id


def _unfollow(candidate_id: int, now: datetime) -> None:
    """Said on a form: they do not want to be followed; said again it changes nothing."""
    said = consent.current(candidate_id).get((ConsentPurpose.TRACKING, None))
    if said is None or said.given:
        consent.withdraw(candidate_id, ConsentPurpose.TRACKING, via=Via.FORM, by_id=None, now=now)
