"""What Today shows: whom to contact, one's own place, the follow-up block, what was logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions import recent, recovery
from app.domain.actions.recent import LoggedAction
from app.domain.agency.agency import SETUP_DONE, Agency, the_agency, the_zone
from app.domain.agency.person import Person, Role
from app.domain.program.block import Block, next_start, the_block
from app.domain.program.program import Program, the_program
from app.domain.scoring import contact_next, unowned
from app.domain.scoring.contact_next import Upcoming
from app.domain.scoring.unowned import Unowned
from app.words import absence, actions, candidates, conversation, feedback, promises, reasons, score
from app.words.board import gap_words
from app.words.program import kind_label, weekday_name

EXPORTS = (Role.LEAD, Role.SPONSOR, Role.ADMIN)
CONTACTS = (Role.RECRUITER, Role.LEAD)
CARD_MINUTES = 4.5
words = SimpleNamespace(
    **vars(reasons)
    | vars(absence)
    | vars(candidates)
    | vars(promises)
    | {
        "earned": actions.earned_sentence,
        "gap": gap_words,
        "kind_label": kind_label,
        "note_text": actions.note_text,
        "cause_clause": feedback.cause_clause,
        "other_outcomes": actions.other_outcomes,
        "outcomes": actions.keyed_outcomes,
        "recovery_due": feedback.recovery_due,
        "talking_points": conversation.talking_points,
        "warm_until": score.warm_until,
        "weekday_name": weekday_name,
    }
)


@dataclass(frozen=True, slots=True)
class NextBlock:
    """The follow-up block that runs now, or else the next one."""

    starts: datetime
    minutes: int
    now: datetime
    zone: ZoneInfo

    @property
    def running(self) -> bool:
        return self.starts <= self.now

    @property
    def minutes_left(self) -> int:
        return self.minutes - int((self.now - self.starts).total_seconds() // 60)

    @property
    def days(self) -> int:
        """In how many local days it begins."""
        return (clock.local_day(self.starts, self.zone) - clock.local_day(self.now, self.zone)).days

    @property
    def weekday(self) -> int:
        return clock.local_day(self.starts, self.zone).weekday()

    @property
    def cards(self) -> int:
        """For how many conversations it has time."""
        return int(self.minutes / CARD_MINUTES)


@dataclass(frozen=True, slots=True)
class Day:
    """Today for one person; without a program there is nothing but the way to the setup."""

    person: Person
    agency: Agency | None
    program: Program | None
    upcoming: Upcoming
    unowned: Sequence[Unowned]
    block: NextBlock | None
    logged: Sequence[LoggedAction]
    recoveries: Sequence[recovery.Open]
    now: datetime
    today: date

    @property
    def exports(self) -> bool:
        """Whether this person may take the day's actions along as a file."""
        return self.person.role in EXPORTS

    @property
    def setup_step(self) -> int | None:
        """The step with which this person may go on setting up; None when that is done, or not theirs."""
        step = self.agency.setup_step if self.agency and self.person.role == Role.ADMIN else SETUP_DONE
        return step if step < SETUP_DONE else None

    @property
    def contacts(self) -> bool:
        """Whether contacting candidates is this person's daily work."""
        return self.person.role in CONTACTS


def day_of(person: Person, now: datetime) -> Day:
    """Everything that Today shows to a person."""
    agency, program = the_agency(), the_program()
    zone = the_zone()
    today = clock.local_day(now, zone)
    return Day(
        person=person,
        agency=agency,
        program=program,
        upcoming=contact_next.for_person(person, now),
        unowned=unowned.warm_for(person, now) if person.role in CONTACTS else (),
        block=_next_block(the_block(program.id), now, zone) if program else None,
        logged=recent.logged_on(person.id, today),
        recoveries=recovery.open_for(person),
        now=now,
        today=today,
    )


def _next_block(block: Block, now: datetime, zone: ZoneInfo) -> NextBlock:
    return NextBlock(next_start(block, zone, now), block.minutes, now, zone)
