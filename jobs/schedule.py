"""Every recurring job on one screen: its name, how often, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobs import duplicates, exports, feedback, housekeeping, imports, outbox, reminders, retention, settling


@dataclass(frozen=True, slots=True)
class Job:
    """`run` takes the owner of the lease and the present moment."""

    name: str
    every_seconds: int
    run: Callable[[str, datetime], int]


JOBS = (
    Job("reminders", 60, reminders.plan_due),
    Job("outbox", 30, outbox.send_due),
    Job("settling", 15, settling.settle_due),
    Job("exports", 5, exports.make_due),
    Job("imports", 5, imports.work),
    Job("retention", 600, retention.run_due),
    Job("feedback", 600, feedback.ask_due),
    Job("recoveries", 600, feedback.find_broken),
    Job("duplicates", 600, duplicates.run_due),
    Job("housekeeping", 3600, housekeeping.tidy),
)
