"""A dry run: what a competition would have given in the last eight weeks, before anybody is told of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from app import clock
from app.clock import Period
from app.domain.agency.person import Person
from app.domain.game import board_start
from app.domain.game.competing import ranking, tally
from app.domain.game.competing.audience import invited
from app.domain.game.competing.awarding import Won, won
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.counting import ByPerson, counted_in
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import IN_PAIRS, dates_of
from app.domain.game.competing.prize import Prize, prizes_of
from app.domain.game.competing.ranking import Ranking
from app.domain.game.competing.tally import Facts

WEEKS_BACK = 8
EARLY = timedelta(days=3)
SEED = bytes(32)
"""Draws of a dry run are all made with the same seed: it shows what could have been, not what will be."""


class Run(NamedTuple):
    """One time that it would have been held: who would have won what, and how far apart people were.

    `best`, `middle` and `last` are the scores, in hundredths, of the first, the median and the last with any;
    `out_of_reach` of `people` could no longer get a prize after the third day, whatever anybody did in the days left.
    """

    dates: Period
    winners: Sequence[Won]
    cents: int
    together: int
    reached: bool
    best: int
    middle: int
    last: int
    people: int
    out_of_reach: int


class DryRun(NamedTuple):
    """`held_for_pairs`: who would have met whom is not known, so that the most points decided."""

    runs: Sequence[Run]
    held_for_pairs: bool

    @property
    def winners(self) -> Counter[int]:
        """How often each person would have won something."""
        return Counter(row.person_id for run in self.runs for row in run.winners if row.person_id is not None)


def dry_run(competition: Competition, today: date) -> DryRun:
    """Hold a draft as often as it fits into the last eight weeks, on the same days of the week, the latest first.

    What is known of all those weeks is asked for at once.
    """
    spans = windows(dates_of(competition), today)
    people, prizes = invited(competition), prizes_of(competition.id)
    known, early = _known(competition, [person.id for person in people], spans)
    thens = _thens(competition, spans)
    runs = [_run(*each, _entrants(competition, people), prizes) for each in zip(thens, known, early, strict=True)]
    return DryRun(runs, competition.format in IN_PAIRS)


def _known(
    competition: Competition, people: Sequence[int], spans: Sequence[Period]
) -> tuple[Sequence[Facts], Sequence[ByPerson]]:
    """The facts of each span, and what was done in its first days."""
    first_days = [Period(span.start, min(span.start + EARLY, span.end)) for span in spans]
    return tally.facts_in(competition, people, spans), counted_in(competition, people, first_days)


def windows(dates: Period, today: date) -> list[Period]:
    """Periods as long as this one, ended by today, begun on the same weekday, that do not overlap."""
    length, earliest = dates.end - dates.start, today - WEEKS_BACK * clock.WEEK
    weeks = -(-length // clock.WEEK)
    start = today - length
    start -= clock.DAY * ((start - dates.start).days % 7)
    found = []
    while start >= earliest:
        found.append(Period(start, start + length))
        start -= weeks * clock.WEEK
    return found


def _run(then: Competition, facts: Facts, early: ByPerson, entrants: Sequence[Entrant], prizes: Sequence[Prize]) -> Run:
    standing = ranking.ranked(then, entrants, facts)
    winners = won(then, standing, prizes)
    scores = [line.score for line in standing.people]
    return Run(
        dates=facts.dates,
        winners=winners,
        cents=sum(row.cents for row in winners),
        together=standing.together,
        reached=standing.reached(then),
        best=scores[0] if scores else 0,
        middle=int(median(scores)) if scores else 0,
        last=scores[-1] if scores else 0,
        people=len(entrants),
        out_of_reach=_out_of_reach(then, standing, winners, tally.plain_of(then, early)),
    )


def _thens(competition: Competition, spans: Sequence[Period]) -> list[Competition]:
    """The same competition in other days; they are never written."""
    averages = board_start.averages_before(competition.program_id, [span.start for span in spans]) if spans else {}
    return [_then(competition, span, averages[span.start]) for span in spans]


def _then(competition: Competition, dates: Period, average: int) -> Competition:
    format_ = Format.MOST if competition.format in IN_PAIRS else competition.format
    then = Competition(
        program_id=competition.program_id,
        name=competition.name,
        format=format_,
        metric=competition.metric,
        first=dates.start,
        last=dates.end - clock.DAY,
        goal=competition.goal,
        step=competition.step,
        made_by_id=competition.made_by_id,
        made_at=competition.made_at,
        seed=SEED,
        average=average,
    )
    then.id = competition.id
    return then


def _entrants(competition: Competition, people: Sequence[Person]) -> list[Entrant]:
    """Everybody takes part, for the team that they are in now: its number stands for the side."""
    return [
        Entrant(
            competition_id=competition.id,
            person_id=person.id,
            side_id=person.team_id,
            invited_at=competition.made_at,
            joined_at=competition.made_at,
        )
        for person in people
    ]


def _out_of_reach(competition: Competition, standing: Ranking, winners: Sequence[Won], early: Mapping[int, int]) -> int:
    """Who had so little after three days that the most that anybody did in the days left would not have won anything.

    A raffle and a goal of everybody together are in reach as long as they run.
    """
    counts = {line.subject_id: line.counts for line in standing.people}
    won_with = [counts[row.person_id] for row in winners if row.person_id in counts]
    if not won_with or competition.format in (Format.THRESHOLD, Format.TEAM_GOAL, Format.TEAMS):
        return 0
    everybody = [each.person_id for each in standing.entrants]
    most_left = max(counts[each] - early.get(each, 0) for each in counts)
    return sum(early.get(each, 0) + most_left < min(won_with) for each in everybody)
