"""A card: a candidate with their place in the ranking, and the ways in which they can be reached now."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select

from app.among import Among
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Channel, Identity, Way, ways
from app.domain.candidates.preference import ChannelPreference
from app.domain.journey.application import Application, ApplicationState
from app.domain.scoring.engagement import Score, score_at
from app.domain.scoring.ranking import Ranked
from app.domain.scoring.rules import live
from app.domain.scoring.working_time import WorkingCalendar
from app.prepared import Prepared

NEWEST = (
    select(func.max(ChannelPreference.id))
    .where(ChannelPreference.candidate_id == Candidate.id, ChannelPreference.purpose == "contact")
    .correlate(Candidate)
    .scalar_subquery()
)
PLACED = (
    select(func.max(Application.id))
    .where(Application.candidate_id == Candidate.id, Application.state == ApplicationState.PLACED)
    .correlate(Candidate)
    .scalar_subquery()
)
PEOPLE, ADDRESSES, WISHES = (cast("Table", table.__table__).c for table in (Candidate, Identity, ChannelPreference))
SHOWN = Prepared(
    select(*PEOPLE, *ADDRESSES, *WISHES, Application.starts_on, Application.ends_on)
    .select_from(Candidate)
    .outerjoin(Application, Application.id == PLACED)
    .outerjoin(Identity, Identity.candidate_id == Candidate.id)
    .outerjoin(ChannelPreference, ChannelPreference.id == NEWEST)
    .where(Among(PEOPLE.id, "ids"))
    .order_by(Identity.id)
)
PERSON, ADDRESS = len(PEOPLE), len(PEOPLE) + len(ADDRESSES)
"""Where in a row those of a table end."""
NAMES = tuple(tuple(column.name for column in each) for each in (PEOPLE, ADDRESSES, WISHES))


class Read:
    """A row of a table as it was read, which no session watches: making one of those takes longer than to ask."""

    def __init__(self, table: int, values: Sequence[Any]) -> None:
        self.__dict__.update(zip(NAMES[table], values, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Read) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.__dict__["id"])


class Placement(NamedTuple):
    """From when to when somebody works where we placed them; open-ended without an end."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class NextUp:
    """A candidate with their place in the ranking. `links` are the open ways to reach them, the best one first.

    `channel` is that of the first; None when we have no address: then the agency's own system has it. `again_from` is
    the first working hour after the gate opens, in UTC. `addresses` are there when they were read for this card.
    """

    candidate: Candidate
    ranked: Ranked
    channel: Channel | None
    links: tuple[Way, ...]
    score: Score
    again_from: datetime | None
    asked_at: datetime
    zone: ZoneInfo
    placement: Placement | None = None
    fan: bool = False
    coming_back: bool = False
    addresses: "Addresses | None" = None

    @property
    def today(self) -> date:
        """The local day on which this is read."""
        return self.asked_at.astimezone(self.zone).date()


class Known(NamedTuple):
    """What the ranking knows beside the order: the taus, who is a fan, who keeps coming back; all at `at`."""

    taus: Mapping[int, float]
    fans: Collection[int]
    coming_back: Collection[int]
    calendar: WorkingCalendar
    at: datetime


class Addresses(NamedTuple):
    """Every address of a candidate, and what they said last of how they like to be contacted."""

    identities: tuple[Identity, ...]
    wish: ChannelPreference | None


class Reachable(NamedTuple):
    """A candidate with their open ways, the preferred ones first, and where we placed them last."""

    candidate: Candidate
    links: tuple[Way, ...]
    placement: Placement | None
    addresses: Addresses | None = None


def cards(
    shown: Collection[Ranked], pool: Known, now: datetime, reachable: Mapping[int, Reachable] | None = None
) -> list[NextUp]:
    """The cards of those shown; `reachable` when all of them are at hand."""
    known = reachable or (_reachable({int(ranked.candidate_id) for ranked in shown}) if shown else {})
    rules = live()
    return [
        NextUp(
            candidate=found.candidate,
            ranked=ranked,
            channel=next((way.channel for way in found.links), None),
            links=found.links,
            score=score_at(pool.taus.get(found.candidate.id), pool.at, rules),
            again_from=_again_from(ranked, pool.calendar),
            asked_at=now,
            zone=pool.calendar.zone,
            placement=found.placement,
            fan=found.candidate.id in pool.fans,
            coming_back=found.candidate.id in pool.coming_back,
            addresses=found.addresses,
        )
        for ranked in shown
        for found in [known[int(ranked.candidate_id)]]
    ]


def _again_from(ranked: Ranked, calendar: WorkingCalendar) -> datetime | None:
    if ranked.gate is None or ranked.gate.again_from is None:
        return None
    opens = ranked.gate.again_from
    return datetime.fromtimestamp(calendar.next_opening(opens) or opens, UTC)


def _reachable(ids: Collection[int]) -> dict[int, Reachable]:
    """Some candidates with their open channels, the preferred ones first and in their order, in one query."""
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in SHOWN.run({"ids": ids}):
        rows[row[0]].append(row)
    return {candidate_id: _of(rows[candidate_id]) for candidate_id in rows}


def _of(rows: Sequence[tuple[Any, ...]]) -> Reachable:
    """One candidate, of whom there is a row for each address."""
    *told, starts_on, ends_on = rows[0]
    identities = [Read(1, row[PERSON:ADDRESS]) for row in rows if row[PERSON] is not None]
    wish = cast("ChannelPreference", Read(2, told[ADDRESS:])) if told[ADDRESS] is not None else None
    addresses = Addresses(cast("tuple[Identity, ...]", tuple(identities)), wish)
    placement = Placement(starts_on, ends_on) if starts_on else None
    return Reachable(cast("Candidate", Read(0, told[:PERSON])), _in_order(addresses), placement, addresses)


def _in_order(addresses: Addresses) -> tuple[Way, ...]:
    """Of the open ways those that they wish for first, as they named them."""
    wish, found = addresses.wish, ways(addresses.identities)
    wished: list[str] = (wish.channels or [wish.channel]) if wish else []
    places = {channel: wished.index(channel) if channel in wished else len(wished) for channel in found}
    return tuple(sorted(found.values(), key=lambda way: places[way.channel]))
