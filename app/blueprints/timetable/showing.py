"""What the page of somebody's timetable shows: blocks of this week and the next ones, the weekly time, days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from app import clock
from app.blueprints.timetable.contract_form import ContractForm
from app.blueprints.timetable.forms import MoveForm
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.program import absence, contract, occurrence
from app.domain.program.absence import Absence
from app.domain.program.block import Block
from app.domain.program.contract import Contract
from app.domain.program.occurrence import Occurrence, Timetable
from app.web import auth
from app.web.errors import found
from app.web.program_forms import DaysForm, WeeklyForm

WEEKS = 5


@dataclass(slots=True)
class Shown:
    """`later` is what holds from next week, when that is something else; a refused form stands in the place of ours.

    `contract` is None to whoever may not change the days on which the person is employed.
    """

    person: Person
    now: datetime
    zone: ZoneInfo
    today: date
    reserved: Block
    later: Block | None
    coming: Sequence[Occurrence]
    days: Sequence[Absence]
    weekly: WeeklyForm
    off: DaysForm
    move: MoveForm | None
    agreements: Sequence[Contract]
    contract: ContractForm | None

    @property
    def own(self) -> bool:
        """Whether it is the reader's."""
        return self.person.id == auth.person().id

    @property
    def this_week(self) -> Occurrence | None:
        """This week's block, running and past included."""
        week = clock.week_of(self.today).start
        return next((each for each in self.coming if each.week == week), None)

    @property
    def ahead(self) -> Sequence[Occurrence]:
        """The blocks of the weeks after this one."""
        return [each for each in self.coming if each is not self.this_week]

    @property
    def over(self) -> bool:
        """Whether this week's block is over."""
        return self.this_week is not None and self.this_week.ends <= self.now

    @property
    def agreed(self) -> Block:
        """What holds in the end."""
        return self.later or self.reserved

    @property
    def leads(self) -> int | None:
        """The team whose block the reader may change, on their own page."""
        reader = auth.person()
        return reader.team_id if self.own and reader.role == Role.LEAD else None


def shown_of(person: Person, now: datetime, moved: MultiDict[str, str] | None = None) -> Shown:
    """The facts, and the forms before anything is typed but where the block was `moved` to."""
    zone = the_zone()
    today = clock.local_day(now, zone)
    table = found(occurrence.timetable([person], today, today + clock.WEEK * WEEKS))
    reserved, later = (found(table.reserved(person, day)) for day in (today, today + clock.WEEK))
    weeks = occurrence.weeks(today, today + clock.WEEK * WEEKS)
    return Shown(
        person=person,
        now=now,
        zone=zone,
        today=today,
        reserved=reserved,
        later=later if later is not reserved else None,
        coming=[each for week in weeks if (each := table.in_week(person, week))],
        days=absence.standing_of(person.id, today),
        weekly=WeeklyForm(prefix="weekly-", data=WeeklyForm.facts(later)),
        off=DaysForm(prefix="off-"),
        move=_move_form(table, person, now, moved),
        agreements=contract.history(person.id),
        contract=_contract_form(person, today),
    )


def _contract_form(person: Person, today: date) -> ContractForm | None:
    if not contract.may_set(auth.person(), person):
        return None
    return ContractForm(prefix="contract-", data=ContractForm.facts(person.id, today))


def _move_form(table: Timetable, person: Person, now: datetime, typed: MultiDict[str, str] | None) -> MoveForm | None:
    """The form that moves this week's block; None when it is over, or no day of the week is left."""
    today = clock.local_day(now, table.zone)
    present = table.in_week(person, today)
    days = _left(table, person, today)
    if not days or (present and present.ends <= now):
        return None
    facts = MoveForm.facts(present, table.zone) if present else {}
    form = MoveForm(typed, prefix="move-", data=facts)
    form.offer(days)
    return form


def _left(table: Timetable, person: Person, today: date) -> list[date]:
    end = clock.week_of(today).end
    days = (today + clock.DAY * number for number in range((end - today).days))
    return [day for day in days if day not in table.closed | table.away[person.id]]
