"""A draw that anybody can repeat: the same seed, list and counter always bring out the same ticket.

HMAC-SHA256 (RFC 2104) of the list's hash and a counter under the seed gives eight bytes; a number that would favour
some tickets over others is thrown away and the next counter is taken (rejection sampling).
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

BYTES = 8
LARGEST = 1 << (8 * BYTES)
MOST_TICKETS = 10
LONG = 16
"""So many hexadecimal digits has a code."""


class Drawn(NamedTuple):
    """Ticket number `ticket`, from 0, among those that were left; it is this person's."""

    ticket: int
    person_id: int


def tickets(score: int, goal: int, step: int) -> int:
    """None below the goal, one at it, another for every step beyond it, ten at most."""
    return 0 if score < goal else min(MOST_TICKETS, 1 + (score - goal) // step)


def secret(seed: bytes) -> bytes:
    """Under which a raffle is drawn, and which is shown after it; the seed cannot be found from it."""
    return _said(seed, "raffle")


def code(seed: bytes, person_id: int) -> str:
    """By which somebody stands on the list of a raffle; without the seed nobody finds out who it is."""
    return _said(seed, f"person {person_id}").hex()[:LONG]


def digest(text: str | bytes) -> str:
    """The SHA-256 by which a list or a seed is committed to, as hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def draw(seed: bytes, list_hash: str, held: Mapping[int, int], number: int) -> list[Drawn]:
    """So many prizes one after another; whoever wins one leaves with all their tickets. Fewer when nobody is left."""
    left = {person_id: count for person_id, count in sorted(held.items()) if count}
    numbers, drawn = _numbers(seed, list_hash), list[Drawn]()
    while left and len(drawn) < number:
        ticket = _below(sum(left.values()), numbers)
        drawn.append(Drawn(ticket, _owner(left, ticket)))
        del left[drawn[-1].person_id]
    return drawn


def order(seed: bytes, label: str, people: Iterable[int]) -> list[int]:
    """An order that nobody can choose: whoever drops out changes nothing between the others."""
    return sorted(people, key=lambda each: _said(seed, f"{label} {each}"))


def _said(seed: bytes, what: str) -> bytes:
    return hmac.new(seed, what.encode(), hashlib.sha256).digest()


def _numbers(seed: bytes, list_hash: str) -> Iterator[int]:
    counter = 0
    while True:
        yield int.from_bytes(_said(seed, f"{list_hash}|{counter}")[:BYTES], "big")
        counter += 1


def _below(count: int, numbers: Iterator[int]) -> int:
    fair = LARGEST - LARGEST % count
    return next(number for number in numbers if number < fair) % count


def _owner(left: Mapping[int, int], ticket: int) -> int:
    for person_id, count in left.items():
        if ticket < count:
            return person_id
        ticket -= count
    raise LookupError(ticket)
