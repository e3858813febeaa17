"""The rule of the channel: which way to a candidate is best now, and why some of them have to rest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.domain.actions.mailing_hours import first_opening
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import Identity, IdentityState, Way, ways
from app.domain.candidates.preference import ChannelPreference

TOO_OFTEN = 2
FREE_TEXT_FOR = timedelta(hours=24)
PRIOR_ATTEMPTS = 4
USUAL_REACH = 0.5


class ChoiceState(StrEnum):
    """OPEN may be used now. The others are told in words and are never a button."""

    OPEN = "open"
    QUIET = "quiet"
    NO_CONSENT = "no_consent"
    OPTED_OUT = "opted_out"
    TEMPLATE_ONLY = "template_only"
    INVALID = "invalid"


FORBIDDEN = frozenset({ChoiceState.NO_CONSENT, ChoiceState.OPTED_OUT, ChoiceState.INVALID})


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to reach a candidate. `opens_at` is when a quiet one may be used again; None: not within two weeks.

    `preferred` is what the candidate likes best. `suggested` is another that we propose, because `unanswered` attempts
    on the one that would be first were too many. `href` opens the channel; None where no link can.
    """

    channel: Channel
    address: str
    href: str | None
    state: ChoiceState = ChoiceState.OPEN
    opens_at: datetime | None = None
    preferred: bool = False
    suggested: bool = False
    unanswered: int = 0

    @property
    def is_open(self) -> bool:
        return self.state == ChoiceState.OPEN

    @property
    def is_forbidden(self) -> bool:
        """Whether it is closed whatever the hour is: not even the address opens it."""
        return self.state in FORBIDDEN


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one channel. `unanswered` counts since the candidate was last heard of, by any channel."""

    attempts: int = 0
    answers: int = 0
    unanswered: int = 0
    heard_at: datetime | None = None

    @property
    def reach(self) -> float:
        """The share that is answered, drawn to the usual one while we know little."""
        answers = min(self.answers, self.attempts)
        return (answers + PRIOR_ATTEMPTS * USUAL_REACH) / (self.attempts + PRIOR_ATTEMPTS)


NEVER = Tried()


@dataclass(frozen=True, slots=True)
class Known:
    """What the choice rests on. `refused`: on these channels, or with None on all, they took their consent back."""

    identities: tuple[Identity, ...] = ()
    wish: ChannelPreference | None = None
    refused: frozenset[str | None] = frozenset()
    do_not_contact: bool = False
    tried: Mapping[Channel, Tried] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, channel: Channel) -> Tried:
        return self.tried.get(channel, NEVER)


@dataclass(frozen=True, slots=True)
class House:
    """What holds for every candidate of the agency."""

    zone: ZoneInfo
    whatsapp_business: bool = False


def decide(known: Known, house: House, now: datetime) -> tuple[Choice, ...]:
    """The open ways first: the preferred ones in their order, then by who answers where; behind them the closed ones.

    After two attempts in a row without an answer on the first, the next one that was not tried so often goes before it.
    """
    opens_at = first_opening(known.wish, now, house.zone)
    reachable = ways(known.identities)
    found = [_choice(way, known, house, now, opens_at) for way in reachable.values()]
    found += _closed(known, reachable)
    place = {channel: number for number, channel in enumerate(_wished(known.wish))}
    found.sort(key=lambda one: (not one.is_open, place.get(one.channel, len(place)), -known.of(one.channel).reach))
    return tuple(_with_suggestion(found))


def _wished(wish: ChannelPreference | None) -> list[Channel]:
    return [Channel(name) for name in (wish.channels or [wish.channel])] if wish else []


def _choice(way: Way, known: Known, house: House, now: datetime, opens_at: datetime | None) -> Choice:
    state = _state(way.channel, known, house, now)
    if state == ChoiceState.OPEN and opens_at != now:
        state = ChoiceState.QUIET
    return Choice(
        way.channel,
        way.address,
        way.href,
        state,
        opens_at=opens_at if state == ChoiceState.QUIET else None,
        preferred=_wished(known.wish)[:1] == [way.channel],
        unanswered=known.of(way.channel).unanswered,
    )


def _state(channel: Channel, known: Known, house: House, now: datetime) -> ChoiceState:
    if known.do_not_contact:
        return ChoiceState.OPTED_OUT
    if known.refused & {None, str(channel)}:
        return ChoiceState.NO_CONSENT
    if channel == Channel.WHATSAPP and house.whatsapp_business:
        heard = known.of(channel).heard_at
        if heard is None or heard + FREE_TEXT_FOR <= now:
            return ChoiceState.TEMPLATE_ONLY
    return ChoiceState.OPEN


def _closed(known: Known, reachable: Collection[Channel]) -> list[Choice]:
    """Channels with an address on which nothing may be sent, once each; that they do not want it goes before."""
    found: dict[Channel, Choice] = {}
    for row in sorted(known.identities, key=lambda row: row.state != IdentityState.OPTED_OUT):
        channel = Channel(row.channel)
        if channel not in reachable:
            found.setdefault(channel, Choice(channel, row.address, None, ChoiceState(row.state)))
    return list(found.values())


def _with_suggestion(found: list[Choice]) -> list[Choice]:
    if not found or not found[0].is_open or found[0].unanswered < TOO_OFTEN:
        return found
    other = next((one for one in found if one.is_open and one.unanswered < TOO_OFTEN), None)
    if other is None:
        return found
    return [replace(other, suggested=True), *(one for one in found if one is not other)]
