"""Proof that the standings are what the ledger says: every board computed again and compared."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.clock import Period
from app.db import db
from app.domain.game import appearance, best_days, fairness
from app.domain.game.best_days import Counted
from app.domain.game.board_start import Board, BoardStart
from app.domain.game.fairness import UNWEIGHED, Weight
from app.domain.game.recount import day, sums
from app.domain.game.running_total import SUBJECTS, Standing, period_from
from app.domain.program import season
from app.domain.program.program import the_program
from app.domain.program.season import Span

NAMED = 20


class Place(NamedTuple):
    """Whose total, on which board."""

    program_id: int
    scope: str
    period: str
    start: date
    subject_id: int


class Total(NamedTuple):
    points: int
    actions: int
    helped: int
    verified: int
    worked_days: int
    team_id: int | None
    standard_days: int = 0
    available_days: int = 0
    head_start: int = 0
    hidden: bool = False
    sort_key: int = 0
    tie_key: int = 0


class Difference(NamedTuple):
    """`stored` and `computed` differ; None: there is no such total."""

    place: Place
    stored: Total | None
    computed: Total | None


Totals = dict[Place, Total]


def standings_differences(most: int = NAMED) -> list[Difference]:
    """The first differences between the stored standings and those that the ledger gives; empty when all is well."""
    stored = _stored()
    computed = _weighed(_seats(stored) | _counted())
    return [
        Difference(place, stored.get(place), computed.get(place))
        for place in sorted(stored.keys() | computed.keys())
        if stored.get(place) != computed.get(place)
    ][:most]


def _stored() -> Totals:
    names = ("program_id", "scope", "period", "period_start", "subject_id")
    columns = [getattr(Standing, name) for name in (*names, *Total._fields)]
    return {Place(*row[:5]): Total(*row[5:]) for row in db.session.execute(select(*columns))}


def _seats(stored: Totals) -> Totals:
    """Who shares in a team without points: nothing in the ledger tells of them, and nothing may be counted for them."""
    return {
        place: Total(0, 0, 0, 0, 0, total.team_id)
        for place, total in stored.items()
        if place.scope == "person" and total[:5] == (0, 0, 0, 0, 0)
    }


def _counted() -> Totals:
    program = the_program()
    found: Totals = {}
    for scope in SUBJECTS:
        for period in ("week", "month", "all"):
            found |= _board(scope, period, None)
        for span in season.spans(program.id) if program else ():
            found |= _board(scope, "season", span)
    return found


def _board(scope: str, period: str, span: Span | None) -> Totals:
    return {
        Place(row.program_id, scope, period, day(row.start), row.subject): Total(
            int(row.points), int(row.actions), int(row.helped), int(row.verified), int(row.worked_days), row.team_id
        )
        for row in db.session.execute(sums(scope, period, span))
    }


def _weighed(counted: Totals) -> Totals:
    """The same with what they are weighed by: people by their days, then teams by those of their people."""
    boards: dict[tuple[int, str, date], list[Place]] = defaultdict(list)
    for place in counted:
        boards[place.program_id, place.period, place.start].append(place)
    hidden = appearance.hidden()
    starts = select(BoardStart.program_id, BoardStart.period, BoardStart.period_start, BoardStart.average)
    averages = {
        (program_id, period, start): average for program_id, period, start, average in db.session.execute(starts)
    }
    found: Totals = {}
    for key, places in boards.items():
        people = [place for place in places if place.scope == "person"]
        average = averages.get(key, 0)
        found |= _people(people, counted, average, hidden)
        teams = [place for place in places if place.scope == "team"]
        found |= _teams(teams, counted, [found[each] for each in people], average)
    return found


def _people(places: list[Place], counted: Totals, average: int, hidden: Collection[int]) -> Totals:
    if not places:
        return {}
    had = {place.subject_id: Counted(counted[place].points, counted[place].worked_days) for place in places}
    weights = best_days.weights(_board_of(places[0]), had, average)
    found = {}
    for place in places:
        total, weight, shy = counted[place], weights[place.subject_id], place.subject_id in hidden
        found[place] = _complete(total, weight, fairness.person_score(total.points, weight, hidden=shy), hidden=shy)
    return found


def _teams(places: list[Place], counted: Totals, people: list[Total], average: int) -> Totals:
    members: dict[int | None, list[Total]] = defaultdict(list)
    for each in people:
        if each.available_days > 0:
            members[each.team_id].append(each)
    found = {}
    for place in places:
        standard, theirs = best_days.standard_days(_board_of(place)), members[place.subject_id]
        head = fairness.head_start(average) if standard else 0
        available = sum(each.available_days for each in theirs) if len(theirs) >= fairness.SMALLEST_TEAM else 0
        less = sum(each.head_start - head for each in theirs)
        weight = Weight(standard or UNWEIGHED.standard_days, available, less)
        found[place] = _complete(counted[place], weight, fairness.team_score(counted[place].points, weight))
    return found


def _complete(total: Total, weight: Weight, score: int, *, hidden: bool = False) -> Total:
    tie = fairness.tie_key(total.helped, weight.available_days, total.verified, total.actions)
    return Total(*total[:6], *weight, hidden, score, tie)


def _board_of(place: Place) -> Board:
    """A season that is there no more has no days."""
    dates = period_from(place.period, place.start) or Period(place.start, place.start)
    return Board(place.program_id, place.period, dates)
