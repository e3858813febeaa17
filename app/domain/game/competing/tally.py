"""How the people and sides of a competition stand, read from the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from app.clock import Period
from app.domain.game import availability, best_days, fairness
from app.domain.game.board_start import Board
from app.domain.game.competing.competition import Competition, Metric
from app.domain.game.competing.counting import Counted, counted, counting
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import dates_of
from app.domain.game.fairness import HUNDREDTHS, PRESET_AVERAGE, UNWEIGHED, Weight

LEAST_DAYS = 2
"""Without so many days in which somebody could work there is no prize for a place: one good day is luck."""


class Score(NamedTuple):
    """Of a person or side: `counts` is the plain number, `score` the fair one in hundredths, `tie` orders equals."""

    subject_id: int
    counts: int
    score: int
    tie: int
    available_days: int

    @property
    def key(self) -> tuple[int, int]:
        """What it is ordered by, best last."""
        return self.score, self.tie


def people_scores(competition: Competition, people: Collection[int], dates: Period | None = None) -> list[Score]:
    """Everybody with anything to their name, the best first."""
    board = board_of(competition, dates)
    had = counted(competition, people, board.dates)
    by_day = best_days.points_by_day(had.keys(), board, *counting(competition))
    return scored(competition, board.dates, had, availability.contract_days(had.keys(), board.dates), by_day)


def scored(
    competition: Competition,
    dates: Period,
    had: Mapping[int, Counted],
    agreed: Mapping[int, int],
    by_day: Mapping[int, Mapping[date, int]],
) -> list[Score]:
    """The same from what was counted, the days that were agreed, and what each day brought."""
    weighed = _weights(competition, board_of(competition, dates), had, agreed, by_day)
    found = [score(competition, each, had[each], weighed[each]) for each in had]
    return sorted((each for each in found if each.score), key=lambda each: (*each.key, -each.subject_id), reverse=True)


def side_scores(competition: Competition, entrants: Iterable[Entrant], dates: Period | None = None) -> list[Score]:
    """The sides with anything to their name, the best first: points of their people by the days of their people.

    A side needs three people who could work.
    """
    board = board_of(competition, dates)
    by_side: dict[int, list[int]] = defaultdict(list)
    for each in entrants:
        if each.side_id is not None:
            by_side[each.side_id].append(each.person_id)
    everybody = [person for side in by_side.values() for person in side]
    had = counted(competition, everybody, board.dates)
    days, standard = availability.contract_days(everybody, board.dates), best_days.standard_days(board)
    if standard == 0:
        days, standard = dict.fromkeys(everybody, UNWEIGHED.available_days), UNWEIGHED.standard_days
    found = []
    for side_id, side in by_side.items():
        could = [days[each] for each in side if days[each]]
        weight = Weight(standard, sum(could) if len(could) >= fairness.SMALLEST_TEAM else 0)
        total = _sum(had.get(each, Counted()) for each in side)
        plain = _plain(competition, total)
        tie = fairness.tie_key(total.helped, weight.available_days, total.verified, total.actions)
        found.append(Score(side_id, plain, fairness.team_score(plain, weight), tie, weight.available_days))
    return sorted((each for each in found if each.score), key=lambda each: (*each.key, -each.subject_id), reverse=True)


def plain(competition: Competition, people: Collection[int], dates: Period) -> dict[int, int]:
    """What each of them has in these days, not weighed by anything."""
    return {each: _plain(competition, had) for each, had in counted(competition, people, dates).items()}


def _plain(competition: Competition, had: Counted) -> int:
    match competition.metric:
        case Metric.HELPED:
            return had.helped
        case Metric.ANSWERED:
            return had.answered
        case _:
            return had.points


def score(competition: Competition, person_id: int, had: Counted, weight: Weight) -> Score:
    """What somebody did, weighed."""
    tie = fairness.tie_key(had.helped, weight.available_days, had.verified, had.actions)
    counts = _plain(competition, had)
    return Score(person_id, counts, fairness.person_score(counts, weight), tie, weight.available_days)


def _sum(had: Iterable[Counted]) -> Counted:
    return Counted(*(sum(column) for column in zip(*had, strict=True)))


def weights(competition: Competition, board: Board, had: Mapping[int, Counted]) -> dict[int, Weight]:
    """As on the boards; only points have a head start, because only of points it is known what a day is worth."""
    by_day = best_days.points_by_day(had.keys(), board, *counting(competition))
    return _weights(competition, board, had, availability.contract_days(had.keys(), board.dates), by_day)


def _weights(
    competition: Competition,
    board: Board,
    had: Mapping[int, Counted],
    agreed: Mapping[int, int],
    by_day: Mapping[int, Mapping[date, int]],
) -> dict[int, Weight]:
    standard = best_days.standard_days(board)
    if standard == 0:
        return dict.fromkeys(had, UNWEIGHED)
    start = fairness.head_start(PRESET_AVERAGE if competition.average is None else competition.average)
    found = {}
    for each, counts in had.items():
        brought = by_day.get(each, {}).values()
        days = fairness.own_days(agreed[each], len(brought))
        less = HUNDREDTHS * fairness.left_out(counts.points, brought, days)
        found[each] = Weight(standard, days, start - less if competition.metric == Metric.POINTS else 0)
    return found


def board_of(competition: Competition, dates: Period | None = None) -> Board:
    """The days of a competition, or some of them, as a board."""
    return Board(competition.program_id, "contest", dates or dates_of(competition))
