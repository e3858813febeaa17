"""A contact as it was reported, and which of the program's action kinds it counts as."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from app.domain.actions.outcome import KINDS, Outcome
from app.domain.agency.person import Role
from app.domain.candidates import reach
from app.domain.candidates.identity import Channel
from app.domain.game.ledger import BONUS, EARN, Entry
from app.domain.program.kind_rule import KindRule

LONGEST_AGO = timedelta(days=7)
CLOCK_SKEW = timedelta(minutes=5)
FARTHEST = timedelta(days=731)
IMPORTED = "import"


class NotLoggable(Exception):  # noqa: N818 - the subclasses say what is the case
    """The action cannot be logged; nothing was written."""


class TooOld(NotLoggable):
    """It happened more than seven days ago, and only a log that is imported may bring that."""


class InTheFuture(NotLoggable):
    """It would happen more than five minutes from now."""


class UnknownKind(NotLoggable):
    """The program has no such action kind, or does not log it any more."""


class DateNeeded(NotLoggable):
    """What is promised has a date after the contact itself, within two years; "later" is a promise."""


class KeyReused(NotLoggable):
    """The key, or the id at the source, belongs to another action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`person_id` None: a system did it. `day` is the agency's local day on which it counts.

    `brought`: by a file, though it is of a system that tells such things as they happen.
    """

    person_id: int | None
    team_id: int | None
    candidate_id: int
    outcome: Outcome
    kind: str | None
    at: datetime
    now: datetime
    day: date
    zone: ZoneInfo
    program_id: int
    channel: Channel | None = None
    note: str = ""
    promise_at: datetime | None = None
    promise_channel: Channel | None = None
    key: bytes | None = None
    source: str = "page"
    external_id: str | None = None
    brought: bool = False

    @property
    def is_imported(self) -> bool:
        """Whether it is the past that a file brought, and news to nobody."""
        return self.brought or self.source == IMPORTED

    @property
    def where(self) -> str:
        """Where it counts for how well the candidate is reached: its channel and part of the day."""
        return reach.place(self.channel, self.at, self.zone)

    def row(self, kind_id: int, points: int, reason: str | None) -> dict[str, object]:
        """The columns of the engagement action that it becomes."""
        return {
            "person_id": self.person_id,
            "candidate_id": self.candidate_id,
            "kind_id": kind_id,
            "outcome": self.outcome,
            "channel": self.channel,
            "occurred_at": self.at,
            "local_date": self.day,
            "recorded_at": self.now,
            "source": self.source,
            "external_id": self.external_id,
            "key": self.key,
            "note": self.note or None,
            "points": points,
            "award_reason": reason,
            "undone_at": None,
            "undone_by_id": None,
            "brought": self.is_imported,
        }

    def entry(
        self, rule: KindRule, action_id: int, points: int, reason: str, nth: int | None = None, *, line: int = 0
    ) -> Entry:
        """The columns of the ledger row that it earns; after the first line they are bonuses.

        To the ledger whatever a file brought was imported.
        """
        return {
            "program_id": self.program_id,
            "person_id": cast("int", self.person_id),
            "team_id": self.team_id,
            "kind": BONUS if line else EARN,
            "action_kind_id": rule.kind_id,
            "rule_version": rule.version,
            "points": points,
            "reason": reason,
            "occurred_at": self.at,
            "local_date": self.day,
            "recorded_at": self.now,
            "source": IMPORTED if self.is_imported else self.source,
            "candidate_id": self.candidate_id,
            "source_kind": "action",
            "source_id": action_id,
            "nth": nth,
            "key": self.key,
            "line": line,
            "actor_id": self.person_id,
        }


def check(outcome: Outcome, at: datetime, now: datetime, promise_at: datetime | None, source: str) -> None:
    """Refuse what people cannot log; a log that is imported brings what there was.

    Raises:
        NotLoggable: too old, in the future, or without the date that it needs.
    """
    if source == IMPORTED:
        return
    if at > now + CLOCK_SKEW:
        raise InTheFuture
    if at < now - LONGEST_AGO:
        raise TooOld
    if outcome is Outcome.LATER and promise_at is None:
        raise DateNeeded
    if promise_at is not None and not at < promise_at <= now + FARTHEST:
        raise DateNeeded


def check_whose(rules: Mapping[str, KindRule], kind: str | None, role: Role) -> None:
    """Refuse a kind that only team members log to anybody else.

    Raises:
        UnknownKind: it is theirs.
    """
    rule = rules.get(kind or "")
    if rule is not None and rule.for_members and role != Role.MEMBER:
        raise UnknownKind(kind)


def plain_rule(rules: Mapping[str, KindRule], outcome: Outcome, kind: str | None) -> KindRule:
    """The kind that was named, else the outcome's own.

    Raises:
        UnknownKind: it is not among the rules of the day, or the outcome has no kind of its own.
    """
    code = kind or KINDS.get(outcome)
    if code is None or code not in rules:
        raise UnknownKind(code)
    return rules[code]
