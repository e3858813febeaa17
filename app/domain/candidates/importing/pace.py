"""The pace of an import: how many rows a portion has, and how long others are left alone after it."""

from dataclasses import dataclass, field

LEAST, MOST = 25, 250
"""Rows of a portion: fewer cost more than they help, and more make others wait on any machine."""
HOLDS = 0.1
"""Seconds that a portion holds the database, as near as can be."""
BREATH = 0.01
"""Seconds between portions: whoever waits for the write lock asks every millisecond, and must find it free."""
SHARE = 3
"""So many times as long as a portion took others have the database while they want it."""


@dataclass
class Pace:
    """By how the portion before went: on a busy machine each is smaller, and the import gives way to people."""

    rows: int = field(default_factory=lambda: MOST)

    def rest(self, waited: float, took: float) -> float:
        """Seconds until the next portion, after one that waited for the database and then took so long."""
        if took > 0:
            self.rows = min(MOST, max(LEAST, round(self.rows * HOLDS / took)))
        return SHARE * took if waited > BREATH else BREATH
