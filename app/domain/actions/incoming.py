"""Events that other systems send: what candidates did, who they are, and what recruiters logged elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.actions import arriving, browsing, elsewhere, in_order, introducing, joining, knowing
from app.domain.actions.arriving import Arrival
from app.domain.actions.event import (
    Became,
    Event,
    Fate,
    Happened,
    Introduced,
    Logged,
    Passed,
    Refusal,
    Sender,
    Subject,
)
from app.domain.actions.knowing import Circle
from app.domain.journey import event_name, touchpoint_kind, unknown_kind, visit
from app.domain.journey.touchpoint_kind import REPLY, Meaning
from app.domain.journey.visit import Kept, Waiting

__all__ = [
    "Became",
    "Event",
    "Fate",
    "Happened",
    "Introduced",
    "Logged",
    "Passed",
    "Refusal",
    "Sender",
    "Subject",
    "take_in_events",
]
KEPT: Mapping[Kept, Fate | Refusal] = {
    Kept.FRESH: Fate.WAITING,
    Kept.KNOWN: Fate.DUPLICATE,
    Kept.TOO_MANY: Refusal.TOO_MANY,
}


def take_in_events(sender: Sender, events: Sequence[Event], now: datetime) -> list[Became]:
    """Take at most five hundred events in; the answers are in their order. Who is introduced is known to them all."""
    subjects = [event.subject for event in events if not isinstance(event, Passed)]
    circle = knowing.circle(sender, subjects)
    if introducing.waits([event.subject for event in events if isinstance(event, Introduced)], circle):
        circle = knowing.circle(sender, subjects)  # others may have introduced them while we waited
    in_order.hold(sender, events, circle, now)
    portion = _Portion(sender, now, circle)
    introduced = {
        number: introducing.introduce(event.subject, portion.circle, sender, now)
        for number, event in enumerate(events)
        if isinstance(event, Introduced)
    }
    kinds = unknown_kind.kinds_of({e.event for e in events if isinstance(e, Happened)})
    for number, event in enumerate(events):
        if isinstance(event, Passed):
            portion.became[number] = Became(Fate.PASSED)
        elif isinstance(event, Introduced):
            portion.introduced(number, event, introduced[number])
        elif isinstance(event, Logged):
            portion.logged(number, event)
        else:
            portion.happened(number, event.in_time(now), kinds)
    portion.settle()
    return [portion.became[number] for number in range(len(events))]


@dataclass
class _Portion:
    """Events of one sender; what candidates and visitors did is taken in together, once it is known who is who."""

    sender: Sender
    now: datetime
    circle: Circle
    became: dict[int, Became] = field(default_factory=dict)
    done: dict[int, tuple[Happened, str, int | None]] = field(default_factory=dict)
    looked: list[tuple[Happened, int | None]] = field(default_factory=list)

    def introduced(self, number: int, event: Introduced, became: Became) -> None:
        self.became[number] = became
        if became.candidate_id is not None:
            self.circle.meet(event.subject, became.candidate_id)

    def logged(self, number: int, event: Logged) -> None:
        who = self.circle.who(event.subject) if self.sender.trusted else Refusal.NOT_TRUSTED
        if isinstance(who, int):
            self.became[number] = elsewhere.log(event, who, self.now)
            self.circle.meet(event.subject, who)
        else:
            self.became[number] = Became(who or Refusal.UNKNOWN_CANDIDATE)

    def happened(self, number: int, event: Happened, kinds: Mapping[str, str | None]) -> None:
        """Find out who did it, and put it aside until all are known."""
        who = self.circle.who(event.subject)
        if isinstance(who, int):
            self.circle.meet(event.subject, who)
        if not isinstance(who, Refusal) and not self.sender.trusted:
            self.looked.append((event, who))
        kind = kinds.get(event.event)
        if kind == REPLY and not self.sender.trusted:
            who = Refusal.NOT_TRUSTED  # it pays whoever wrote, and anybody could say it
        if kind and not isinstance(who, Refusal):
            self.done[number] = event, kind, who
        else:
            self.became[number] = self._without_kind(event_name.folded(event.event), who)

    def _without_kind(self, name: str, who: int | Refusal | None) -> Became:
        """What becomes of an event that is no touchpoint, or of nobody."""
        if name == event_name.TEST:
            return Became(Fate.TESTED)
        if isinstance(who, Refusal):
            return Became(who)
        looked = name == event_name.SEEN and not self.sender.trusted
        return Became(Fate.ACCEPTED if looked else Fate.PASSED, who)

    def settle(self) -> None:
        """Join whoever was introduced, and take in what was put aside."""
        joining.join(self.circle.joined, self.circle.behind, self.sender.source_id, self.now)
        glances = [browsing.glance(event, self._whose(event, who)) for event, who in self.looked]
        looked = browsing.moments(glances)
        meanings = touchpoint_kind.meanings({kind for _, kind, _ in self.done.values()})
        arrivals: dict[int, Arrival] = {}
        waiting: dict[int, Waiting] = {}
        for number, (told, kind, who) in self.done.items():
            event, whose = self._judged(told, meanings[kind], looked), self._whose(told, who)
            if whose is None:
                waiting[number] = _waiting(event, kind, self.sender.source_id)
            else:
                arrivals[number] = Arrival(event, kind, whose)
        self._take_in(arrivals)
        self._keep(waiting)
        browsing.look_back(glances, self.now)

    def _whose(self, event: Happened, who: int | None) -> int | None:
        """A visitor who was introduced later in this portion is known after all."""
        return self.circle.joined.get(event.subject.anonymous_id) if who is None else who

    def _judged(self, event: Happened, meaning: Meaning, looked: Mapping[str, list[datetime]]) -> Happened:
        return event if self.sender.trusted else browsing.judged(event, meaning.role, looked)

    def _take_in(self, arrivals: Mapping[int, Arrival]) -> None:
        fates = arriving.take_in(list(arrivals.values()), self.sender.mark, self.now)
        for (number, arrival), fate in zip(arrivals.items(), fates, strict=True):
            self.became[number] = Became(fate, arrival.candidate_id)

    def _keep(self, waiting: Mapping[int, Waiting]) -> None:
        kept = visit.keep(self.sender.source_id, list(waiting.values()), self.now) if waiting else []
        for number, fate in zip(waiting, kept, strict=True):
            self.became[number] = Became(KEPT[fate])


def _waiting(event: Happened, kind: str, source_id: int) -> Waiting:
    return Waiting(
        source_id,
        event.message_id,
        event.subject.anonymous_id,
        kind,
        event.at,
        event.verdict,
        event.vacancy,
        event.payload,
    )
