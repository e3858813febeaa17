"""What Today shows: whom to contact, one's own place, the follow-up block, what is promised, what was logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

from app import clock
from app.blueprints.today.next_block import NextBlock
from app.domain.actions import attendance, channel_choice, kept_list, launch, open_ends
from app.domain.actions.attendance import Streak
from app.domain.actions.launch import Item
from app.domain.actions.open_ends import OpenEnds
from app.domain.agency.agency import SETUP_DONE, Agency, the_agency, the_zone
from app.domain.agency.person import Person, Role
from app.domain.program.program import Program, the_program
from app.domain.scoring import unowned
from app.domain.scoring.contact_next import Upcoming
from app.domain.scoring.unowned import Unowned
from app.words import absence, actions, candidates, conversation, feedback, promises, reasons, score, ways
from app.words.board import gap_words
from app.words.checklist import PLACES, item_label
from app.words.program import kind_label, moved_sentence, weekday_name
from app.words.queue import capacity
from app.words.ways import Ready

EXPORTS = (Role.LEAD, Role.SPONSOR, Role.ADMIN)
CONTACTS = (Role.RECRUITER, Role.LEAD)
words = SimpleNamespace(
    **vars(reasons)
    | vars(absence)
    | vars(candidates)
    | vars(promises)
    | {
        "capacity": capacity,
        "earned": actions.earned_sentence,
        "gap": gap_words,
        "item_label": item_label,
        "item_places": PLACES,
        "kind_label": kind_label,
        "moved": moved_sentence,
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
class Day:
    """Today for one person; without a program there is nothing but the way to the setup."""

    person: Person
    agency: Agency | None
    program: Program | None
    upcoming: Upcoming
    ways: Mapping[int, Sequence[Ready]]
    unowned: Sequence[Unowned]
    block: NextBlock | None
    streak: Streak
    ends: OpenEnds
    checklist: Mapping[Item, bool]
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
    streak, upcoming = attendance.current(person, now), kept_list.for_person(person, now)
    return Day(
        person=person,
        agency=agency,
        program=program,
        upcoming=upcoming,
        ways=_ways(person, upcoming, now),
        unowned=unowned.warm_for(person, now) if person.role in CONTACTS else (),
        block=NextBlock(streak.coming, now, zone) if streak.coming else None,
        streak=streak,
        ends=open_ends.of(person, now),
        checklist=_checklist(person, agency),
        now=now,
        today=today,
    )


def _ways(person: Person, upcoming: Upcoming, now: datetime) -> Mapping[int, Sequence[Ready]]:
    """How to reach everybody on the list best, with the message for each."""
    chosen = channel_choice.choices_of([each.candidate.id for each in upcoming.rows], now)
    return {
        each.candidate.id: ways.ways_of(person, each, chosen.get(each.candidate.id, ()), most=1)
        for each in upcoming.rows
    }


def _checklist(person: Person, agency: Agency | None) -> Mapping[Item, bool]:
    """The five things that make a program live, for whoever sets it up and until all of them are done."""
    if person.role != Role.ADMIN or agency is None or agency.setup_step < SETUP_DONE:
        return {}
    items = launch.checklist()
    return {} if all(items.values()) else items
