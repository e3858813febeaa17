"""Keeps every batch of events that Bullhorn gives, asks again for those that went astray, and tells what was missed."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import structlog

from app import clock
from app.domain.actions.bullhorn import account, batch, gap
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.record import Entity
from jobs.bullhorn_desk import Desk
from jobs.bullhorn_door import SILENT, NotHeard
from jobs.vendor_answer import BROKEN, FORBIDDEN, UNREADABLE

MOST_EVENTS = 100
FORGOTTEN = "forgotten"
OF_ONE_BATCH = {FORBIDDEN, BROKEN, SILENT, UNREADABLE}
"""Why one batch may not be given while others are."""
Answered = Mapping[str, Any]
Event = Mapping[str, Any]
log = structlog.get_logger()


class Listening:
    """Whoever was cut off between Bullhorn's answer and its keeping finds the same batch again by its number."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def listen(self) -> None:
        """Keep every batch that we do not have, and then every new one; one that is not given holds up no other."""
        last = self._last()
        with self.desk.account() as row:
            account.is_known(row)
            missing = gap.due(row, batch.missing(row, last), clock.now())
        for number in missing:
            if not self.desk.is_over:
                self._fetch_again(number)
        while self._next():
            if self.desk.is_over:
                return
        self.desk.say(_heard)

    def _last(self) -> int:
        """The number of the last batch that Bullhorn gave out to us; whoever is not listening yet begins to.

        A number before those that we have is one of another subscription than ours.
        """
        with self.desk.account() as row:
            listening, kept = row.subscribed_at, row.kept_until
        if listening:
            told = self._ask("/lastRequestId")
            last = None if told is None else _last_of(told, kept)
            if last is not None and last >= kept:
                return last
            self._make_sure()
            self._begin_anew()
        return self._subscribe()

    def _make_sure(self) -> None:
        """A slip of Bullhorn's, or of whoever stands in between, costs us no subscription with all that waits in it.

        Raises:
            NotHeard: it is gone since too short a time.
        """
        if not self.desk.say(lambda row: account.is_lost(row, clock.now())):
            self.desk.door.distrust()
            raise NotHeard(FORGOTTEN)

    def _begin_anew(self) -> None:
        """Ours is gone; what may be left of it there would take one of the fifteen that Bullhorn allows."""
        log.warning("bullhorn_subscription_lost")
        with suppress(NotHeard):
            self._ask(method="DELETE")
        self.desk.subscription = self.desk.say(_lost)

    def _subscribe(self) -> int:
        wanted = {"type": "entity", "names": ",".join(Entity), "eventTypes": "INSERTED,UPDATED,DELETED"}
        last = _whole(self._ask(method="PUT", **wanted) or {}, "lastRequestId")
        self.desk.say(lambda row: _subscribed(row, last))
        return last

    def _ask(self, path: str = "", *, method: str = "GET", **query: object) -> dict[str, Any] | None:
        return self.desk.door.ask(f"event/subscription/{self.desk.subscription}{path}", method=method, **query)

    def _next(self) -> bool:
        """Ask for a new batch and keep it; False when there was nothing new.

        Raises:
            NotHeard: it cannot be kept under its number; by that number it is found missing, and asked for again.
        """
        told = self._ask(maxEvents=MOST_EVENTS)
        if told is None:
            raise NotHeard(UNREADABLE)
        if not (events := _events(told)):
            return False
        number = _whole(told, "requestId")
        self.desk.say(lambda row: batch.keep(row, number, events, clock.now()))
        return True

    def _fetch_again(self, number: int) -> None:
        """Ask for a batch by its number: it is kept, or asked for once more later, and after a day it is lost."""
        if events := self._given(number):
            self.desk.say(lambda row: gap.fill(row, number, events, clock.now()))
        elif self.desk.say(lambda row: gap.not_given(row, number, clock.now())):
            log.warning("bullhorn_batch_gone", number=number)

    def _given(self, number: int) -> list[Event]:
        """The events of this batch; none when it is not given this time, since none was given out empty."""
        try:
            told = self._ask(maxEvents=MOST_EVENTS, requestId=number)
        except NotHeard as none:
            if none.fault not in OF_ONE_BATCH:
                raise
            return []
        return _events(told or {})


def _heard(row: BullhornAccount) -> None:
    gap.oversleep(row, clock.now())
    account.heard(row, clock.now())


def _lost(row: BullhornAccount) -> str:
    """The name under which we listen from now on."""
    gap.begin(row, clock.now())
    account.begin_anew(row)
    return row.subscription


def _subscribed(row: BullhornAccount, last: int) -> None:
    gap.take_over(row, clock.now())
    account.subscribed(row, last, clock.now())
    gap.end(clock.now())


def _events(told: Answered) -> list[Event]:
    found = told.get("events")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _last_of(told: Answered, kept: int) -> int:
    """What it gave out last; null says that it gave out nothing, and so nothing that we do not have."""
    return kept if told.get("result", "") is None else _whole(told, "result")


def _whole(told: Answered, name: str) -> int:
    """A number that it must name.

    Raises:
        NotHeard: it does not; nothing may be concluded from that.
    """
    found = told.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 2**31:
        raise NotHeard(UNREADABLE)
    return found
