"""The demo's plan: goals on and behind their course, two scans, a pulse that is over, deeds and improvements."""

from datetime import date, timedelta
from typing import NamedTuple

from app import clock
from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Person, Role
from app.domain.oversight import goal, improvement, launch, pulse_opening, scan, sponsor_deed
from app.domain.oversight.goal import Goal
from app.domain.oversight.launch import Step
from app.domain.oversight.measured import measured
from app.domain.oversight.pulse import Pulse, PulseCount, Question, Said

OPENED_IN = timedelta(weeks=3)
"""So long after the program began the first pulse opened."""
BEGAN = timedelta(weeks=12)
NOW = {
    "commitment": 4,
    "owner": 5,
    "name": 5,
    "time": 4,
    "incentives": 4,
    "channels": 4,
    "preferences": 2,
    "follow_up": 3,
}
THEN = {
    "commitment": 3,
    "owner": 4,
    "name": 2,
    "time": 2,
    "incentives": 2,
    "channels": 3,
    "preferences": 2,
    "follow_up": 2,
}
BOTH = {"redeployment": 3, "measuring": 4}
KNEW = {Question.PROGRAM: 40, Question.SPONSOR: 33, Question.BLOCK: 38}
ANSWERED, WRONG = 44, 3
HELPS = {"2": 4, "3": 12, "4": 18, "5": 10}


class Aim(NamedTuple):
    """Where a figure was and is to come to, in how many days from now."""

    measure: str
    baseline: float
    beyond: float
    days: int
    why: str


AIMS = (
    Aim("coverage", 41, 8, 45, "Wie te lang niets hoort, werkt straks bij een ander."),
    Aim("two_way", 40, 14, 20, "Een gesprek is meer dan een poging."),
    Aim("satisfaction", 3.6, 0.3, 120, "Kandidaten vertellen het verder, zo of zo."),
    Aim("adoption", 52, 0, 80, "Het werkt pas als iedereen meedoet."),
)
FRIDAY = 4
DEEDS = (
    (9, "Een uur meegelopen met het opvolgmoment in Zwolle, en zelf vier mensen gebeld."),
    (37, "Met onze grootste klant afgesproken dat elke kandidaat binnen drie dagen bericht krijgt."),
    (66, "Op de bedrijfsbijeenkomst verteld waarom Vaste Band er is."),
)


class Idea(NamedTuple):
    """Raised and begun so many days ago, by the number of a recruiter; ended with a result, or not."""

    raised: int
    by: int
    text: str
    began: int | None = None
    measure: str | None = None
    ended: int | None = None
    result: str = ""
    dropped: bool = False


IDEAS = (
    Idea(5, 3, "Vaste afspraak met planning: vier weken voor het einde van elke klus een gesprek."),
    Idea(24, 1, "Een kort voicebericht na elk gesprek, met wat we afspraken.", 20, "two_way"),
    Idea(
        58,
        2,
        "Elke afwijzing bellen in plaats van mailen.",
        52,
        "satisfaction",
        12,
        "Duurt vier minuten per kandidaat. Wij houden het erin: niemand vroeg nog waarom.",
    ),
    Idea(
        70,
        4,
        "Op zaterdagochtend een opvolgmoment erbij.",
        63,
        "coverage",
        49,
        "Twee keer gedaan. Kandidaten namen niet vaker op, en wij misten ons weekend.",
        dropped=True,
    ),
)


def fill(people: Cast, setting: Setting) -> None:
    """Everything that the pages of the plan show."""
    sponsor = people.part(Role.SPONSOR)
    today = clock.local_day(setting.now, setting.zone)
    _aim(sponsor, setting, today)
    for answers, weeks in ((THEN, 11), (NOW, 2)):
        at = setting.now - timedelta(weeks=weeks)
        row = scan.take(
            setting.program_id, answers | BOTH, "", by_id=sponsor.id, now=at, today=clock.local_day(at, setting.zone)
        )
        row.taken_at = at
    for step in (Step.KICK_OFF, Step.TOLD):
        launch.tick(setting.program_id, step, sponsor.id, setting.now - BEGAN)
    for days, text in DEEDS:
        day, then = _at_work(today - timedelta(days=days)), setting.now - timedelta(days=days)
        sponsor_deed.write_down(setting.program_id, day, text, by_id=sponsor.id, now=then)
    _improve(people, setting, today)
    _ask(setting, today)
    db.session.flush()


def _at_work(day: date) -> date:
    """The Friday before, of a day in a weekend."""
    return day - clock.DAY * max(0, day.weekday() - FRIDAY)


def _aim(sponsor: Person, setting: Setting, today: date) -> None:
    values = measured({each.measure for each in AIMS}, setting.now, setting.zone)
    for each in AIMS:
        value = values[each.measure]
        target = round((each.baseline if value is None else value) + each.beyond, 1)
        row = Goal(
            program_id=setting.program_id,
            measure=each.measure,
            target=min(target, 100),
            due_on=today + timedelta(days=each.days),
            made_at=setting.now - BEGAN,
            baseline=each.baseline,
            why=each.why,
            made_by_id=sponsor.id,
        )
        db.session.add(row)
    goal.settle(goal.open_of(setting.program_id), values, today)


def _improve(people: Cast, setting: Setting, today: date) -> None:
    owner = people.leads[0]
    for each in IDEAS:
        at = setting.now - timedelta(days=each.raised)
        row = improvement.raise_idea(setting.program_id, each.text, by_id=people.recruiters[each.by].id, now=at)
        if each.began is not None:
            improvement.take_up(row, owner, each.measure, today - timedelta(days=each.began))
        if each.ended is not None:
            improvement.finish(row, each.result, today - timedelta(days=each.ended), dropped=each.dropped)


def _ask(setting: Setting, today: date) -> None:
    """One of the quarter before, when the program had begun in it, and one that the star can still answer."""
    before = pulse_opening.quarter_of(pulse_opening.quarter_of(today).start - clock.DAY)
    opened = max(before.start + pulse_opening.FROM_DAY, setting.program.started_on + OPENED_IN)
    if opened in before:
        row = Pulse(
            program_id=setting.program_id,
            quarter=before.start,
            opened_at=clock.midnight(opened, setting.zone),
            closes_on=min(opened + pulse_opening.OPEN, today - clock.DAY),
            choices={},
            invited=ANSWERED + 9,
        )
        db.session.add(row)
        db.session.flush()
        _count(row.id, KNEW)
    pulse_opening.ask(setting.program, setting.now)


def _count(pulse_id: int, knew: dict[Question, int]) -> None:
    """Who did not know it was unsure, but for three who guessed wrong."""
    rows = [(Question.HELP, choice, times) for choice, times in HELPS.items()]
    for question, right in knew.items():
        unsure = ANSWERED - right - WRONG
        rows += [(question, Said.RIGHT, right), (question, Said.WRONG, WRONG), (question, Said.UNSURE, unsure)]
    for question, choice, times in rows:
        if times > 0:
            db.session.add(PulseCount(pulse_id=pulse_id, question=question, choice=choice, times=times))
