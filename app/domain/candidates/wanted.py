"""What is asked of the pool: every filter of the list as plain values, read from an address and written to one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import LARGEST_ID, MOST_HOURS, MOST_KM, Stage

LONGEST_TEXT = 100
MOST_NAMES = 5
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
Choice = TypeVar("Choice", bound=StrEnum)
Address = Mapping[str, Sequence[str]]


class Owned(StrEnum):
    ALL = "all"
    MINE = "mine"
    TEAM = "team"
    NOBODY = "none"


class Order(StrEnum):
    NAME = "name"
    NEWEST = "newest"
    WARMEST = "warmest"


class Warmth(StrEnum):
    COOL = "cool"
    LUKEWARM = "lukewarm"
    WARM = "warm"
    VERY_WARM = "very-warm"


class Spoken(StrEnum):
    """When we last spoke: within so many days, not for so many days, or never."""

    WITHIN_7 = "within-7"
    WITHIN_30 = "within-30"
    WITHIN_90 = "within-90"
    NOT_30 = "not-30"
    NOT_90 = "not-90"
    NOT_180 = "not-180"
    NEVER = "never"

    @property
    def days(self) -> int:
        return 0 if self is Spoken.NEVER else int(self.rpartition("-")[2])

    @property
    def within(self) -> bool:
        return self.startswith("within")


class Agreed(StrEnum):
    """How consent to stay in the pool stands; ending: within three weeks."""

    GIVEN = "given"
    ENDING = "ending"
    NONE = "none"


class Signal(StrEnum):
    """What stands out about somebody now; waiting: for our word; late: too long without contact for their stage."""

    FAN = "fan"
    COMING_BACK = "coming-back"
    UNFINISHED = "unfinished"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment for which a list is asked, and the tau from which on somebody is as warm as that then.

    `late` says of a candidate beside their contact state whether they wait too long; a room above knows.
    """

    now: datetime = BEGINNING
    today: date = date.min
    warmth: Mapping[Warmth, float] = field(default_factory=dict)
    late: ColumnElement[bool] = field(default_factory=false, compare=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates a list shows, in which order; names of labels are all held, stages and signals any of them."""

    text: str = ""
    stages: tuple[Stage, ...] = ()
    owned: Owned = Owned.ALL
    owner_id: int | None = None
    skills: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    origin: str = ""
    region: str = ""
    available_by: date | None = None
    hours: int | None = None
    travel_km: int | None = None
    warmth: tuple[Warmth, ...] = ()
    signals: tuple[Signal, ...] = ()
    spoken: Spoken | None = None
    channel: Channel | None = None
    consent: Agreed | None = None
    referred: bool = False
    order: Order = Order.NAME
    as_of: AsOf = AsOf()

    @property
    def of_owners(self) -> bool:
        """Whether it asks for whom certain people look after."""
        return bool(self.owner_id) or self.owned in (Owned.MINE, Owned.TEAM)


PLACES = {
    "text": "q",
    "stages": "stage",
    "owned": "owner",
    "owner_id": "owner",
    "skills": "skill",
    "certificates": "certificate",
    "tags": "tag",
    "origin": "origin",
    "region": "region",
    "available_by": "available",
    "hours": "hours",
    "travel_km": "travel",
    "warmth": "warmth",
    "signals": "signal",
    "spoken": "spoken",
    "channel": "channel",
    "consent": "consent",
    "referred": "referred",
    "order": "sort",
}
"""Where each fact stands in an address."""

USUAL = Wanted()


def read(address: Address, as_of: AsOf = AsOf()) -> Wanted:
    """What an address asks for; whatever cannot be meant is left out, because anything can be typed there."""
    return Wanted(
        text=_text(address, "q"),
        stages=_choices(address, "stage", Stage),
        owned=_choice(address, "owner", Owned) or Owned.ALL,
        owner_id=_number(address, "owner", LARGEST_ID),
        skills=_names(address, "skill"),
        certificates=_names(address, "certificate"),
        tags=_names(address, "tag"),
        origin=_text(address, "origin"),
        region=_text(address, "region"),
        available_by=as_of.today if _text(address, "available") == "today" else _day(_text(address, "available")),
        hours=_number(address, "hours", MOST_HOURS),
        travel_km=_number(address, "travel", MOST_KM),
        warmth=_choices(address, "warmth", Warmth),
        signals=_choices(address, "signal", Signal),
        spoken=_choice(address, "spoken", Spoken),
        channel=_choice(address, "channel", Channel),
        consent=_choice(address, "consent", Agreed),
        referred=_text(address, "referred") == "yes",
        order=_choice(address, "sort", Order) or Order.NAME,
        as_of=as_of,
    )


def told(wanted: Wanted) -> dict[str, list[str]]:
    """The address that asks for this; what is as usual stays out of it, and today stays today when it is kept."""
    facts = {name: getattr(wanted, name) for name in PLACES}
    if wanted.available_by == wanted.as_of.today:
        facts["available_by"] = "today"
    return {PLACES[name]: _written(value) for name, value in facts.items() if value != getattr(USUAL, name)}


def narrowing(wanted: Wanted) -> list[str]:
    """The facts that narrow the list, in the order of the form."""
    return [name for name in PLACES if name != "order" and getattr(wanted, name) != getattr(USUAL, name)]


def without(wanted: Wanted, fact: str) -> Wanted:
    """The same question with one fact as usual."""
    usual: dict[str, Any] = {fact: getattr(USUAL, fact)}
    return replace(wanted, **usual)


def _written(value: Any) -> list[str]:  # noqa: ANN401 - whatever a fact can be
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return ["yes"] if value is True else [str(value)]


def _text(address: Address, name: str) -> str:
    return " ".join(next(iter(address.get(name, ())), "")[:LONGEST_TEXT].replace("\0", "").split())


def _split(address: Address, name: str) -> Iterator[str]:
    for text in address.get(name, ()):
        yield from (" ".join(part.replace("\0", "").split()) for part in text[:LONGEST_TEXT].split(","))


def _names(address: Address, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, _split(address, name))))[:MOST_NAMES]


def _choices(address: Address, name: str, kind: Callable[[str], Choice]) -> tuple[Choice, ...]:
    known = {str(each): each for each in kind}  # type: ignore[attr-defined] # an enum
    return tuple(each for value, each in known.items() if value in set(_split(address, name)))


def _choice(address: Address, name: str, kind: Callable[[str], Choice]) -> Choice | None:
    return next(iter(_choices(address, name, kind)), None)


def _number(address: Address, name: str, most: int) -> int | None:
    text = _text(address, name)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    return number if 0 < number <= most else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
