"""Every recurring job on one screen: its name and what it does; app/domain/notices/rhythm.py says how often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.domain.notices.rhythm import EVERY
from jobs import (
    abandoned,
    badges,
    boards,
    bullhorn,
    carerix,
    chats,
    competitions,
    due_letters,
    duplicates,
    exports,
    fans,
    feedback,
    figures,
    housekeeping,
    imports,
    lab,
    mapping,
    outbox,
    plan,
    provider_events,
    publication,
    reconciliation,
    retention,
    rewards,
    rules,
    settling,
    streaks,
    team_credit,
    unusual,
    visits,
    webhooks,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` takes the owner of the lease and the present moment; `by_all` is done by every process, not by one."""

    name: str
    every_seconds: int
    run: Callable[[str, datetime], int]
    by_all: bool = False


RUNS: Mapping[str, Callable[[str, datetime], int]] = MappingProxyType(
    {
        "boards": boards.rebuild_due,
        "competitions": competitions.carry_on,
        "reminders": due_letters.reminders,
        "regular letters": due_letters.regular,
        "letters of competitions": due_letters.competitions,
        "alerts": due_letters.alerts,
        "block invitations": due_letters.block_invitations,
        "unfinished applications": abandoned.find_stopped,
        "outbox": outbox.send_due,
        "messages for chats": chats.plan_due,
        "chats": chats.send_due,
        "webhooks": webhooks.send_due,
        "settling": settling.settle_due,
        "provider events": provider_events.settle_due,
        "bullhorn": bullhorn.poll,
        "scores for carerix": carerix.plan_due,
        "carerix": carerix.send_due,
        "exports": exports.make_due,
        "imports": imports.work,
        "publication": publication.work,
        "mapping": mapping.follow,
        "visits": visits.tidy,
        "retention": retention.run_due,
        "reconciliation": reconciliation.run_due,
        "feedback": feedback.ask_due,
        "rules": rules.publish_due,
        "streaks": streaks.settle_due,
        "unusual": unusual.look_due,
        "team credit": team_credit.credit_due,
        "recoveries": feedback.find_broken,
        "applications let go": abandoned.let_go,
        "duplicates": duplicates.run_due,
        "fans": fans.cool_due,
        "badges": badges.give_due,
        "figures": figures.keep_up,
        "goals": plan.settle_goals,
        "pulse": plan.open_pulse,
        "reward letters": due_letters.rewards,
        "redemptions": rewards.expire_due,
        "lapsing coins": rewards.lapse_due,
        "housekeeping": housekeeping.tidy,
        "lab": lab.work_due,
    }
)
BY_ALL = frozenset({"outbox", "chats", "webhooks"})
"""What each process takes for itself, row by row, so that several send more than one."""

JOBS = tuple(Job(name, EVERY[name], run, name in BY_ALL) for name, run in RUNS.items())
