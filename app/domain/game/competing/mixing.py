"""What prizes a format can give, and a total divided over them to begin with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.game.competing.competition import Format
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.splitting import MIX, WHOLE, by_percentage, by_share

RAFFLED = 3
"""So many prizes of the raffle a total is divided over."""
PLACED: Mapping[str, int] = {"1": 50, "2": 30, "3": 20}
"""What the first three places get of what is for places, in percentages."""


def kinds_for(format_: Format) -> Sequence[PrizeKind]:
    """The kinds of prizes that can be won in a format; a raffle needs a threshold, a team's prize teams."""
    by_format = {Format.THRESHOLD: PrizeKind.RAFFLE, Format.TEAM_GOAL: PrizeKind.TEAM, Format.TEAMS: PrizeKind.TEAM}
    own = [by_format[format_]] if format_ in by_format else []
    return [*own, PrizeKind.PLACE, PrizeKind.SURPRISE]


def mix_for(format_: Format) -> dict[str, int]:
    """The usual mix over the kinds that a format has, in percentages."""
    return by_share(WHOLE, {str(kind): MIX[kind] for kind in kinds_for(format_)})


class Start(NamedTuple):
    """A prize to begin with; `cents` is what one of them is worth."""

    kind: PrizeKind
    cents: int
    place: int | None = None
    number: int = 1


def spread(cents: int, format_: Format) -> list[Start]:
    """A total as prizes by the usual mix; what cannot be divided stays in the budget."""
    parts = by_percentage(cents, mix_for(format_))
    return [start for kind in kinds_for(format_) for start in _starts(kind, parts[kind]) if start.cents]


def _starts(kind: PrizeKind, cents: int) -> Iterator[Start]:
    if kind == PrizeKind.PLACE:
        yield from (Start(kind, each, int(place)) for place, each in by_percentage(cents, PLACED).items())
    elif kind == PrizeKind.RAFFLE:
        yield Start(kind, cents // RAFFLED, number=RAFFLED)
    else:
        yield Start(kind, cents)
