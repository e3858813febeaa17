"""A month as people log it, made up: honest ones with their habits, and fakers of every kind."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.oversight.unusual import Logged, Yield

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST = datetime(2026, 10, 26, tzinfo=ZONE)
LAST_WEEK = FIRST + timedelta(weeks=3)
DAYS = [FIRST + timedelta(days=day) for day in range(28) if day % 7 < 5]
NOTES = ("Voicemail ingesproken, belt terug", "Kandidaat gesproken, gaat goed")
HABITS = ("at once", "end of the day", "next morning", "evening")


def honest(rng: random.Random, habit: str) -> list[Logged]:
    """5 to 15 contacts a day, written up as is their habit; some like one phrase, some have one busy procedure."""
    mine, phrase = [rng.randrange(10_000) for _ in range(rng.randint(40, 200))], rng.uniform(0, 0.5)
    busy = mine[:1] * rng.randint(0, 6)
    days = [day for day in DAYS if rng.random() < 0.9]
    return [one for day in days for one in _day(rng, day, mine + busy, habit, phrase)]


def _day(rng: random.Random, day: datetime, mine: list[int], habit: str, phrase: float) -> Iterator[Logged]:
    logged = {"at once": None, "end of the day": 17, "next morning": 33, "evening": 20}[habit]
    late = day + timedelta(hours=logged or 0, minutes=rng.randint(0, 40))
    for _ in range(rng.randint(5, 15)):
        occurred = day + timedelta(hours=9, minutes=rng.randint(0, 500))
        late += timedelta(seconds=rng.randint(25, 150))
        written = late if logged and (habit != "next morning" or day.weekday() in {1, 4}) else occurred
        note = NOTES[0] if rng.random() < phrase else f"Gesproken over {rng.randrange(9999)}"
        yield Logged(rng.choice(mine), occurred, max(written, occurred), rng.random() < 0.5, note)


def faker(rng: random.Random, kind: str) -> list[Logged]:
    """An honest month with one thing that no honest one has."""
    return honest(rng, "at once") + list(_planted(kind, LAST_WEEK + timedelta(days=2, hours=16)))


def _planted(kind: str, at: datetime) -> Iterator[Logged]:
    """What is planted in the last week, or over all four."""
    night = at + timedelta(hours=10)
    for number in range(400 if kind in {"same_note", "one_candidate"} else 600 if kind == "backdated" else 15):
        moment = at + timedelta(minutes=7 * number)
        if kind == "burst":
            moment = at + timedelta(seconds=20 * number)
        elif kind == "after_hours":
            moment = night + timedelta(minutes=2 * number)
        occurred = moment - timedelta(days=3) if kind == "backdated" else moment
        candidate = 1 if kind == "one_candidate" else 20_000 + number
        note = NOTES[1] if kind == "same_note" else ""
        yield Logged(candidate, occurred, moment, kind != "after_hours", note)


def yields(rng: random.Random, people: int) -> list[Yield]:
    """What honest people earn in four weeks, and how much of it is proven."""
    return [Yield(points := rng.randint(800, 6000), rng.randint(points // 400, points // 120)) for _ in range(people)]
