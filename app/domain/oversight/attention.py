"""Whether attention is shared fairly: how much of it goes to the tenth of the candidates who get the most."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.oversight.window import Window, starting


@dataclass(frozen=True, slots=True)
class Attention:
    """Of the last four weeks: the contacts, those with the `top` tenth of the candidates, and who had none."""

    candidates: int
    contacts: int
    of_top: int
    without: int

    @property
    def share(self) -> int | None:
        """Of a hundred contacts so many were with the tenth who had the most."""
        return self.of_top * 100 // self.contacts if self.contacts else None


def attention(window: Window) -> Attention | None:
    """From how many candidates were contacted how often; None while that is not known."""
    if window.standing is None:
        return None
    candidates = int(sum(starting(window.standing, "candidates").values()))
    times = {int(number): int(count) for number, count in starting(window.standing, "reached").items()}
    contacts, reached = sum(number * count for number, count in times.items()), sum(times.values())
    return Attention(candidates, contacts, most_of(times, -(-candidates // 10)), max(0, candidates - reached))


def most_of(times: Mapping[int, int], candidates: int) -> int:
    """How many contacts the so many candidates had who had the most, from how many had each number of them."""
    found = 0
    for number in sorted(times, reverse=True):
        taken = min(times[number], candidates)
        found, candidates = found + taken * number, candidates - taken
    return found
