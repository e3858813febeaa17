"""Every recurring job on one screen: its name, how often, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobs import duplicates, exports, housekeeping, imports, outbox, reminders, retention


@dataclass(frozen=True, slots=True)
class Job:
    """`run` takes the owner of the lease and the present moment."""

    name: str
    every_seconds: int
    run: Callable[[str, datetime], int]


JOBS = (
    Job("reminders", 60, reminders.plan_due),
    Job("outbox", 30, outbox.send_due),
    Job("exports", 5, exports.make_due),
    Job("imports", 5, imports.work),
    Job("retention", 600, retention.run_due),
    Job("duplicates", 600, duplicates.run_due),
    Job("housekeeping", 3600, housekeeping.tidy),
)
