"""Every recurring job on one screen: its name, how often, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jobs import (
    abandoned,
    alerts,
    badges,
    boards,
    competitions,
    contest_letters,
    duplicates,
    exports,
    fans,
    feedback,
    housekeeping,
    imports,
    invitations,
    mapping,
    outbox,
    publication,
    reconciliation,
    reminders,
    retention,
    reward_letters,
    rewards,
    rules,
    settling,
    streaks,
    team_credit,
    unusual,
    visits,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` takes the owner of the lease and the present moment."""

    name: str
    every_seconds: int
    run: Callable[[str, datetime], int]


JOBS = (
    Job("boards", 60, boards.rebuild_due),
    Job("competitions", 60, competitions.carry_on),
    Job("reminders", 60, reminders.plan_due),
    Job("letters of competitions", 60, contest_letters.plan_due),
    Job("alerts", 30, alerts.plan_due),
    Job("block invitations", 300, invitations.plan_due),
    Job("unfinished applications", 60, abandoned.find_stopped),
    Job("outbox", 30, outbox.send_due),
    Job("settling", 15, settling.settle_due),
    Job("exports", 5, exports.make_due),
    Job("imports", 5, imports.work),
    Job("publication", 5, publication.work),
    Job("mapping", 5, mapping.follow),
    Job("visits", 60, visits.tidy),
    Job("retention", 600, retention.run_due),
    Job("reconciliation", 600, reconciliation.run_due),
    Job("feedback", 600, feedback.ask_due),
    Job("rules", 60, rules.publish_due),
    Job("streaks", 600, streaks.settle_due),
    Job("unusual", 600, unusual.look_due),
    Job("team credit", 3600, team_credit.credit_due),
    Job("recoveries", 600, feedback.find_broken),
    Job("applications let go", 600, abandoned.let_go),
    Job("duplicates", 600, duplicates.run_due),
    Job("fans", 600, fans.cool_due),
    Job("badges", 3600, badges.give_due),
    Job("reward letters", 60, reward_letters.plan_due),
    Job("redemptions", 600, rewards.expire_due),
    Job("lapsing coins", 3600, rewards.lapse_due),
    Job("old alerts", 86_400, alerts.forget_old),
    Job("housekeeping", 3600, housekeeping.tidy),
)
