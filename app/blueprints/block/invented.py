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
from app.domain.scoring.engagement import WARM, Score
from app.domain.scoring.priority import Contribution, restored
from app.domain.scoring.ranking import Ranked
from app.domain.scoring.situation import Situation
from app.language import gettext as _
from app.words.conversation import talking_points as points_for
from app.words.messages import Prepared
from app.words.ways import Ready

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
    def ways(self) -> tuple[Ready, ...]:
        said = Prepared("", "", AT_OUTCOMES, "")
        return tuple(Ready(Choice(way.channel, way.address, way.href), said, "", "") for way in self.next_up.links)

    @property
    def talking_points(self) -> list[str]:
        return points_for(self.next_up)


def invented(now: datetime, zone: ZoneInfo) -> list[Invented]:
    """All three, as of now."""
    return [_promised(now, zone), _unfinished(now, zone), _silent(now, zone)]


def _promised(now: datetime, zone: ZoneInfo) -> Invented:
    agreed, tried = now - clock.DAY, now - 5 * clock.DAY
    facts = Situation(
        candidate_id=0,
        registered_at=0,
        promise_at=agreed.timestamp(),
        promise_due_on=clock.local_day(agreed, zone),
        unanswered=(tried.timestamp(),),
    )
    why = _because(facts, promise=5400, engagement=970, fatigue=-333)
    history = [
        Happened(_("No answer"), tried, _("you")),
        Happened(_("Looked at a vacancy"), now - 9 * clock.DAY),
        Happened(_("Conversation"), now - 12 * clock.DAY, _("you")),
    ]
    candidate = _candidate(_("Noor Example"), _("Welder"), Stage.NURTURE, now)
    return Invented(_next_up(candidate, why, (Channel.PHONE, Channel.WHATSAPP), _score(24, now), (now, zone)), history)


def _unfinished(now: datetime, zone: ZoneInfo) -> Invented:
    began = now - 5 * HOUR
    facts = Situation(
        candidate_id=0, registered_at=0, trigger_at=began.timestamp(), trigger_kind="unfinished_application"
    )
    why = _because(facts, trigger=2227, engagement=2525, fresh=545)
    history = [Happened(_("Began an application"), began), Happened(_("Clicked in a mail"), now - 2 * clock.DAY)]
    candidate = _candidate(_("Sem Example"), _("Planner"), Stage.ENGAGE, now)
    return Invented(_next_up(candidate, why, (Channel.WHATSAPP, Channel.PHONE), _score(63, now), (now, zone)), history)


def _silent(now: datetime, zone: ZoneInfo) -> Invented:
    tried = now - 96 * clock.DAY
    facts = Situation(
        candidate_id=0,
        registered_at=0,
        last_attempt_at=tried.timestamp(),
        consent_until=(now + 10 * clock.DAY).timestamp(),
    )
    why = _because(facts, neglect=1425, cadence=1000, consent=262)
    history = [Happened(_("Message sent"), tried, _("a colleague"))]
    candidate = _candidate(_("Vera Example"), _("Receptionist"), Stage.ATTRACT, now)
    return Invented(_next_up(candidate, why, (Channel.EMAIL,), _score(3, now), (now, zone)), history)


def _candidate(name: str, role: str, stage: Stage, now: datetime) -> Candidate:
    known = now - 120 * clock.DAY
    return Candidate(name=name, sort_name=name, role_sought=role, stage=stage, registered_at=known, updated_at=known)


def _because(facts: Situation, **hundredths: int) -> tuple[Contribution, ...]:
    return tuple(restored(component, amount, facts) for component, amount in hundredths.items())


def _score(shown: float, now: datetime) -> Score:
    return Score(shown, shown, now + 20 * clock.DAY if shown > WARM else None, now.timestamp())


def _next_up(
    candidate: Candidate,
    why: tuple[Contribution, ...],
    channels: tuple[Channel, ...],
    score: Score,
    asked: tuple[datetime, ZoneInfo],
) -> NextUp:
    total = sum(one.hundredths for one in why)
    return NextUp(
        candidate=candidate,
        ranked=Ranked(0, total, why, slot="longest_waiting" if candidate.stage == Stage.ATTRACT else "ranked"),
        channel=channels[0],
        links=tuple(Way(channel, "", AT_OUTCOMES) for channel in channels),
        score=score,
        again_from=None,
        asked_at=asked[0],
        zone=asked[1],
    )
