"""Asks Bullhorn what is new, keeps each batch before anything is done with it, and settles what was kept."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import current_app

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account, batch, meaning, people, record
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission
from app.domain.agency.agency import the_agency, the_zone
from app.domain.program.program import the_program
from jobs import bullhorn_reading as reading
from jobs import bullhorn_settling as settling
from jobs.bullhorn_door import BROKEN, FORBIDDEN, Door, NotHeard
from jobs.bullhorn_reading import Unreadable

A_RUN = timedelta(seconds=45)
"""Nothing is begun later than this after a run began."""
MOST_EVENTS = 100
IN_A_ROW = 3
Event = Mapping[str, Any]
log = structlog.get_logger()


def poll(_owner: str, _now: datetime) -> int:
    """Ask, keep and settle; returns how many records were settled."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.asks_bullhorn or the_agency() is None or the_program() is None:
        return 0
    desk = Desk(settings)
    try:
        desk.listen()
        desk.settle()
    except NotHeard as none:
        fault = none.fault
        log.warning("bullhorn_not_heard", fault=fault)
        desk.say(lambda row: account.failed(row, fault, clock.now()))
    else:
        desk.say(lambda row: account.heard(row, clock.now()))
    return desk.settled


class Desk:
    """One run: no transaction is open while Bullhorn is talked to."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.settled, self.broken = settings, 0, 0
        self.until = clock.now() + A_RUN
        with self._account() as row:
            meaning.install_preset()
            keys = account.keys_of(row, settings.key)
        self.door = Door(settings, keys, self._keep_keys)

    @contextmanager
    def _account(self) -> Iterator[BullhornAccount]:
        """Our row, in a transaction of its own."""
        db.session.rollback()
        write()
        yield account.of(self.settings.bullhorn_username)
        db.session.commit()

    def say(self, command: Callable[[BullhornAccount], object]) -> None:
        with self._account() as row:
            command(row)

    def _keep_keys(self, keys: Mapping[str, str]) -> None:
        self.say(lambda row: account.keep_keys(row, keys, self.settings.key))

    def listen(self) -> None:
        """Keep every batch that we do not have, and then every new one.

        Whoever was cut off between Bullhorn's answer and its keeping finds the same batch again by its number.
        """
        last = self._last()
        with self._account() as row:
            gaps = batch.missing(row, last)
        for number in gaps:
            self._fetch(number)
        while clock.now() < self.until and self._fetch():
            continue

    def _last(self) -> int:
        """The number of the last batch that Bullhorn gave out to us; whoever is not listening yet begins to."""
        with self._account() as row:
            subscription, listening, kept = row.subscription, row.subscribed_at, row.kept_until
        if listening:
            last = _whole(self.door.ask(f"event/subscription/{subscription}/lastRequestId"), "result")
            if last is not None and last >= kept:
                return last
            self.say(account.begin_anew)
        return self._subscribe()

    def _subscribe(self) -> int:
        with self._account() as row:
            subscription = row.subscription
        last = _whole(
            self.door.ask(
                f"event/subscription/{subscription}",
                method="PUT",
                type="entity",
                names=",".join(Entity),
                eventTypes="INSERTED,UPDATED,DELETED",
            ),
            "lastRequestId",
        )
        if last is None:
            raise NotHeard("unreadable")
        self.say(lambda row: account.subscribed(row, last, clock.now()))
        return last

    def _fetch(self, number: int | None = None) -> bool:
        """Ask for a batch and keep it; False when there was nothing new."""
        with self._account() as row:
            subscription = row.subscription
        asked: dict[str, Any] = {"maxEvents": MOST_EVENTS} | ({"requestId": number} if number else {})
        told = self.door.ask(f"event/subscription/{subscription}", **asked)
        events = [each for each in (told or {}).get("events") or [] if isinstance(each, Mapping)]
        found = number or _whole(told, "requestId")
        if found is None and events:
            raise NotHeard("unreadable")
        if found is None:
            return False
        if number and told is None:
            log.warning("bullhorn_batch_gone", number=number)
        self.say(lambda row: batch.keep(row, found, events, clock.now()))
        return bool(events)

    def settle(self) -> None:
        """Settle what waits, oldest batch first, and what somebody asked for again."""
        for entity, number in record.asked_again(clock.now()):
            self._one(entity, number, new=False)
        while clock.now() < self.until and (row := batch.waiting()) is not None:
            self._batch(row.id, settling.concerned(row.payload))
        db.session.rollback()

    def _batch(self, row_id: int, concerned: Mapping[tuple[Entity, int], bool]) -> None:
        """Each record once, whatever the number of its events; what is done is struck off with what it did."""
        left = dict(concerned)
        for (entity, number), new in concerned.items():
            if clock.now() > self.until:
                return
            del left[entity, number]
            self._one(entity, number, new=new, after=lambda: batch.strike(row_id, left))
        write()
        batch.settled(row_id, clock.now())
        db.session.commit()

    def _one(self, entity: Entity, number: int, *, new: bool, after: Callable[[], object] = lambda: None) -> None:
        """Look at a record as it is now, and let it have its effect."""
        db.session.rollback()
        try:
            told = self._read(entity, number)
            whom = self._whom(told)
            self.broken = 0
        except Unreadable:
            told, whom = Reason.UNREADABLE, None
        except NotHeard as none:
            told, whom = self._set_aside(none), None
        write()
        settling.settle(entity, number, told, whom, new=new)
        after()
        db.session.commit()
        self.settled += 1

    def _set_aside(self, none: NotHeard) -> Reason:
        """One record that Bullhorn does not show holds up no other; several in a row, and it is Bullhorn.

        Raises:
            NotHeard: it is.
        """
        self.broken += 1
        if none.fault not in {FORBIDDEN, BROKEN} or self.broken >= IN_A_ROW:
            raise none
        return Reason.FORBIDDEN if none.fault == FORBIDDEN else Reason.FAULT

    def _read(self, entity: Entity, number: int) -> Any:  # noqa: ANN401 - one of what is told, by the entity
        answer = self.door.ask(f"entity/{entity}/{number}", fields=reading.FIELDS[entity])
        if answer is None:
            return None
        data = answer.get("data")
        if not isinstance(data, Mapping):
            raise Unreadable
        match entity:
            case Entity.CANDIDATE:
                return reading.human(data)
            case Entity.NOTE:
                return reading.note(data)
            case Entity.SUBMISSION:
                return reading.submission(data)
            case Entity.PLACEMENT:
                return reading.placement(data, the_zone())

    def _whom(self, told: object) -> Human | None:
        """The candidate whom it is about, when we do not know their number yet."""
        about = told.about if isinstance(told, Note | Submission | Placement) else None
        if about is None or people.known(about) is not None:
            return None
        db.session.rollback()
        found: Human | None = self._read(Entity.CANDIDATE, about)
        return found


def _whole(told: Mapping[str, Any] | None, name: str) -> int | None:
    found = (told or {}).get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**31 else None
