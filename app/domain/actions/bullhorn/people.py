"""Candidates of Bullhorn's and ours: known by their number there, else met by their address; who is new comes in."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human
from app.domain.agency import person
from app.domain.candidates import candidate, crm_id, identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import PRESENT, Candidate, Facts
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.folding import fold
from app.domain.candidates.identity import Full, Unreachable

ORIGIN = "Bullhorn"


def known(number: int) -> int | None:
    """Who has this number."""
    return crm_id.whose(Crm.BULLHORN, [str(number)]).get(str(number))


def meet(told: Human, now: datetime) -> int | Reason:
    """Whose number it is from now on: who had it, else the only one here with the address, or with name and number."""
    them = known(told.number)
    if them is not None:
        return them
    found = _alike(told)
    if len(found) != 1:
        return Reason.SHARED if found else Reason.UNKNOWN_CANDIDATE
    (them,) = found
    try:
        crm_id.give(them, Crm.BULLHORN, str(told.number), origin=ORIGIN, now=now)
    except (crm_id.Taken, crm_id.Full):
        return Reason.SHARED
    return them


def settle(told: Human | None, number: int, now: datetime, *, new: bool) -> None:
    """Let a candidate follow; `new`: Bullhorn has them since now.

    Who was there before we listened, and is not here, is left to a file: else a change there would bring back
    somebody who was forgotten here. Nobody is forgotten because Bullhorn did: people here decide that.
    """
    row = record.hold(Entity.CANDIDATE, number, now)
    if told is None or told.deleted:
        them = row.candidate_id = known(number)
        record.left_out(row, Reason.DELETED if them is None else Reason.GONE_THERE)
        return
    found = meet(told, now)
    if found is Reason.UNKNOWN_CANDIDATE and new and told.name:
        found = _welcome(told, now)
    if isinstance(found, Reason):
        record.left_out(row, Reason.PASSED if found is Reason.UNKNOWN_CANDIDATE else found)
        return
    row.candidate_id = found
    _follow(db.session.get_one(Candidate, found), told, now)
    record.took_effect(row)


def _alike(told: Human) -> set[int]:
    """Those with the mail address; else those of that name with the phone number, or with the number as our own."""
    mail, phone = _addresses(told)
    numbered = identity.find_known([str(told.number)], [each for each in (mail, phone) if each])
    if sharing := numbered.by_address.get(mail, set()):
        return sharing
    maybe = numbered.by_address.get(phone, set()) | set(numbered.by_external_id.values())
    rows = db.session.execute(select(Candidate.id, Candidate.name).where(Candidate.id.in_(maybe), PRESENT))
    return {each for each, name in rows if set(fold(name).split()) & set(fold(told.name).split())}


def _addresses(told: Human) -> tuple[str, str]:
    found = dict(_reachable(told))
    return found.get(Channel.EMAIL, ""), found.get(Channel.PHONE, "")


def _reachable(told: Human) -> Iterator[tuple[Channel, str]]:
    for channel, text in ((Channel.EMAIL, told.email), (Channel.PHONE, told.phone)):
        try:
            yield channel, identity.normalise(channel, text)
        except Unreachable:
            continue


def _welcome(told: Human, now: datetime) -> int:
    owner = person.by_email(told.owner) if told.owner else None
    facts = Facts(
        told.name,
        told.given_name,
        family_name=told.family_name,
        origin=ORIGIN,
        owner_id=owner.id if owner and owner.is_active else None,
    )
    row = candidate.add(None, facts, now)
    db.session.flush()
    crm_id.give(row.id, Crm.BULLHORN, str(told.number), origin=ORIGIN, now=now)
    return row.id


def _follow(row: Candidate, told: Human, now: datetime) -> None:
    """Another address is added to those that we have; what people wrote here stays as it is."""
    for channel, address in _reachable(told):
        try:
            identity.add(row, channel, address, now, ORIGIN)
        except Full:
            break
    retention.begin(row.id, now)
