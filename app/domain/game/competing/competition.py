"""A competition: its format, its days, for whom it is, and its life from draft to archive."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Format(StrEnum):
    """How it is won; the first three stand in front."""

    TEAM_GOAL = "team_goal"
    THRESHOLD = "threshold"
    TEAMS = "teams"
    MOST = "most"
    FIRST = "first"
    IMPROVEMENT = "improvement"
    HEAD_TO_HEAD = "head_to_head"
    BRACKET = "bracket"


class Metric(StrEnum):
    """What is counted."""

    POINTS = "points"
    HELPED = "helped"
    ANSWERED = "answered"


class Audience(StrEnum):
    """For whom it is."""

    PROGRAM = "program"
    BRANCH = "branch"
    TEAM = "team"
    PEOPLE = "people"


class State(StrEnum):
    """Where it is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    LIVE = "live"
    GRACE = "grace"
    REVIEW = "review"
    FINAL = "final"
    REWARDED = "rewarded"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Competition(Base):
    """From `first` to `last`, both included, in the agency's zone; a draft until `published_at`.

    `goal` is what a team goal, a threshold or a target asks for, in points (of everybody together for a team goal);
    `step` is how many points more give another ticket of the raffle. `audience_ids` are the branches, teams or people
    for whom it is. `own_teams`: people are divided over sides made for it instead of over the agency's teams.
    `by_choice`: who is invited takes part after having said so; else everybody does who does not decline.
    `closes_at` is the end of grace, `seed` what its draws follow from; `seed_hash` is shown
    from publishing on, and is that of the secret of its raffle, which is shown after it.
    `average` is what an available day was worth before, in hundredths of a point, frozen at publishing.
    `key` is that of the form that made it, so that it is one draft however often that arrives.
    """

    __tablename__ = "competition"
    __table_args__ = (Index(None, "program_id", "first"), Index(None, "closes_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(Text, default="")
    format: Mapped[str] = mapped_column(String(12))
    metric: Mapped[str] = mapped_column(String(8), default=Metric.POINTS)
    first: Mapped[date]
    last: Mapped[date]
    audience: Mapped[str] = mapped_column(String(8), default=Audience.PROGRAM)
    audience_ids: Mapped[list[int]] = mapped_column(JSON, default_factory=list)
    own_teams: Mapped[bool] = mapped_column(default=False)
    by_choice: Mapped[bool] = mapped_column(default=False)
    goal: Mapped[int | None] = mapped_column(default=None)
    step: Mapped[int | None] = mapped_column(default=None)
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("budget.id"), default=None)
    seed: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)
    seed_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    average: Mapped[int | None] = mapped_column(default=None)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    final_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    rewarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    cancel_reason: Mapped[str] = mapped_column(String(300), default="")
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True, unique=True, default=None)
