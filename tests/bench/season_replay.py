"""A real desk's autumn as a season, the plain board beside the fair one: `python -m tests.bench.season_replay FOLDER`.

FOLDER holds actions.csv.gz of a desk that phones (recruiter, candidate, kind, started_at, occurred_at). A call of a
minute or more is a conversation, a shorter one an attempt, and both earn by the product's own award rules. Nobody's
contract is known: it is taken to be the weekdays on which somebody worked in at least a third of their weeks.
"""

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.clock import Period, local_day, parse, week_of
from app.demo.names import GIVEN
from app.domain.actions.award import PlaceClass, award
from app.domain.game.fairness import Weight, head_start, person_score
from app.domain.game.standings import Placed, Row, standings
from app.domain.program.holiday import closed_days

ZONE = ZoneInfo("Europe/Amsterdam")
SEASON = Period(date(2011, 11, 14), date(2011, 12, 24))
CALLS = ("Nabellen offertes", "Nabellen incomplete dossiers", "Afhandelen leads")
A_MINUTE = timedelta(minutes=1)
A_THIRD = 3
DAY = timedelta(days=1)
SHOWN = 12


class Call(NamedTuple):
    who: str
    candidate: str
    day: date
    at: datetime
    length: timedelta


class Standing(NamedTuple):
    """Somebody's autumn: what they earned, on how many days, and their places on either board."""

    who: str
    points: int
    days: int
    score: int
    plain: int
    fair: int


def calls(folder: Path) -> list[Call]:
    """What was phoned, in the order in which it was recorded."""
    with gzip.open(folder / "actions.csv.gz", "rt", encoding="utf-8") as file:
        rows = [_call(row) for row in csv.DictReader(file) if row["recruiter"] and row["kind"] in CALLS]
    return sorted(rows, key=lambda call: call.at)


def _call(row: Mapping[str, str]) -> Call:
    at = parse(row["occurred_at"])
    length = at - parse(row["started_at"]) if row["started_at"] else timedelta()
    return Call(row["recruiter"], row["candidate"], local_day(at, ZONE), at, length)


def earned(found: Iterable[Call]) -> dict[tuple[str, date], int]:
    """Points of everybody per day."""
    points: Counter[tuple[str, date]] = Counter()
    for call, got in awarded(found):
        points[call.who, call.day] += got
    return points


def awarded(found: Iterable[Call]) -> Iterator[tuple[Call, int]]:
    """What each call earned by the award rules: places per candidate and week, and caps per day."""
    places: dict[tuple[str, date, str], set[int]] = defaultdict(set)
    counts: Counter[tuple[str, date, str]] = Counter()
    had: set[tuple[str, str, date, str]] = set()
    for call in found:
        kind: PlaceClass = "conversation" if call.length >= A_MINUTE else "attempt"
        taken, counted = (call.candidate, week_of(call.day).start, kind), (call.who, call.day, kind)
        once = (call.who, call.candidate, call.day, kind)
        got = award(
            30 if kind == "conversation" else 10,
            place_class=kind,
            earned_today=once in had,
            places_taken=places[taken],
            count_today=counts[counted],
        )
        counts[counted] += 1
        if got.points:
            had.add(once)
            places[taken] |= {got.place} if got.place else set()
        yield call, got.points


def available(days: Iterable[date], period: Period) -> int:
    """The days that somebody could work in a period, judged by the days on which they did, and at least those."""
    worked = sorted(days)
    inside = [day for day in worked if day in period]
    if not inside:
        return 0
    weekdays = _usual(worked)
    here = Period(max(period.start, worked[0]), min(period.end, worked[-1] + DAY))
    closed = closed_days(period.start, period.end)
    return max(len(inside), sum(1 for day in _days(here) if day.weekday() in weekdays and day not in closed))


def _usual(worked: list[date]) -> set[int]:
    weeks = len({week_of(day).start for day in worked})
    return {day for day, times in Counter(each.weekday() for each in worked).items() if times * A_THIRD >= weeks}


def _days(period: Period) -> Iterable[date]:
    return (period.start + DAY * number for number in range((period.end - period.start).days))


def replay(points: Mapping[tuple[str, date], int], period: Period = SEASON) -> list[Standing]:
    """The season's two boards, in the order of the fair one; a day was worth what it was in the weeks before."""
    worked: dict[str, list[date]] = defaultdict(list)
    for who, day in points:
        worked[who].append(day)
    before = Period(period.start - 8 * 7 * DAY, period.start)
    past_days = sum(available(days, before) for days in worked.values())
    average = 100 * sum(got for (_, day), got in points.items() if day in before) // max(past_days, 1)
    standard = sum(1 for day in _days(period) if day.weekday() < 5 and day not in closed_days(period.start, period.end))
    rows = [_row(who, days, points, period, standard, average) for who, days in worked.items()]
    return _both([row for row in rows if row.points > 0])


def _row(  # noqa: PLR0917 - one row of a table
    who: str, days: list[date], points: Mapping[tuple[str, date], int], period: Period, standard: int, average: int
) -> Row:
    total = sum(points[who, day] for day in days if day in period)
    weight = Weight(standard, available(days, period), head_start(average))
    return Row(who, person_score(total, weight), 0, total, 0, weight)


def _both(rows: list[Row]) -> list[Standing]:
    plain = {
        placed.person_id: placed.place or 0 for placed in standings(row._replace(score=row.points) for row in rows)
    }
    return [_standing(placed, plain[placed.person_id]) for placed in standings(rows)]


def _standing(placed: Placed, plain: int) -> Standing:
    who, days = str(placed.person_id), placed.weight.available_days
    return Standing(who, placed.points, days, placed.score, plain, placed.place or 0)


def table(found: list[Standing]) -> str:
    """The first of the fair board as Markdown, under invented names."""
    lines = ["| fair | name | days | points | fair score | plain |", "|---:|---|---:|---:|---:|---:|"]
    lines += [
        f"| {row.fair} | {GIVEN[number]} | {row.days} | {row.points:,} | {row.score / 100:,.0f} | {row.plain} |"
        for number, row in enumerate(found[:SHOWN])
    ]
    return "\n".join(lines)


def by_days(found: list[Standing]) -> str:
    """How those who could work few, some and many days are placed on either board: the middle place of each third."""
    ordered = sorted(found, key=lambda row: row.days)
    third = -(-len(ordered) // A_THIRD)
    lines = ["| people | days | middle place, plain | middle place, fair |", "|---|---|---:|---:|"]
    for name, start in (("fewest days", 0), ("in between", third), ("most days", 2 * third)):
        some = ordered[start : start + third]
        places = [sorted(getattr(row, board) for row in some)[len(some) // 2] for board in ("plain", "fair")]
        lines.append(f"| {len(some)} with {name} | {some[0].days}-{some[-1].days} | {places[0]} | {places[1]} |")
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    found = replay(earned(calls(asked.parse_args().folder)))
    print(f"{len(found)} people, {SEASON.start} to {SEASON.end - DAY}\n\n{table(found)}\n\n{by_days(found)}")


if __name__ == "__main__":
    main()
