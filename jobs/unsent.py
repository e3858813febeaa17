"""What a message is answered with that is not sent now: why it need not go any more, or when it may."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Why it need not go out any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may not arrive at this moment; `at` is when it may."""

    at: datetime
