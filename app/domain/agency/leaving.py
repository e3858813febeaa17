"""Who must hear at once that somebody leaves: rooms above end here by what else somebody is let in or told."""

from datetime import datetime
from typing import Protocol, TypeVar


class Listener(Protocol):
    """Hears who leaves, and when; of somebody who left before it may hear again."""

    def __call__(self, person_id: int, at: datetime, /) -> None: ...


Heard = TypeVar("Heard", bound=Listener)
_listeners: list[Listener] = []


def listen(listener: Heard) -> Heard:
    """Call this function in the transaction in which somebody's access ends."""
    _listeners.append(listener)
    return listener


def left(person_id: int, at: datetime) -> None:
    """Nothing that was given to somebody before opens or tells anything from now on."""
    for each in _listeners:
        each(person_id, at)
