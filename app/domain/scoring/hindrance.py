"""What keeps a few of many from being contacted: consent that they took back, addresses that fail, hours of their own.

Partial indexes hold only those few, so that nobody else of a pool is asked about.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app import clock
from app.db import db
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.candidates.identity import CLOSED, Identity, ways
from app.domain.candidates.preference import OWN_HOURS, ChannelPreference, Purpose
from app.domain.scoring.quiet_hours import DAYS_AHEAD, Hours, first_opening
from app.domain.scoring.working_time import WorkingCalendar

REFUSED = exists().where(Consent.candidate_id == STATE.c.candidate_id, Consent.given.is_(False)).correlate(STATE)
FAILED = exists().where(Identity.candidate_id == STATE.c.candidate_id, CLOSED).correlate(STATE)
TIMED = exists().where(ChannelPreference.candidate_id == STATE.c.candidate_id, OWN_HOURS).correlate(STATE)
HINDERED = or_(REFUSED, FAILED, TIMED)

HINDERED_OF = select(STATE.c.candidate_id).where(STATE.c.owner_id == bindparam("owner"), HINDERED)
Who = BindParameter[int] | Select[int]
IDS: BindParameter[int] = bindparam("ids", expanding=True)
NO_TEXT, NO_ANSWER, NO_MINUTE = cast(null(), String), cast(null(), Boolean), cast(null(), Integer)


class Said(IntEnum):
    """What a row tells."""

    CONSENT = 1
    WAY = 2
    HOURS = 3


def _said_of(who: Who) -> list[Select[*tuple[Any, ...]]]:
    consents = select(
        literal(Said.CONSENT.value).label("said"),
        Consent.id.label("id"),
        Consent.candidate_id.label("who"),
        Consent.channel.label("channel"),
        NO_TEXT.label("address"),
        NO_TEXT.label("state"),
        Consent.given.label("given"),
        NO_TEXT.label("days"),
        NO_MINUTE.label("from_minute"),
        NO_MINUTE.label("until_minute"),
    ).where(Consent.candidate_id.in_(who), Consent.purpose == ConsentPurpose.CONTACT)
    ways = select(
        literal(Said.WAY.value),
        Identity.id,
        Identity.candidate_id,
        Identity.channel,
        Identity.address,
        Identity.state,
        NO_ANSWER,
        NO_TEXT,
        NO_MINUTE,
        NO_MINUTE,
    ).where(Identity.candidate_id.in_(who))
    times = select(
        literal(Said.HOURS.value),
        ChannelPreference.id,
        ChannelPreference.candidate_id,
        NO_TEXT,
        NO_TEXT,
        NO_TEXT,
        NO_ANSWER,
        ChannelPreference.days,
        ChannelPreference.from_minute,
        ChannelPreference.until_minute,
    ).where(ChannelPreference.candidate_id.in_(who), ChannelPreference.purpose == Purpose.CONTACT)
    return [consents, ways, times]


def _in_order(*parts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    everything = union_all(*parts).subquery()
    return select(everything).order_by(everything.c.id)


OF_THESE = _in_order(*_said_of(IDS))
OF_OWNER = _in_order(*_said_of(select(HINDERED_OF.cte())))
MOST_IDS = 5_000


class Hindrances(NamedTuple):
    """`withdrawn`: they may not be approached at all; `unreachable`: they have addresses, and none may be used."""

    withdrawn: frozenset[int]
    unreachable: frozenset[int]
    hours: Mapping[int, Hours]

    def opens_at(self, candidate_id: int, now: float, calendar: WorkingCalendar) -> float | None:
        """When their own hours begin again; None while it is within them, or they gave none."""
        hours = self.hours.get(candidate_id)
        if hours is None:
            return None
        at = datetime.fromtimestamp(now, UTC)
        later = first_opening(hours, at, calendar.zone, calendar.closures) or at + DAYS_AHEAD * clock.DAY
        return later.timestamp() if later > at else None

    def closed_for(self, now: float, calendar: WorkingCalendar) -> frozenset[int]:
        """Who may not be contacted at a moment."""
        resting = {who for who in self.hours if self.opens_at(who, now, calendar) is not None}
        return self.for_good | resting

    @property
    def for_good(self) -> frozenset[int]:
        return self.withdrawn | self.unreachable


NOTHING = Hindrances(frozenset(), frozenset(), {})


def of_owner(owner_id: int) -> Hindrances:
    """What hinders those of a pool whom anything hinders."""
    return _read(db.session.connection().execute(OF_OWNER, {"owner": owner_id}))


def of(candidate_ids: Sequence[int]) -> Hindrances:
    """What hinders these; who is not there is free to be contacted at any working hour."""
    if not candidate_ids:
        return NOTHING
    parts = [_of(list(candidate_ids[at : at + MOST_IDS])) for at in range(0, len(candidate_ids), MOST_IDS)]
    withdrawn, unreachable, hours = zip(*parts, strict=True)
    return Hindrances(frozenset().union(*withdrawn), frozenset().union(*unreachable), ChainMap(*hours))


def _of(ids: list[int]) -> Hindrances:
    return _read(db.session.connection().execute(OF_THESE, {"ids": ids}))


def _read(rows: Iterable[Any]) -> Hindrances:
    """The newest consent for each channel counts, and the newest hours."""
    told = defaultdict[int, list[Any]](list)
    for row in rows:
        told[row.said].append(row)
    given = {(row.who, row.channel): row.given for row in told[Said.CONSENT]}
    refused = {key for key, is_given in given.items() if not is_given}
    addresses = defaultdict[int, list[Any]](list)
    for row in told[Said.WAY]:
        addresses[row.who].append(row)
    hours = {row.who: Hours(row.days, row.from_minute, row.until_minute) for row in told[Said.HOURS]}
    return Hindrances(
        withdrawn=frozenset(who for who, channel in refused if channel is None),
        unreachable=frozenset(
            who for who, rows in addresses.items() if all((who, channel) in refused for channel in ways(rows))
        ),
        hours={who: each for who, each in hours.items() if each != Hours()},
    )
