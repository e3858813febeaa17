"""The three candidates of the practice queue: invented, each with a reason of another kind to be contacted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions.channel_rule import Choice
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.identity import Way
from app.domain.scoring.contact_next import NextUp
from app.domain.scoring.engagement import Score
from app.domain.scoring.priority import Contribution, Fact
from app.domain.scoring.ranking import Ranked
from app.language import gettext as _
from app.words.conversation import talking_points as points_for

HOUR = timedelta(hours=1)
AT_OUTCOMES = "#queue-outcome"
"""Where the channels of somebody who does not exist lead."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of what went before."""

    what: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Invented:
    """A card of the practice queue."""

    next_up: NextUp
    history: Sequence[Happened]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(way.channel, way.address, way.href) for way in self.next_up.links)

    @property
    def talking_points(self) -> list[str]:
        return points_for(self.next_up)


def invented(now: datetime, zone: ZoneInfo) -> list[Invented]:
    """All three, as of now."""
    return [_promised(now, zone), _unfinished(now, zone), _silent(now, zone)]


def _promised(now: datetime, zone: ZoneInfo) -> Invented:
    candidate = _candidate(_("Noor Example"), _("Welder"), Stage.NURTURE, now)
    agreed = now - clock.DAY
    why = (
        _because("promise", 5400, promise_at=agreed.timestamp(), promise_due_on=agreed.date()),
        _because("engagement", 970),
        _because("fatigue", -333, unanswered=((now - 5 * clock.DAY).timestamp(),)),
    )
    history = [
        Happened(_("No answer"), now - 5 * clock.DAY, _("you")),
        Happened(_("Looked at a vacancy"), now - 9 * clock.DAY),
        Happened(_("Conversation"), now - 12 * clock.DAY, _("you")),
    ]
    return Invented(_next_up(candidate, why, [Channel.PHONE, Channel.WHATSAPP], 24.0, now, zone), history)


def _unfinished(now: datetime, zone: ZoneInfo) -> Invented:
    candidate = _candidate(_("Sem Example"), _("Planner"), Stage.ENGAGE, now)
    why = (
        _because("trigger", 2227, trigger_at=(now - 5 * HOUR).timestamp(), trigger_kind="unfinished_application"),
        _because("engagement", 2525),
        _because("fresh", 545),
    )
    history = [
        Happened(_("Began an application"), now - 5 * HOUR),
        Happened(_("Clicked in a mail"), now - 2 * clock.DAY),
    ]
    return Invented(_next_up(candidate, why, [Channel.WHATSAPP, Channel.PHONE], 63.0, now, zone), history)


def _silent(now: datetime, zone: ZoneInfo) -> Invented:
    candidate = _candidate(_("Vera Example"), _("Receptionist"), Stage.ATTRACT, now)
    tried = (now - 96 * clock.DAY).timestamp()
    why = (
        _because("neglect", 1425),
        _because("cadence", 1000, last_attempt_at=tried),
        _because("consent", 262, consent_until=(now + 10 * clock.DAY).timestamp()),
    )
    history = [Happened(_("Message sent"), now - 96 * clock.DAY, _("a colleague"))]
    return Invented(_next_up(candidate, why, [Channel.EMAIL], 3.0, now, zone), history)


def _candidate(name: str, role: str, stage: Stage, now: datetime) -> Candidate:
    known = now - 120 * clock.DAY
    return Candidate(name=name, sort_name=name, role_sought=role, stage=stage, registered_at=known, updated_at=known)


def _because(component: str, hundredths: int, **facts: Fact) -> Contribution:
    size = abs(hundredths)
    strength = "strong" if size >= 2000 else "medium" if size >= 800 else "light"
    return Contribution(component, hundredths, strength, facts)


def _next_up(
    candidate: Candidate,
    why: tuple[Contribution, ...],
    channels: Sequence[Channel],
    shown: float,
    now: datetime,
    zone: ZoneInfo,
) -> NextUp:
    total = sum(one.hundredths for one in why)
    return NextUp(
        candidate=candidate,
        ranked=Ranked(0, total, why, slot="longest_waiting" if candidate.stage == Stage.ATTRACT else "ranked"),
        channel=channels[0],
        links=tuple(Way(channel, "", AT_OUTCOMES) for channel in channels),
        score=Score(shown, shown, now + 20 * clock.DAY if shown > 25 else None, now.timestamp()),  # noqa: PLR2004
        again_from=None,
        asked_at=now,
        zone=zone,
    )
