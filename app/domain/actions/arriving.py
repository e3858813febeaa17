"""What candidates did, on its way in: kept as far as they agreed to be followed, and clicks wait for their verdict."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.domain.actions import verdicts
from app.domain.actions.event import Fate, Happened
from app.domain.actions.response import Taken, take_in_many
from app.domain.candidates import following
from app.domain.journey import machine, touchpoint_kind
from app.domain.journey.machine import Verdict
from app.domain.journey.settling import Click
from app.domain.journey.touchpoint import Hit
from app.domain.journey.touchpoint_kind import IN_MAIL, Meaning


class Arrival(NamedTuple):
    """An event whose kind is known, and the candidate who did it."""

    event: Happened
    kind: str
    candidate_id: int

    def at_once(self) -> "Arrival":
        """Without a message in which it would have to settle."""
        return self._replace(event=self.event._replace(message=""))

    def hit(self, mark: str) -> Hit:
        """The touchpoint that it is, of a source."""
        event = self.event
        verdict = machine.at_first(Verdict(event.verdict), event.message)
        return Hit(
            self.candidate_id,
            self.kind,
            event.at,
            mark,
            event.message_id,
            verdict=verdict,
            payload=event.payload,
            vacancy=event.vacancy,
        )


def take_in(arrivals: Sequence[Arrival], mark: str, now: datetime) -> list[Fate]:
    """Take at most five hundred in, of the source of this mark; the answers are in their order."""
    meanings = touchpoint_kind.meanings({each.kind for each in arrivals})
    told = [each if _may_be_scanned(each, meanings[each.kind]) else each.at_once() for each in arrivals]
    taken = take_followed([each.hit(mark) for each in told], now)
    clicks = [
        Click(one.touchpoint_id, *_click(each, mark))
        for each, one in zip(told, taken, strict=True)
        if each.event.message and one is not None and one.touchpoint_id is not None
    ]
    if clicks:
        verdicts.watch(clicks, now)
    return [_fate(one) for one in taken]


def _may_be_scanned(arrival: Arrival, meaning: Meaning) -> bool:
    """A scanner opens mails and follows their links, whatever their source calls that; it fills in no form."""
    return arrival.kind in IN_MAIL or (meaning.is_watching and "mail" in arrival.event.event.casefold())


def _click(arrival: Arrival, mark: str) -> tuple[int, str, str, str, datetime, Verdict]:
    event = arrival.event
    return arrival.candidate_id, mark, event.message, event.link, event.at, Verdict(event.verdict)


def _fate(taken: Taken | None) -> Fate:
    if taken is None:
        return Fate.UNFOLLOWED
    return Fate.ACCEPTED if taken.fresh else Fate.DUPLICATE


def take_followed(hits: Sequence[Hit], now: datetime, *, silent: bool = False) -> list[Taken | None]:
    """Take touchpoints in, but for what somebody only looked at who does not want to be followed: None."""
    if not hits:
        return []
    meanings = touchpoint_kind.meanings({hit.kind for hit in hits})
    watched = {hit.candidate_id for hit in hits if meanings[hit.kind].is_watching}
    closed = following.unfollowed(watched) if watched else set()
    kept = [hit for hit in hits if not (hit.candidate_id in closed and meanings[hit.kind].is_watching)]
    taken: Mapping[int, Taken] = dict(zip(map(id, kept), take_in_many(kept, now, silent=silent), strict=True))
    return [taken.get(id(hit)) for hit in hits]
