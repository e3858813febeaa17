"""Who must hear at once that somebody's days of work, team or appearance are others now: rooms above listen here."""

from datetime import date
from typing import Protocol, TypeVar

EVERYBODY = None


class Listener(Protocol):
    """Hears who (None: everybody) is concerned from which day to which; `moved`: their place in a team is another."""

    def __call__(self, person_id: int | None, first: date, last: date, *, moved: bool = False) -> None: ...


Heard = TypeVar("Heard", bound=Listener)
_listeners: list[Listener] = []


def listen(listener: Heard) -> Heard:
    """Call this function in the transaction of every change, with whom it concerns and its first and last day."""
    _listeners.append(listener)
    return listener


def changed(person_id: int | None, first: date = date.min, last: date = date.max, *, moved: bool = False) -> None:
    """What a score is weighed by is another thing from the first to the last day, both included."""
    for each in _listeners:
        each(person_id, first, last, moved=moved)
