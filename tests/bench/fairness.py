"""Whether people of equal productivity have equal chances whatever days they work: `python -m tests.bench.fairness`."""

import random
from collections import Counter
from collections.abc import Callable, Sequence

from app.domain.game.fairness import Weight, head_start, person_score

SEED = 20261122
CONTRACTS = (2, 3, 4, 5) * 6
"""Twenty-four people who work two to five days a week."""
STANDARD = 5
MEAN, SPREAD = 40, 25
WEEKS = 4000
Score = Callable[[int, int], float]


def fair(points: int, days: int) -> float:
    return person_score(points, Weight(STANDARD, days, head_start(MEAN * 100)))


def plain(points: int, _days: int) -> float:
    return points


def divided(points: int, days: int) -> float:
    return points / days


RULES: dict[str, Score] = {"fair": fair, "plain points": plain, "points / days": divided}


def chances(score: Score, *, weeks: int = WEEKS, contracts: Sequence[int] = CONTRACTS) -> dict[int, float]:
    """The share of the weeks won by people of each contract; a day is worth the same to everybody."""
    dice = random.Random(SEED)
    won: Counter[int] = Counter()
    for _ in range(weeks):
        week = [(score(_points(dice, days), days), dice.random(), days) for days in contracts]
        _, _, days = max(week)
        won[days] += 1
    return {days: won[days] / weeks for days in sorted(set(contracts))}


def even(contracts: Sequence[int] = CONTRACTS) -> dict[int, float]:
    """The share that people of each contract would win if everybody had the same chance."""
    return {days: contracts.count(days) / len(contracts) for days in sorted(set(contracts))}


def _points(dice: random.Random, days: int) -> int:
    """A good day and a bad one differ, and come in tens."""
    return sum(max(0, 10 * round(dice.gauss(MEAN, SPREAD) / 10)) for _ in range(days))


def main() -> None:
    wanted = even()
    print("share of the weeks won   " + "  ".join(f"{days} days" for days in wanted) + "   largest distance from equal")
    print(_line("equal", wanted))
    for name, score in RULES.items():
        print(_line(name, chances(score)))


def _line(name: str, found: dict[int, float]) -> str:
    wanted = even()
    distance = max(abs(found[days] - wanted[days]) for days in wanted)
    return f"{name:<24} " + "  ".join(f"{share:6.3f}" for share in found.values()) + f"   {distance:.3f}"


if __name__ == "__main__":
    main()
