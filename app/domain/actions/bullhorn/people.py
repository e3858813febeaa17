"""Candidates of Bullhorn's and ours: known by their number there, else met by their address; who is new comes in."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Human
from app.domain.agency import person
from app.domain.candidates import candidate, crm_id, identity, namesake, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import PRESENT, Candidate, Facts
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.identity import Full, Unreachable

ORIGIN = "Bullhorn"


def known(number: int) -> int | None:
    """Who has this number."""
    return crm_id.whose(Crm.BULLHORN, [str(number)]).get(str(number))


def find(row: BullhornRecord, number: int) -> int | None:
    """Who has the number that a record tells of: as long as they have it, they have what it tells."""
    found = crm_id.holder(Crm.BULLHORN, str(number))
    row.about = number
    row.number_id, row.candidate_id = (found.row_id, found.candidate_id) if found else (None, None)
    return row.candidate_id


def is_to_be_shown(number: int) -> bool:
    """Whether nobody here has the number, or people gave it and Bullhorn did not show yet whether it is them."""
    found = crm_id.holder(Crm.BULLHORN, str(number))
    if found is None:
        return True
    return found.origin != ORIGIN and _looked_at(number, found.candidate_id) != ""


def is_somebody_else(number: int, candidate_id: int) -> bool:
    """Whether Bullhorn showed that whoever has the number here is somebody else there."""
    return _looked_at(number, candidate_id) == Reason.SOMEBODY_ELSE


def somebody_elses(numbers: Collection[int]) -> set[tuple[int, int]]:
    """Which of some hundreds of numbers that is so of, each with whoever has it here."""
    row = BullhornRecord
    theirs = row.entity == Entity.CANDIDATE, row.number.in_(numbers), row.reason == Reason.SOMEBODY_ELSE
    found = db.session.execute(select(row.number, row.candidate_id).where(*theirs))
    return {(number, candidate_id) for number, candidate_id in found if candidate_id is not None}


def _looked_at(number: int, candidate_id: int) -> str | None:
    """What came of it when they were compared last; None when they never were."""
    row = BullhornRecord
    theirs = row.entity == Entity.CANDIDATE, row.number == number, row.candidate_id == candidate_id
    return db.session.scalar(select(row.reason).where(*theirs))


def meant(told: Human) -> int | None:
    """Whom it would be, as far as can be told before they are held."""
    found = known(told.number) or _alike(told)
    return None if isinstance(found, Reason) else found


def meet(told: Human, now: datetime) -> int | Reason:
    """Whose number it is from now on: who had it, else the only one here whose address, or phone and name, it is."""
    them = known(told.number)
    if them is not None:
        return them
    found = _alike(told)
    return found if isinstance(found, Reason) else _give(found, told, now)


def _give(them: int, told: Human, now: datetime) -> int | Reason:
    try:
        crm_id.give(them, Crm.BULLHORN, str(told.number), origin=ORIGIN, now=now)
    except (crm_id.Taken, crm_id.Full):
        return Reason.SHARED
    return them


def settle(told: Human | None, number: int, now: datetime, *, new: bool, forgotten: Callable[[Human], bool]) -> None:
    """Let a candidate follow; `new`: Bullhorn has them since now; `forgotten` says who was forgotten here since then.

    Who was there before we listened, and is not here, is left to a file: else a change there would bring back
    somebody who was forgotten here. Nobody is forgotten because Bullhorn did: people here decide that.
    """
    row = record.hold(Entity.CANDIDATE, number, now, new=new)
    if told is None or told.deleted:
        find(row, number)
        row.new = False
        record.left_out(row, Reason.DELETED if row.candidate_id is None else Reason.GONE_THERE)
        return
    found = meet(told, now)
    if found is Reason.UNKNOWN_CANDIDATE and row.new and told.name and not forgotten(told):
        found = _welcome(told, now)
    find(row, number)
    if isinstance(found, Reason):
        _stay_out(row, found)
        return
    them = db.session.get_one(Candidate, found)
    if not _agrees(them, told):
        record.left_out(row, Reason.SOMEBODY_ELSE)
        return
    _follow(them, told, now)
    record.took_effect(row)


def _stay_out(row: BullhornRecord, why: Reason) -> None:
    """Whoever may be somebody here stays new until people told who they are; whoever does not come in never will."""
    if why is Reason.UNKNOWN_CANDIDATE:
        record.left_out(row, Reason.PASSED)
        row.new = False
    else:
        record.left_out(row, why)


def _alike(told: Human) -> int | Reason:
    """Who has the mail address; else who has the phone number under this name.

    A family shares a telephone: who has the number under another name is for people to tell. The agency's own number
    says nothing: it may come from another system, and be somebody else's there.
    """
    mail, phone = addresses_of(told)
    sharing = identity.find_known([], [each for each in (mail, phone) if each]).by_address
    if mail in sharing:
        return _only(sharing[mail])
    theirs = select(Candidate.id, Candidate.name).where(Candidate.id.in_(sharing.get(phone, ())), PRESENT)
    names = dict(db.session.execute(theirs).all())
    if same := {each for each, name in names.items() if namesake.is_same(name, told.name)}:
        return _only(same)
    akin = any(namesake.is_akin(name, told.name) for name in names.values())
    return Reason.ANOTHER_NAME if akin else Reason.UNKNOWN_CANDIDATE


def _only(found: set[int]) -> int | Reason:
    return Reason.SHARED if len(found) > 1 else min(found)


def addresses_of(told: Human) -> tuple[str, str]:
    """Their mail address and their phone number as we keep them; empty when there is none."""
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


def _agrees(row: Candidate, told: Human) -> bool:
    """Whether it can be the same person: a number is soon mistyped, and would bring a stranger's addresses with it."""
    here = {each.address for each in identity.identities_of(row.id)}
    return namesake.is_same(row.name, told.name) or not here.isdisjoint(addresses_of(told))


def _follow(row: Candidate, told: Human, now: datetime) -> None:
    """Another address is added to those that we have; what people wrote here stays as it is."""
    for channel, address in _reachable(told):
        try:
            identity.add(row, channel, address, now, ORIGIN)
        except Full:
            break
    retention.begin(row.id, now)


def come_off(row: BullhornRecord, now: datetime) -> None:
    """Their number is not theirs any more: whose it is then, Bullhorn is asked, unless it takes them for who they are.

    Addresses stay: the page of whoever had the number tells of them.
    """
    row.candidate_id, before = None, row.reason
    if before == Reason.GONE_THERE:
        record.left_out(row, Reason.DELETED)
    elif before in {"", Reason.SOMEBODY_ELSE}:
        record.left_out(row, Reason.PASSED)
        row.again_at = now if before else None
