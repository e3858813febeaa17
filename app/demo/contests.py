"""The demo's competitions: one of last season with its prizes handed over, one that runs, one to come, and a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from statistics import median_high

from app import clock
from app.demo import money
from app.demo.cast import Cast
from app.demo.comparing import SEASONS
from app.demo.past import Setting
from app.domain.agency.person import Person, Role
from app.domain.game.competing import audience, draft, finalising, handing, publishing, taking_part, tally
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import Plan, PrizePlan
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.fairness import HUNDREDTHS

TOLD_BEFORE = timedelta(days=3, hours=15)
PERCENT = 78
ROUND = 100
PLACES = (
    PrizePlan(PrizeKind.PLACE, "Weekend weg", 900_00, place=1, kind_of_reward="experience"),
    PrizePlan(PrizeKind.PLACE, "Cadeaubon van EUR 500", 500_00, place=2, divisible=True),
    PrizePlan(PrizeKind.PLACE, "Cadeaubon van EUR 250", 250_00, place=3, divisible=True),
)
LOTTERY = partial(
    Plan,
    "Eindsprint",
    Format.THRESHOLD,
    about="De laatste twee weken van het seizoen: haal de drempel en loot mee.",
    goal=1,
    step=200,
    prizes=(PrizePlan(PrizeKind.RAFFLE, "Cadeaubon van EUR 50", 50_00, number=3),),
)
TOGETHER = partial(
    Plan,
    "Samen het najaar in",
    Format.TEAM_GOAL,
    about="Iedereen telt mee. Halen we het samen, dan lunchen we samen.",
    goal=1,
    prizes=(PrizePlan(PrizeKind.TEAM, "Lunch met alle vestigingen", 600_00, kind_of_reward="experience"),),
)
RACE = partial(
    Plan,
    "Herfstduel van de teams",
    Format.TEAMS,
    about="Twee weken lang team tegen team, eerlijk gewogen naar wie er werkt.",
    prizes=(PrizePlan(PrizeKind.TEAM, "Taart en de wisselbeker", 60_00, kind_of_reward="symbolic"),),
)
IDEA = partial(Plan, "Beter dan je eigen gemiddelde", Format.IMPROVEMENT, prizes=PLACES)


def fill(people: Cast, setting: Setting) -> None:
    """One of each state that there is to see; the prizes are paid from the season's budget."""
    monday = clock.week_of(clock.local_day(setting.now, setting.zone)).start
    ended = monday + clock.WEEK * (SEASONS[1][1] + SEASONS[1][2])
    _end(_publish(_weeks(LOTTERY, ended - 2 * clock.WEEK, 2), people, setting), people)
    _publish(_weeks(TOGETHER, monday - clock.WEEK, 3), people, setting)
    _publish(_weeks(RACE, monday + clock.WEEK, 2), people, setting)
    _draft(_weeks(IDEA, monday + 3 * clock.WEEK, 2), people, setting)


def _weeks(plan: Callable[[date, date], Plan], first: date, number: int) -> Plan:
    """On the working days of so many weeks."""
    return plan(first, first + clock.WEEK * number - 3 * clock.DAY)


def _draft(plan: Plan, people: Cast, setting: Setting) -> Competition:
    plan = replace(plan, budget_id=money.reward_budget(people, setting).id)
    made = min(clock.midnight(plan.first, setting.zone) - TOLD_BEFORE, setting.now)
    row = draft.make(setting.program_id, plan, by=people.part(Role.SPONSOR), now=made)
    if plan.goal:
        draft.change(row, replace(plan, goal=_goal(row, people.recruiters[-1])))
    return row


def _goal(row: Competition, declines: Person) -> int:
    """One that the better half reaches, or one of which 78 % is there."""
    ids = [each.id for each in audience.invited(row) if each.id != declines.id]
    if row.format == Format.THRESHOLD:
        scores = [each.score // HUNDREDTHS for each in tally.people_scores(row, ids)]
        return max(median_high(scores or [0]) // ROUND, 1) * ROUND
    together = sum(tally.plain(row, ids, dates_of(row)).values())
    return max(round(together / PERCENT) * ROUND, ROUND)


def _publish(plan: Plan, people: Cast, setting: Setting) -> Competition:
    """Told some days before, or just now; of those who are asked nearly all take part."""
    row = _draft(plan, people, setting)
    publishing.publish(row, by=people.part(Role.SPONSOR), now=row.made_at, zone=setting.zone)
    if row.by_choice:
        for person in people.recruiters[:-4]:
            taking_part.join(row, person, row.made_at + clock.DAY)
    taking_part.decline(row, people.recruiters[-1], row.made_at + clock.DAY)
    return row


def _end(row: Competition, people: Cast) -> None:
    """Nobody objected, and everybody got what they won."""
    if row.closes_at is None:
        raise LookupError(row.id)
    final_at = row.closes_at + finalising.TO_OBJECT
    finalising.review(row, row.closes_at)
    finalising.finalise(row, final_at)
    for award in handing.awards_of(row.id):
        handing.hand_over(award, by=people.part(Role.ADMIN), now=final_at + clock.DAY)
