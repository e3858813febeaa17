"""Settles what was kept: looks at each record as it is now, and lets it have its effect."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app import clock
from app.db import db, write
from app.domain.actions.bullhorn import batch, people, record
from app.domain.actions.bullhorn.batch import Changes
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission, Told
from app.domain.agency.agency import the_zone
from jobs import bullhorn_reading as reading
from jobs import bullhorn_settling as settling
from jobs.bullhorn_desk import Desk
from jobs.bullhorn_door import SILENT, NotHeard
from jobs.bullhorn_reading import Unreadable
from jobs.bullhorn_settling import Look
from jobs.vendor_answer import BROKEN, FORBIDDEN, UNREADABLE

IN_A_ROW = 3
OF_ONE_RECORD: Mapping[str, Reason] = MappingProxyType(
    {FORBIDDEN: Reason.FORBIDDEN, BROKEN: Reason.FAULT, SILENT: Reason.FAULT, UNREADABLE: Reason.FAULT}
)
"""Why one record may not be shown while others are."""


class Records:
    """`settled`: how many had their effect in this run; `broken`: how many in a row were not shown."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.settled, self.broken = desk, 0, 0

    def settle(self) -> None:
        """Settle what waits, oldest batch first, and then what is to be asked for again: that holds up nothing new."""
        while not self.desk.is_over and (row := batch.waiting()) is not None:
            self._batch(row.id, settling.concerned(row.payload))
        for entity, number in record.asked_again(clock.now()):
            if self.desk.is_over:
                break
            self._one(entity, number)
        db.session.rollback()

    def _batch(self, row_id: int, concerned: Mapping[tuple[Entity, int], Changes]) -> None:
        """Each record once, whatever the number of its events; what is done is struck off with what it did."""
        left = dict(concerned)
        for (entity, number), changes in concerned.items():
            if self.desk.is_over:
                return
            del left[entity, number]
            self._one(entity, number, changes, lambda: batch.strike(row_id, left))
        write()
        batch.settled(row_id, clock.now())
        db.session.commit()

    def _one(
        self, entity: Entity, number: int, changes: Changes = (), after: Callable[[], object] = lambda: None
    ) -> None:
        """Look at a record as it is now, and let it have its effect."""
        db.session.rollback()
        try:
            look = self._look(entity, number)
        except Unreadable:
            look = Look(Reason.UNREADABLE)
        except NotHeard as none:
            look = Look(self._set_aside(entity, none))
        look = settling.decided(look)
        self._compare(look.whom)
        write()
        settling.settle(entity, number, look, changes)
        after()
        db.session.commit()
        self.settled += 1

    def _compare(self, whom: Human | None) -> None:
        """Whether it is them who have the number here is kept with their own record, before it is used."""
        if whom is not None and people.known(whom.number) is not None:
            write()
            settling.settle(Entity.CANDIDATE, whom.number, Look(whom), ())
            db.session.commit()

    def _look(self, entity: Entity, number: int) -> Look:
        """At a record, and at the candidate whom it is about when we do not know yet who has their number."""
        look = Look(self._read(entity, number))
        about = look.told.about if isinstance(look.told, Note | Submission | Placement) else None
        if about is not None and people.is_to_be_shown(about):
            db.session.rollback()
            whom = self._read(Entity.CANDIDATE, about)
            look = Look(look.told, whom if isinstance(whom, Human) else None, nobody=whom is None)
        self.broken = 0
        return look

    def _read(self, entity: Entity, number: int) -> Told | None:
        answer = self.desk.door.ask(f"entity/{entity}/{number}", fields=reading.FIELDS[entity])
        return None if answer is None else reading.read(entity, answer.get("data"), the_zone())

    def _set_aside(self, entity: Entity, none: NotHeard) -> Reason:
        """One record that Bullhorn does not show holds up no other.

        Raises:
            NotHeard: several in a row are not shown, nor one that was shown before: it is Bullhorn.
        """
        reason = OF_ONE_RECORD.get(none.fault)
        if reason is None:
            raise none
        if reason is not Reason.FORBIDDEN:  # whoever refuses it is not down
            self.broken += 1
            doubtful = self.broken >= IN_A_ROW or none.fault == SILENT
            if doubtful and not self._shows_another(entity):
                raise none
        return reason

    def _shows_another(self, entity: Entity) -> bool:
        """Whether Bullhorn answers for a record like this that it showed us before."""
        number = record.shown_before(entity)
        db.session.rollback()
        if number is None:
            return False
        try:
            self.desk.door.ask(f"entity/{entity}/{number}", fields=reading.FIELDS[entity])
        except NotHeard:
            return False
        self.broken = 0
        return True
