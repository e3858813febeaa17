"""What the recruiters of the demo agency did in twelve weeks: more of them each week, less of it in the pauses."""

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import clock
from app.demo import blocks, comparing, past
from app.demo.cast import Cast
from app.demo.past import WEEKS, Setting
from app.demo.pool import Somebody
from app.demo.turns import Days, Turns, rhythms
from app.domain.actions.contact import Contact
from app.domain.agency.person import Person
from app.domain.journey.touchpoint import Hit

ACTIVE_THIS_WEEK = 35
STARS_DILIGENCE = 5.0
DILIGENCE = (4.0, 5.8)
"""Contacts on a working day, from the least to the most of them."""
NOW, LESS_EACH_WEEK = 1.25, 0.03
"""How much of it they do this week, and how much less in each week before."""
IN_A_PAUSE = 0.75
AWAY = (0.38, 0.14)
"""How likely somebody logs nothing in a week, at the beginning and now."""
OPENS, CLOSES = 9 * 60, 17 * 60 + 30
WEEKDAYS = 5
ANSWERED, HOURS = 0.9, 3.0
"""Of the forms and applications so many had an answer, within so many hours, or on the next morning."""
TURNS = ("form", "application_completed")
WARM_FOR = timedelta(days=10)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Played:
    """Everything that is needed to play weeks; `forms`: which candidates sent one and when, by who looks after them.

    `seen`: when each candidate was heard of, the earliest first.
    """

    people: Cast
    setting: Setting
    within: Days
    forms: Mapping[int, Sequence[tuple[int, datetime]]]
    seen: Mapping[int, Sequence[datetime]]

    @property
    def monday(self) -> date:
        return clock.week_of(clock.local_day(self.setting.now, self.setting.zone)).start

    @property
    def began(self) -> datetime:
        return clock.midnight(self.monday - clock.WEEK * WEEKS, self.setting.zone)

    def is_warm(self, candidate_id: int, at: datetime) -> bool:
        """Whether they were heard of in the days before."""
        before = bisect(moments := self.seen.get(candidate_id, ()), at)
        return before > 0 and moments[before - 1] > at - WARM_FOR


def contacts(people: Cast, pool: Sequence[Somebody], hits: Sequence[Hit], setting: Setting) -> list[Contact]:
    """What everybody logged, in its order; this week some have not begun yet."""
    played = Played(people, setting, rhythms(), _forms(pool, hits), _seen(hits))
    found: list[Contact] = []
    for place, person in enumerate(people.recruiters):
        own = [one for one in pool if one.owner_id == person.id]
        found += _of_recruiter(person, place, own, played)
    for lead in people.leads:
        team = {each.id for each in people.recruiters if each.team_id == lead.team_id}
        found += _of_lead(lead, [one for one in pool if one.owner_id in team], played)
    return sorted(found, key=lambda contact: contact.at)


def _forms(pool: Sequence[Somebody], hits: Sequence[Hit]) -> Mapping[int, Sequence[tuple[int, datetime]]]:
    owners = {one.id: one.owner_id for one in pool}
    found = defaultdict(list)
    for hit in hits:
        if hit.kind in TURNS:
            found[owners[hit.candidate_id]].append((hit.candidate_id, hit.occurred_at))
    return found


def _seen(hits: Sequence[Hit]) -> Mapping[int, Sequence[datetime]]:
    found = defaultdict(list)
    for hit in hits:
        found[hit.candidate_id].append(hit.occurred_at)
    return found


def _of_recruiter(person: Person, place: int, own: Sequence[Somebody], played: Played) -> Iterator[Contact]:
    rng, setting = random.Random(f"diligence {place}"), played.setting  # noqa: S311 - a game with names, no secret
    turns = Turns(own, played.within, played.began, rng)
    moments = [(at, None) for at in _moments(person, place, rng, played)]
    answers = [(at, to) for to, heard in played.forms.get(person.id, ()) if (at := _answer(heard, rng, played))]
    for at, to in sorted([*moments, *answers], key=lambda each: each[0]):
        candidate_id = to or turns.next(at)
        if candidate_id and at < setting.now:
            warm = played.is_warm(candidate_id, at)
            yield past.contact(person, candidate_id, at, rng, setting, warm=warm)


def _of_lead(lead: Person, team: Sequence[Somebody], played: Played) -> Iterator[Contact]:
    """A lead keeps the block as well, with candidates of the team."""
    rng = random.Random(f"lead {lead.id}")  # noqa: S311 - as above
    for week in range(WEEKS, 0, -1):
        for at in blocks.moments(played.people, lead, week, rng, played.setting):
            here = [one.id for one in team if one.registered_at < at]
            yield past.contact(lead, rng.choice(here), at, rng, played.setting)


def _moments(person: Person, place: int, rng: random.Random, played: Played) -> Iterator[datetime]:
    """In office hours and in the block; whoever takes part this week has at least one moment in it."""
    diligence = rng.uniform(*DILIGENCE) if place else STARS_DILIGENCE
    for week in range(WEEKS, 0, -1):
        if place == 0 or rng.random() > AWAY[1] + (AWAY[0] - AWAY[1]) * week / WEEKS:
            yield from _of_week(week, place, diligence, rng, played)
            yield from blocks.moments(played.people, person, week, rng, played.setting)
    if place < ACTIVE_THIS_WEEK:
        yield from _of_week(0, place, diligence, rng, played)
        start = clock.midnight(played.monday, played.setting.zone)
        yield start + (played.setting.now - start) * rng.uniform(0.2, 0.9)


def _of_week(week: int, place: int, diligence: float, rng: random.Random, played: Played) -> Iterator[datetime]:
    a_day = diligence * (NOW - LESS_EACH_WEEK * week) * (IN_A_PAUSE if comparing.is_pause(week) else 1)
    for weekday in comparing.days_of(place):
        day = played.monday - clock.WEEK * week + clock.DAY * weekday
        for _ in range(round(rng.expovariate(1 / a_day))):
            at = clock.wall(day, rng.randrange(OPENS, CLOSES), played.setting.zone)
            if at < played.setting.now - HOUR:
                yield at


def _answer(heard: datetime, rng: random.Random, played: Played) -> datetime | None:
    """Within hours; what came at night or on a day off is answered in the next morning."""
    if heard < played.began or rng.random() > ANSWERED:
        return None
    zone, at = played.setting.zone, heard + HOUR * rng.uniform(0.1, HOURS)
    day = clock.local_day(at, zone)
    if at > clock.wall(day, CLOSES, zone):
        day += clock.DAY
    while day.weekday() >= WEEKDAYS:
        day += clock.DAY
    return max(at, clock.wall(day, OPENS + rng.randrange(60), zone))
