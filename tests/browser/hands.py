"""A clock that a test sets, so that days go by between two presses."""

from datetime import datetime

from app import clock


class Hands:
    """It runs on from where it was set."""

    def __init__(self, start: datetime) -> None:
        self.real = clock.now
        self.offset = start - self.real()

    def now(self) -> datetime:
        return self.real() + self.offset

    def set(self, moment: datetime) -> None:
        self.offset = moment - self.real()
