"""How often every recurring job runs, in seconds; jobs/schedule.py says what each of them does."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

MINUTE, HOUR = 60, 3_600

EVERY: Mapping[str, int] = MappingProxyType(
    {
        "boards": MINUTE,
        "competitions": MINUTE,
        "reminders": MINUTE,
        "regular letters": MINUTE,
        "letters of competitions": MINUTE,
        "alerts": 30,
        "block invitations": 5 * MINUTE,
        "unfinished applications": MINUTE,
        "outbox": 30,
        "messages for chats": 30,
        "chats": 15,
        "webhooks": 5,
        "settling": 15,
        "provider events": 15,
        "bullhorn": MINUTE,
        "scores for carerix": HOUR,
        "carerix": 30,
        "exports": 5,
        "imports": 5,
        "publication": 5,
        "mapping": 5,
        "visits": MINUTE,
        "retention": 10 * MINUTE,
        "reconciliation": 10 * MINUTE,
        "feedback": 10 * MINUTE,
        "rules": MINUTE,
        "streaks": 10 * MINUTE,
        "unusual": 10 * MINUTE,
        "team credit": HOUR,
        "recoveries": 10 * MINUTE,
        "applications let go": 10 * MINUTE,
        "duplicates": 10 * MINUTE,
        "fans": 10 * MINUTE,
        "badges": HOUR,
        "figures": MINUTE,
        "goals": HOUR,
        "pulse": HOUR,
        "reward letters": MINUTE,
        "redemptions": 10 * MINUTE,
        "lapsing coins": HOUR,
        "housekeeping": HOUR,
        "lab": 5,
    }
)


def next_run(name: str, started: datetime | None, now: datetime) -> datetime:
    """When a job is due; at once when it never ran, and never in the past."""
    return max(now, started + timedelta(seconds=EVERY[name])) if started else now
